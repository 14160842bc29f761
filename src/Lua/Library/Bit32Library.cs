using AirHil.Lua.Run;

namespace AirHil.Lua.Library;

/// <summary>The bit32 library of Lua 5.2, which V1112 keeps under the names bit32 and bit (reference §1.4).</summary>
internal static class Bit32Library
{
    private const int Width = 32;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("bit32")
        .Add("arshift", ArithmeticShift).Add("band", And).Add("bnot", Not).Add("bor", Or).Add("bxor", Xor)
        .Add("btest", Test).Add("extract", Extract).Add("lrotate", RotateLeft).Add("lshift", ShiftLeft)
        .Add("replace", Replace).Add("rrotate", RotateRight).Add("rshift", ShiftRight);

    private static uint Bits(in LuaCall call, int index) => (uint)call.Integer(index);

    /// <summary>In 32-bit numbers the upper half reads as negative.</summary>
    private static int Return(in LuaCall call, uint bits) => call.Return(call.State.Numbers.Integer(bits));

    private static uint AllAnd(in LuaCall call)
    {
        var bits = uint.MaxValue;
        for (var i = 1; i <= call.Count; i++) bits &= Bits(call, i);
        return bits;
    }

    private static int And(in LuaCall call) => Return(call, AllAnd(call));

    private static int Test(in LuaCall call) => call.Return(AllAnd(call) != 0);

    private static int Or(in LuaCall call)
    {
        var bits = 0u;
        for (var i = 1; i <= call.Count; i++) bits |= Bits(call, i);
        return Return(call, bits);
    }

    private static int Xor(in LuaCall call)
    {
        var bits = 0u;
        for (var i = 1; i <= call.Count; i++) bits ^= Bits(call, i);
        return Return(call, bits);
    }

    private static int Not(in LuaCall call) => Return(call, ~Bits(call, 1));

    private static uint Shift(uint bits, long left) => left switch
    {
        >= Width or <= -Width => 0,
        >= 0 => bits << (int)left,
        _ => bits >> (int)-left,
    };

    private static int ShiftLeft(in LuaCall call) => Return(call, Shift(Bits(call, 1), call.Integer(2)));

    private static int ShiftRight(in LuaCall call) =>
        Return(call, Shift(Bits(call, 1), -Math.Max(call.Integer(2), -long.MaxValue)));

    private static int ArithmeticShift(in LuaCall call)
    {
        var bits = Bits(call, 1);
        var right = call.Integer(2);
        if (right < 0 || (int)bits >= 0) return Return(call, Shift(bits, -Math.Max(right, -long.MaxValue)));
        return Return(call, (uint)((int)bits >> (int)Math.Min(right, Width - 1)));
    }

    private static int RotateLeft(in LuaCall call) =>
        Return(call, uint.RotateLeft(Bits(call, 1), (int)(call.Integer(2) & (Width - 1))));

    private static int RotateRight(in LuaCall call) =>
        Return(call, uint.RotateRight(Bits(call, 1), (int)(call.Integer(2) & (Width - 1))));

    private static (int Field, uint Mask) Field(in LuaCall call, int index)
    {
        var field = call.Integer(index);
        var width = call.IntegerOr(index + 1, 1);
        if (field < 0) throw call.ArgumentError(index, "field cannot be negative");
        if (width <= 0) throw call.ArgumentError(index + 1, "width must be positive");
        if (field > Width || width > Width || field + width > Width)
        {
            throw call.Error("trying to access non-existent bits");
        }

        return ((int)field, (uint)((1UL << (int)width) - 1));
    }

    private static int Extract(in LuaCall call)
    {
        var bits = Bits(call, 1);
        var (field, mask) = Field(call, 2);
        return Return(call, (bits >> field) & mask);
    }

    private static int Replace(in LuaCall call)
    {
        var bits = Bits(call, 1);
        var value = Bits(call, 2);
        var (field, mask) = Field(call, 3);
        return Return(call, (bits & ~(mask << field)) | ((value & mask) << field));
    }
}
