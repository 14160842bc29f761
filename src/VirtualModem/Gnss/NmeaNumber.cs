namespace AirHil.VirtualModem.Gnss;

/// <summary>A decimal number of a sentence: digits, and the power of ten that they are divided by; 0: none.</summary>
internal readonly record struct NmeaNumber(int Value, int Scale)
{
    /// <summary>A coordinate's value with the sign of its direction.</summary>
    public NmeaNumber Times(int sign) => new(unchecked(Value * sign), Scale);

    /// <summary>As it is written.</summary>
    public float ToFloat() => Scale == 0 ? 0 : (float)Value / Scale;

    /// <summary>DDMM.MMMM as degrees; the C code counts in 32 bits.</summary>
    public float ToDegrees()
    {
        if (!IsCoordinate) return 0;
        var (degrees, minutes) = (Value / (Scale * 100), Value % (Scale * 100));
        return degrees + ((float)minutes / unchecked(60 * Scale));
    }

    /// <summary>
    /// The same times 10^7. Minutes of the south and the west become 0: the C code converts a negative number to an
    /// unsigned one, which this chip's library makes 0.
    /// </summary>
    public uint ToScaledDegrees()
    {
        if (!IsCoordinate) return 0;
        var (degrees, minutes) = (Value / (Scale * 100), Value % (Scale * 100));
        var fraction = (float)minutes / unchecked(60 * Scale) * 10_000_000;
        return unchecked((uint)(degrees * 10_000_000) + (fraction > 0 ? (uint)fraction : 0));
    }

    private bool IsCoordinate => Scale != 0 && Scale <= int.MaxValue / 100;
}
