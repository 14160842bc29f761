namespace AirHil.Board.Log;

/// <summary>One conversion of a printf format: "%-08.3lld".</summary>
internal readonly record struct ConversionSpec(char Kind, int Length)
{
    private const int WidestField = 1024;

    public bool LeftAligned { get; init; }
    public bool Plus { get; init; }
    public bool Space { get; init; }
    public bool Zeros { get; init; }
    public bool Alternate { get; init; }
    public bool WidthIsArgument { get; init; }
    public bool PrecisionIsArgument { get; init; }
    public bool IsLongLong { get; init; }
    public int Width { get; init; }

    /// <summary>-1: none is given.</summary>
    public int Precision { get; init; }

    /// <summary>Reads the conversion that the format begins with; false if printf does not know it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> format, out ConversionSpec spec)
    {
        spec = default;
        var at = 1;
        var read = new ConversionSpec { Precision = -1 };
        for (; at < format.Length; at++)
        {
            var flag = format[at];
            if (flag == '-') read = read with { LeftAligned = true };
            else if (flag == '+') read = read with { Plus = true };
            else if (flag == ' ') read = read with { Space = true };
            else if (flag == '0') read = read with { Zeros = true };
            else if (flag == '#') read = read with { Alternate = true };
            else break;
        }

        if (at < format.Length && format[at] == '*')
        {
            read = read with { WidthIsArgument = true };
            at++;
        }
        else
        {
            read = read with { Width = Number(format, ref at) };
        }

        if (at < format.Length && format[at] == '.')
        {
            at++;
            if (at < format.Length && format[at] == '*')
            {
                read = read with { PrecisionIsArgument = true };
                at++;
            }
            else
            {
                read = read with { Precision = Number(format, ref at) };
            }
        }

        var longs = 0;
        for (; at < format.Length && format[at] is (byte)'l' or (byte)'h' or (byte)'z' or (byte)'t' or (byte)'j'; at++)
        {
            longs += format[at] == 'l' ? 1 : format[at] == 'j' ? 2 : 0;
        }

        if (at >= format.Length || "diuxXopcsfFeEgG"u8.IndexOf(format[at]) < 0) return false;
        spec = read with { Kind = (char)format[at], Length = at + 1, IsLongLong = longs >= 2 };
        return true;
    }

    /// <summary>With the width that was an argument; a negative one aligns to the left.</summary>
    public ConversionSpec WithWidth(int width) =>
        this with
        {
            Width = (int)Math.Min(Math.Abs((long)width), WidestField),
            LeftAligned = LeftAligned || width < 0,
        };

    private static int Number(ReadOnlySpan<byte> format, ref int at)
    {
        var number = 0;
        for (; at < format.Length && format[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            number = Math.Min(WidestField, 10 * number + format[at] - '0');
        }

        return number;
    }
}
