namespace AirHil.Lua.Values;

/// <summary>
/// The arithmetic that differs between the 32-bit module and a 64-bit host, as static members so that the machine is
/// specialised for it without a cost: integers are held in 64 bits and wrapped, floats in doubles and rounded.
/// </summary>
internal interface INumberModel
{
    /// <summary>32 or 64.</summary>
    static abstract int Bits { get; }

    /// <summary>Reduces the 64-bit result of an integer operation to the model's integer.</summary>
    static abstract long Wrap(long value);

    /// <summary>Rounds the double result of a float operation to the model's float.</summary>
    static abstract double Round(double value);
}

/// <summary>int32 and float32: V1112 as it is delivered (reference §1.1).</summary>
internal readonly struct Numbers32 : INumberModel
{
    public static int Bits => 32;
    public static long Wrap(long value) => (int)value;
    public static double Round(double value) => (float)value;
}

/// <summary>int64 and double: PUC-Rio's default.</summary>
internal readonly struct Numbers64 : INumberModel
{
    public static int Bits => 64;
    public static long Wrap(long value) => value;
    public static double Round(double value) => value;
}

/// <summary>How a number becomes text.</summary>
public enum NumberStyle
{
    /// <summary>C's printf: "%.14g" in 64 bits, "%.7g" in 32.</summary>
    Standard,

    /// <summary>The small printf that V1112 is built with (reference §1.2).</summary>
    Module,
}

/// <summary>The number model as a value, for libraries, which need no specialisation.</summary>
public sealed class NumberModel(int bits, NumberStyle style)
{
    public int Bits { get; } = bits;
    public NumberStyle Style { get; } = style;
    public long MaxInteger => Bits == 32 ? int.MaxValue : long.MaxValue;
    public long MinInteger => Bits == 32 ? int.MinValue : long.MinValue;

    public long Wrap(long value) => Bits == 32 ? (int)value : value;
    public double Round(double value) => Bits == 32 ? (float)value : value;

    /// <summary>The integer with exactly this value, where the model has one.</summary>
    public bool TryToInteger(double value, out long integer)
    {
        var limit = Bits == 32 ? 2147483648.0 : 9223372036854775808.0;
        if (value >= -limit && value < limit && Math.Floor(value) == value)
        {
            integer = (long)value;
            return true;
        }

        integer = 0;
        return false;
    }

    /// <summary>An integer or float value of this model.</summary>
    public LuaValue Float(double value) => LuaValue.Float(Round(value));

    public LuaValue Integer(long value) => LuaValue.Integer(Wrap(value));
}
