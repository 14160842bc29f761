using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// The table library of Lua 5.3 (manual §6.6). Plain tables are worked on straight, as long as the work fits into the
/// slice; metamethods and long work go through a routine that does the same step by step.
/// </summary>
internal static class TableLibrary
{
    /// <summary>Values that one call can return: LUAI_MAXSTACK (reference §1.3), less some room.</summary>
    internal const long MostResults = 999_000;

    private static readonly LibraryDefinition ForModule = Build(withMaxn: true);
    private static readonly LibraryDefinition ForHost = Build(withMaxn: false);

    /// <summary>The module keeps <c>table.maxn</c> (reference §1.4).</summary>
    public static LibraryDefinition For(LuaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ModuleLibraries ? ForModule : ForHost;
    }

    private static LibraryDefinition Build(bool withMaxn)
    {
        var definition = new LibraryDefinition("table").Add("concat", Concat);
        if (withMaxn) definition.Add("maxn", Maxn);
        return definition.Add("insert", Insert).Add("pack", Pack).Add("unpack", Unpack).Add("remove", Remove)
            .Add("move", Move).Add("sort", TableSort.Sort);
    }

    /// <summary>
    /// Whether a number of elements can be handled at once: a plain table, and few enough for the slice.
    /// </summary>
    private static bool IsStraight(LuaState state, LuaTable? table, long elements) =>
        table is not null && TableAccess.IsPlain(table) && elements <= Math.Max(64, state.BudgetLeft);

    private static int Maxn(in LuaCall call)
    {
        var table = call.Table(1);
        var largest = 0.0;
        LuaValue key = default;
        for (; table.Next(key, out var next, out _); key = next)
        {
            call.State.Charge(1);
            if (next.IsNumber) largest = Math.Max(largest, next.AsNumber);
        }

        return call.Return(call.State.Numbers.Float(largest));
    }

    private static int Insert(in LuaCall call)
    {
        TableAccess.Check(call, 1, read: true, write: true, length: true);
        var table = call[1].AsTable;
        if (table is null || !TableAccess.IsPlain(table)) return call.Continue(InsertRoutine);
        var end = table.Length + 1;
        if (call.Count == 2)
        {
            call.State.Charge(1);
            table[end] = call[2];
            return call.Return();
        }

        CheckInsert(new RoutineArguments(call.State, call.ToArray()), end, out var position);
        if (!IsStraight(call.State, table, end - position)) return call.Continue(InsertRoutine);
        call.State.Charge((end - position) / LibraryWork.ElementsPerInstruction);
        for (var i = end; i > position; i--) table[i] = table[i - 1];
        table[position] = call[3];
        return call.Return();
    }

    private static LuaValue CheckInsert(RoutineArguments arguments, long end, out long position)
    {
        position = end;
        if (arguments.Count == 2) return arguments[2];
        if (arguments.Count != 3) throw arguments.State.ErrorHere("wrong number of arguments to 'insert'");
        position = arguments.Integer(2);
        if (position < 1 || position > end) throw arguments.State.ArgumentError(2, "position out of bounds");
        return arguments[3];
    }

    private static IEnumerator<NativeStep> InsertRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var table = frame.Arguments[0];
        if (!TableAccess.TryLength(state, table, out var length, out var step))
        {
            yield return step;
            length = frame.Result(0);
        }

        var end = unchecked(TableAccess.LengthOf(state, length) + 1);
        var value = CheckInsert(new RoutineArguments(state, frame.Arguments), end, out var position);
        for (var i = end; i > position; i--)
        {
            if (!TableAccess.TryIndex(state, table, LuaValue.Integer(i - 1), out var moved, out step))
            {
                yield return step;
                moved = frame.Result(0);
            }

            if (!TableAccess.TrySet(state, table, LuaValue.Integer(i), moved, out step)) yield return step;
            state.Charge(1);
            if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        if (!TableAccess.TrySet(state, table, LuaValue.Integer(position), value, out step)) yield return step;
    }

    private static int Remove(in LuaCall call)
    {
        TableAccess.Check(call, 1, read: true, write: true, length: true);
        var table = call[1].AsTable;
        if (table is null || !TableAccess.IsPlain(table)) return call.Continue(RemoveRoutine);
        var size = table.Length;
        CheckRemove(new RoutineArguments(call.State, call.ToArray()), size, out var position);
        if (!IsStraight(call.State, table, size - position)) return call.Continue(RemoveRoutine);
        var removed = table[position];
        call.State.Charge(1 + (Math.Max(0, size - position) / LibraryWork.ElementsPerInstruction));
        for (; position < size; position++) table[position] = table[position + 1];
        table[position] = default;
        return call.Return(removed);
    }

    private static void CheckRemove(RoutineArguments arguments, long size, out long position)
    {
        position = arguments[2].IsNil ? size : arguments.Integer(2);
        if (position != size && (position < 1 || position > arguments.State.Numbers.Wrap(size + 1)))
        {
            throw arguments.State.ArgumentError(1, "position out of bounds");
        }
    }

    private static IEnumerator<NativeStep> RemoveRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var table = frame.Arguments[0];
        if (!TableAccess.TryLength(state, table, out var length, out var step))
        {
            yield return step;
            length = frame.Result(0);
        }

        var size = TableAccess.LengthOf(state, length);
        CheckRemove(new RoutineArguments(state, frame.Arguments), size, out var position);
        if (!TableAccess.TryIndex(state, table, LuaValue.Integer(position), out var removed, out step))
        {
            yield return step;
            removed = frame.Result(0);
        }

        for (; position < size; position++)
        {
            if (!TableAccess.TryIndex(state, table, LuaValue.Integer(position + 1), out var moved, out step))
            {
                yield return step;
                moved = frame.Result(0);
            }

            if (!TableAccess.TrySet(state, table, LuaValue.Integer(position), moved, out step)) yield return step;
            state.Charge(1);
            if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        if (!TableAccess.TrySet(state, table, LuaValue.Integer(position), default, out step)) yield return step;
        frame.Return(removed);
    }

    private static int Move(in LuaCall call)
    {
        var (first, last, to) = (call.Integer(2), call.Integer(3), call.Integer(4));
        var target = call[5].IsNil ? 1 : 5;
        TableAccess.Check(call, 1, read: true, write: false, length: false);
        TableAccess.Check(call, target, read: false, write: true, length: false);
        if (last < first) return call.Return(call[target]);
        var most = call.State.Numbers.MaxInteger;
        if (first <= 0 && last >= most + first) throw call.ArgumentError(3, "too many elements to move");
        if (to > most - (last - first + 1) + 1) throw call.ArgumentError(4, "destination wrap around");
        return call.Continue(MoveRoutine);
    }

    private static IEnumerator<NativeStep> MoveRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var arguments = new RoutineArguments(state, frame.Arguments);
        var (first, last, to) = (arguments.Integer(2), arguments.Integer(3), arguments.Integer(4));
        var source = arguments[1];
        var target = arguments[5].IsNil ? source : arguments[5];
        var upwards = to > last || to <= first || !source.RawEquals(target);
        var count = last - first + 1;
        for (var i = 0L; i < count; i++)
        {
            var offset = upwards ? i : count - 1 - i;
            if (!TableAccess.TryIndex(state, source, LuaValue.Integer(first + offset), out var value, out var step))
            {
                yield return step;
                value = frame.Result(0);
            }

            if (!TableAccess.TrySet(state, target, LuaValue.Integer(to + offset), value, out step)) yield return step;
            state.Charge(1);
            if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        frame.Return(target);
    }

    private static int Concat(in LuaCall call)
    {
        TableAccess.Check(call, 1, read: true, write: false, length: true);
        var separator = call.StringOrNull(2) ?? LuaString.Empty;
        if (call[1].AsTable is not { } table || !TableAccess.IsPlain(table)) return call.Continue(ConcatRoutine);
        var first = call.IntegerOr(3, 1);
        var last = call[4].IsNil ? table.Length : call.Integer(4);
        if (last >= first && !IsStraight(call.State, table, last - first)) return call.Continue(ConcatRoutine);
        var buffer = new StringBuffer(call.State);
        for (var i = first; i <= last; i++)
        {
            AddElement(call.State, buffer, table[i], i);
            if (i == last) break; // the last index may be the largest integer
            buffer.Add(separator.Span);
        }

        if (last > first) call.State.Charge((last - first) / LibraryWork.ElementsPerInstruction);
        return call.Return(buffer.ToLuaString());
    }

    private static void AddElement(LuaState state, StringBuffer buffer, in LuaValue value, long index)
    {
        if (value.AsString is { } text) buffer.Add(text.Span);
        else if (value.IsNumber) buffer.Add(state.NumberToString(value).Span);
        else throw state.ErrorHere($"invalid value ({value.TypeName}) at index {(int)index} in table for 'concat'");
    }

    private static IEnumerator<NativeStep> ConcatRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var arguments = new RoutineArguments(state, frame.Arguments);
        if (!TableAccess.TryLength(state, arguments[1], out var length, out var step))
        {
            yield return step;
            length = frame.Result(0);
        }

        var size = TableAccess.LengthOf(state, length);
        var separator = arguments[2].AsString
            ?? (arguments[2].IsNil ? LuaString.Empty : state.NumberToString(arguments[2]));
        var first = arguments[3].IsNil ? 1 : arguments.Integer(3);
        var last = arguments[4].IsNil ? size : arguments.Integer(4);
        var buffer = new StringBuffer(state);
        for (var i = first; i <= last; i++)
        {
            if (!TableAccess.TryIndex(state, arguments[1], LuaValue.Integer(i), out var value, out step))
            {
                yield return step;
                value = frame.Result(0);
            }

            AddElement(state, buffer, value, i);
            if (i == last) break;
            buffer.Add(separator.Span);
            state.Charge(1);
            if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        frame.Return(buffer.ToLuaString());
    }

    private static int Pack(in LuaCall call)
    {
        var table = call.State.NewTable(call.Count, 1);
        for (var i = 1; i <= call.Count; i++) table[i] = call[i];
        table["n"] = LuaValue.Integer(call.Count);
        call.State.Charge(call.Count / LibraryWork.ElementsPerInstruction);
        return call.Return(table);
    }

    private static int Unpack(in LuaCall call)
    {
        if (call[1].AsTable is not { } table || !TableAccess.IsPlain(table)) return call.Continue(UnpackRoutine);
        var first = call.IntegerOr(2, 1);
        var last = call[3].IsNil ? table.Length : call.Integer(3);
        if (first > last) return call.Return();
        var values = new LuaValue[ResultCount(call.State, first, last)];
        for (var i = 0; i < values.Length; i++) values[i] = table[first + i];
        call.State.Charge(values.Length / LibraryWork.ElementsPerInstruction);
        return call.Return(values);
    }

    private static long ResultCount(LuaState state, long first, long last) =>
        (ulong)last - (ulong)first < MostResults
            ? last - first + 1
            : throw state.ErrorHere("too many results to unpack");

    private static IEnumerator<NativeStep> UnpackRoutine(NativeFrame frame)
    {
        var state = frame.State;
        var arguments = new RoutineArguments(state, frame.Arguments);
        var first = arguments[2].IsNil ? 1 : arguments.Integer(2);
        NativeStep step;
        long last;
        if (!arguments[3].IsNil)
        {
            last = arguments.Integer(3);
        }
        else
        {
            if (!TableAccess.TryLength(state, arguments[1], out var length, out step))
            {
                yield return step;
                length = frame.Result(0);
            }

            last = TableAccess.LengthOf(state, length);
        }

        if (first > last) yield break;
        var values = new LuaValue[ResultCount(state, first, last)];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TableAccess.TryIndex(state, arguments[1], LuaValue.Integer(first + i), out values[i], out step))
            {
                yield return step;
                values[i] = frame.Result(0);
            }
        }

        state.Charge(values.Length / LibraryWork.ElementsPerInstruction);
        frame.Return(values);
    }
}
