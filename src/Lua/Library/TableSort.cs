using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// table.sort: quicksort with PUC-Rio 5.3's choice of pivots, so that a comparison function sees the same calls in the
/// same order. One thing differs: where a large range splits very unevenly, PUC-Rio takes later pivots after the clock;
/// here they follow from a constant, so that runs repeat.
/// </summary>
internal static class TableSort
{
    /// <summary>Ranges below this always take the middle element (RANLIMIT).</summary>
    private const long RandomLimit = 100;

    private const uint UnevenPivot = 0x9E3779B9;

    /// <summary>A split is uneven where the larger part exceeds the smaller this many times.</summary>
    private const long UnevenRatio = 128;

    public static int Sort(in LuaCall call)
    {
        TableAccess.Check(call, 1, read: true, write: true, length: true);
        return call.Continue(SortRoutine);
    }

    private static IEnumerator<NativeStep> SortRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var arguments = new RoutineArguments(state, frame.Arguments);
        if (!TableAccess.TryLength(state, arguments[1], out var length, out var step))
        {
            yield return step;
            length = frame.Result(0);
        }

        var size = TableAccess.LengthOf(state, length);
        if (size < 2) yield break;
        if (size >= int.MaxValue) throw state.ArgumentError(1, "array too big");
        var order = arguments[2];
        if (!order.IsNil && order.AsFunction is null) throw arguments.TypeError(2, "function");

        // Each routine is one step of PUC-Rio's algorithm; the pending ranges stand in for its recursion.
        var range = new SortRange(state, frame, arguments[1], order);
        var pending = new Stack<(long Low, long High, uint Random)>();
        pending.Push((1, size, 0));
        while (pending.TryPop(out var part))
        {
            var (low, high, random) = part;
            while (low < high)
            {
                var steps = range.PlacePivot(low, high, random);
                while (steps.MoveNext()) yield return steps.Current;
                if (range.IsDone) break;
                steps = range.Divide(low, high);
                while (steps.MoveNext()) yield return steps.Current;
                var pivot = range.Pivot;
                var leftIsSmaller = pivot - low < high - pivot;
                var small = leftIsSmaller ? (Low: low, High: pivot - 1) : (Low: pivot + 1, High: high);
                var large = leftIsSmaller ? (Low: pivot + 1, High: high) : (Low: low, High: pivot - 1);
                var smallSize = leftIsSmaller ? pivot - low : high - pivot;
                // The smaller part is sorted at once, the larger one afterwards, as with recursion.
                var largeRandom = (large.High - large.Low) / UnevenRatio > smallSize ? UnevenPivot : random;
                pending.Push((large.Low, large.High, largeRandom));
                (low, high) = small;
            }
        }
    }

    /// <summary>One range of the table under the sort's order.</summary>
    private sealed class SortRange(LuaState state, NativeFrame frame, LuaValue table, LuaValue order)
    {
        private readonly LuaTable? _plain = table.AsTable is { } t && TableAccess.IsPlain(t) ? t : null;
        private readonly LuaValue[] _compared = new LuaValue[2];
        private LuaValue _value;
        private LuaValue _pivot;
        private bool _less;

        /// <summary>Where the pivot came to lie.</summary>
        public long Pivot { get; private set; }

        /// <summary>The range was so small that it is sorted.</summary>
        public bool IsDone { get; private set; }

        /// <summary>
        /// Orders the first, the middle and the last element and puts the middle one, the pivot, beside the last.
        /// </summary>
        public IEnumerator<NativeStep> PlacePivot(long low, long high, uint random)
        {
            IsDone = false;
            NativeStep step;
            if (!Get(low, out step)) yield return Fetch(step);
            var first = Take();
            if (!Get(high, out step)) yield return Fetch(step);
            var last = Take();
            if (!Less(last, first, out step)) yield return step;
            if (Answer())
            {
                if (!Set(low, last, out step)) yield return step;
                if (!Set(high, first, out step)) yield return step;
            }

            if (high - low == 1)
            {
                IsDone = true;
                yield break;
            }

            var middle = high - low < RandomLimit || random == 0 ? (low + high) / 2 : ChoosePivot(low, high, random);
            var steps = OrderMiddle(low, middle, high);
            while (steps.MoveNext()) yield return steps.Current;
            if (high - low == 2)
            {
                IsDone = true;
                yield break;
            }

            if (!Get(middle, out step)) yield return Fetch(step);
            _pivot = Take();
            if (!Get(high - 1, out step)) yield return Fetch(step);
            var beforeLast = Take();
            if (!Set(middle, beforeLast, out step)) yield return step;
            if (!Set(high - 1, _pivot, out step)) yield return step;
        }

        /// <summary>Puts the middle element between the first and the last one.</summary>
        private IEnumerator<NativeStep> OrderMiddle(long low, long middle, long high)
        {
            NativeStep step;
            if (!Get(middle, out step)) yield return Fetch(step);
            var pivot = Take();
            if (!Get(low, out step)) yield return Fetch(step);
            var first = Take();
            if (!Less(pivot, first, out step)) yield return step;
            if (Answer())
            {
                if (!Set(middle, first, out step)) yield return step;
                if (!Set(low, pivot, out step)) yield return step;
                yield break;
            }

            if (!Get(high, out step)) yield return Fetch(step);
            var last = Take();
            if (!Less(last, pivot, out step)) yield return step;
            if (!Answer()) yield break;
            if (!Set(middle, last, out step)) yield return step;
            if (!Set(high, pivot, out step)) yield return step;
        }

        /// <summary>
        /// Exchanges elements until all that are less than the pivot come before all others; the pivot goes between.
        /// </summary>
        public IEnumerator<NativeStep> Divide(long low, long high)
        {
            NativeStep step;
            var i = low;
            var j = high - 1;
            LuaValue left;
            while (true)
            {
                LuaValue right;
                while (true)
                {
                    if (!Get(++i, out step)) yield return Fetch(step);
                    left = Take();
                    if (!Less(left, _pivot, out step)) yield return step;
                    if (!Answer()) break;
                    if (i == high - 1) throw InvalidOrder();
                    if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
                }

                while (true)
                {
                    if (!Get(--j, out step)) yield return Fetch(step);
                    right = Take();
                    if (!Less(_pivot, right, out step)) yield return step;
                    if (!Answer()) break;
                    if (j < i) throw InvalidOrder();
                    if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
                }

                if (j < i) break;
                if (!Set(i, right, out step)) yield return step;
                if (!Set(j, left, out step)) yield return step;
            }

            // As PUC-Rio: what was read last goes into the pivot's old place; nothing is read again.
            Pivot = i;
            if (!Set(high - 1, left, out step)) yield return step;
            if (!Set(Pivot, _pivot, out step)) yield return step;
        }

        private static long ChoosePivot(long low, long high, uint random)
        {
            var quarter = (high - low) / 4;
            return (random % (quarter * 2)) + low + quarter;
        }

        private LuaException InvalidOrder() => state.ErrorHere("invalid order function for sorting");

        private bool _pendingGet;
        private bool _pendingLess;

        private bool Get(long index, out NativeStep step)
        {
            step = default;
            if (_plain is not null)
            {
                _value = _plain[index];
                return true;
            }

            return TableAccess.TryIndex(state, table, LuaValue.Integer(index), out _value, out step);
        }

        private NativeStep Fetch(NativeStep step)
        {
            _pendingGet = true;
            return step;
        }

        /// <summary>The element that <see cref="Get"/> found, or the step after it.</summary>
        private LuaValue Take()
        {
            if (!_pendingGet) return _value;
            _pendingGet = false;
            return frame.Result(0);
        }

        private bool Set(long index, in LuaValue value, out NativeStep step)
        {
            step = default;
            if (_plain is null) return TableAccess.TrySet(state, table, LuaValue.Integer(index), value, out step);
            _plain[index] = value;
            return true;
        }

        private bool Less(in LuaValue a, in LuaValue b, out NativeStep step)
        {
            state.Charge(1);
            if (order.IsNil && TableAccess.TryLess(state, a, b, out _less, out step)) return true;
            _pendingLess = true;
            if (order.IsNil)
            {
                step = LessStep(a, b);
                return false;
            }

            (_compared[0], _compared[1]) = (a, b);
            step = NativeStep.Call(order, _compared);
            return false;
        }

        private NativeStep LessStep(in LuaValue a, in LuaValue b)
        {
            TableAccess.TryLess(state, a, b, out _, out var step);
            return step;
        }

        private bool Answer()
        {
            if (!_pendingLess) return _less;
            _pendingLess = false;
            return frame.Result(0).IsTruthy;
        }
    }
}
