using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// math.random over <see cref="LuaState.RandomSource"/>. V1112 draws from its hardware generator, and
/// <c>randomseed</c> does nothing there (reference §1.4); a plain engine is reseeded.
/// </summary>
internal static class MathRandom
{
    public static int Random(in LuaCall call)
    {
        var bits = call.State.RandomSource();
        if (call.Count == 0) return call.Return(Fraction(bits, call.State.Numbers.Bits));
        if (call.Count > 2) throw call.Error("wrong number of arguments");
        var low = call.Count == 1 ? 1 : call.Integer(1);
        var high = call.Integer(call.Count);
        if (low > high) throw call.ArgumentError(1, "interval is empty");
        if (low < 0 && high > call.State.Numbers.MaxInteger + low) throw call.ArgumentError(1, "interval too large");
        var range = (ulong)(high - low) + 1;
        return call.Return(LuaValue.Integer(low + (long)Math.BigMul(bits, range, out _)));
    }

    public static int Seed(in LuaCall call)
    {
        if (!call.State.Options.ModuleLibraries)
        {
            call.State.RandomSource = new SplitMix64(unchecked((ulong)(long)call.Number(1))).Next;
        }

        return call.Return();
    }

    /// <summary>A float in 0 … 1, 1 excluded, of as many random bits as the float holds.</summary>
    private static LuaValue Fraction(ulong bits, int modelBits) => LuaValue.Float(modelBits == 32
        ? (bits >> 40) * (1.0 / (1 << 24))
        : (bits >> 11) * (1.0 / (1L << 53)));
}
