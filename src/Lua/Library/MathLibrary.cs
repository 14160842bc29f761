using AirHil.Lua.Arithmetic;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// The math library of Lua 5.3 (manual §6.7) with the functions of 5.1 that V1112 keeps (reference §1.4). Floats are
/// computed in double and rounded once to the model's float.
/// </summary>
internal static class MathLibrary
{
    private static readonly LibraryDefinition For32 = Build(32);
    private static readonly LibraryDefinition For64 = Build(64);

    public static LibraryDefinition For(LuaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Bits == 32 ? For32 : For64;
    }

    private static LibraryDefinition Build(int bits)
    {
        var numbers = new NumberModel(bits, NumberStyle.Standard);
        return new LibraryDefinition("math")
            .Add("abs", Abs).Add("ceil", Ceil).Add("floor", Floor).Add("max", Max).Add("min", Min).Add("fmod", Fmod)
            .Add("modf", Modf).Add("log", Log)
            .Add("exp", (in LuaCall call) => Float(call, Exponentials.Exp(call.Number(1))))
            .Add("sqrt", (in LuaCall call) => Float(call, Math.Sqrt(call.Number(1))))
            .Add("sin", (in LuaCall call) => Float(call, Trigonometry.Sin(call.Number(1))))
            .Add("cos", (in LuaCall call) => Float(call, Trigonometry.Cos(call.Number(1))))
            .Add("tan", (in LuaCall call) => Float(call, Trigonometry.Tan(call.Number(1))))
            .Add("asin", (in LuaCall call) => Float(call, Trigonometry.Asin(call.Number(1))))
            .Add("acos", (in LuaCall call) => Float(call, Trigonometry.Acos(call.Number(1))))
            .Add("atan", Atan).Add("atan2", Atan)
            .Add("sinh", (in LuaCall call) => Float(call, Exponentials.Sinh(call.Number(1))))
            .Add("cosh", (in LuaCall call) => Float(call, Exponentials.Cosh(call.Number(1))))
            .Add("tanh", (in LuaCall call) => Float(call, Exponentials.Tanh(call.Number(1))))
            .Add("pow", (in LuaCall call) => Float(call, Exponentials.Pow(call.Number(1), call.Number(2))))
            .Add("log10", (in LuaCall call) => Float(call, Exponentials.Log10(call.Number(1))))
            .Add("frexp", Frexp)
            .Add("ldexp", (in LuaCall call) =>
                Float(call, Math.ScaleB(call.Number(1), (int)Math.Clamp(call.Integer(2), -10_000, 10_000))))
            .Add("deg", (in LuaCall call) => Float(call, call.Number(1) * (180.0 / Math.PI)))
            .Add("rad", (in LuaCall call) => Float(call, call.Number(1) * (Math.PI / 180.0)))
            .Add("tointeger", ToInteger).Add("type", Type)
            .Add("ult", (in LuaCall call) => call.Return((ulong)call.Integer(1) < (ulong)call.Integer(2)))
            .Add("random", MathRandom.Random).Add("randomseed", MathRandom.Seed)
            .Add("pi", numbers.Float(Math.PI)).Add("huge", LuaValue.Float(double.PositiveInfinity))
            .Add("maxinteger", LuaValue.Integer(numbers.MaxInteger))
            .Add("mininteger", LuaValue.Integer(numbers.MinInteger));
    }

    private static int Float(in LuaCall call, double value) => call.Return(call.State.Numbers.Float(value));

    /// <summary>A float that is whole: an integer where the model has it.</summary>
    private static LuaValue Whole(in LuaCall call, double value) =>
        call.State.Numbers.TryToInteger(value, out var integer) ? LuaValue.Integer(integer) : LuaValue.Float(value);

    private static int Abs(in LuaCall call) => call[1].IsInteger
        ? call.Return(
            call.State.Numbers.Integer(call[1].AsInteger < 0 ? unchecked(-call[1].AsInteger) : call[1].AsInteger))
        : Float(call, Math.Abs(call.Number(1)));

    private static int Floor(in LuaCall call) =>
        call.Return(call[1].IsInteger ? call[1] : Whole(call, Math.Floor(call.Number(1))));

    private static int Ceil(in LuaCall call) =>
        call.Return(call[1].IsInteger ? call[1] : Whole(call, Math.Ceiling(call.Number(1))));

    private static int Max(in LuaCall call) => Extreme(call, largest: true);

    private static int Min(in LuaCall call) => Extreme(call, largest: false);

    private static int Extreme(in LuaCall call, bool largest)
    {
        var best = call.Any(1, "value expected");
        for (var i = 2; i <= call.Count; i++)
        {
            var value = call[i];
            var decided = largest
                ? TableAccess.TryLess(call.State, best, value, out var better, out _)
                : TableAccess.TryLess(call.State, value, best, out better, out _);
            if (!decided) return call.Continue(frame => ExtremeRoutine(frame, largest));
            if (better) best = value;
        }

        return call.Return(best);
    }

    private static LuaValue Any(this in LuaCall call, int index, string message) =>
        index <= call.Count ? call[index] : throw call.ArgumentError(index, message);

    private static IEnumerator<NativeStep> ExtremeRoutine(NativeFrame frame, bool largest)
    {
        var best = frame.Arguments[0];
        foreach (var value in frame.Arguments.AsSpan(1).ToArray())
        {
            var (a, b) = largest ? (best, value) : (value, best);
            if (!TableAccess.TryLess(frame.State, a, b, out var better, out var step))
            {
                yield return step;
                better = frame.Result(0).IsTruthy;
            }

            if (better) best = value;
        }

        frame.Return(best);
    }

    private static int Fmod(in LuaCall call)
    {
        if (call[1].IsInteger && call[2].IsInteger)
        {
            var divisor = call[2].AsInteger;
            if (divisor == 0) throw call.ArgumentError(2, "zero");
            return call.Return(LuaValue.Integer(divisor == -1 ? 0 : call[1].AsInteger % divisor));
        }

        var by = call.Number(2); // GCC looks at the last argument of a C call first
        return Float(call, call.Number(1) % by);
    }

    private static int Modf(in LuaCall call)
    {
        if (call[1].IsInteger) return call.Return(call[1], LuaValue.Float(0));
        var value = call.Number(1);
        var whole = Math.Truncate(value);
        var fraction = value == whole ? 0 : value - whole;
        return call.Return(Whole(call, whole), call.State.Numbers.Float(fraction));
    }

    private static int Log(in LuaCall call)
    {
        var value = call.Number(1);
        if (call[2].IsNil) return Float(call, Exponentials.Log(value));
        var numberBase = call.Number(2);
        return Float(call, numberBase switch
        {
            2.0 => Exponentials.Log2(value),
            10.0 => Exponentials.Log10(value),
            _ => Exponentials.Log(value) / Exponentials.Log(numberBase),
        });
    }

    private static int Atan(in LuaCall call) => Float(call, Trigonometry.Atan2(call.Number(1), call.NumberOr(2, 1)));

    private static int Frexp(in LuaCall call)
    {
        var value = call.Number(1);
        if (value == 0 || !double.IsFinite(value)) return call.Return(LuaValue.Float(value), LuaValue.Integer(0));
        var exponent = Math.ILogB(value) + 1;
        return call.Return(LuaValue.Float(Math.ScaleB(value, -exponent)), LuaValue.Integer(exponent));
    }

    private static int ToInteger(in LuaCall call) =>
        call.State.TryToInteger(call.Any(1), out var integer)
            ? call.Return(LuaValue.Integer(integer))
            : call.Return(default(LuaValue));

    private static int Type(in LuaCall call)
    {
        var value = call.Any(1);
        return value.IsNumber ? call.Return(value.IsInteger ? "integer" : "float") : call.Return(default(LuaValue));
    }
}
