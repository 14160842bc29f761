namespace AirHil.Lua.Values;

/// <summary>The flags between '%' and the width of a printf directive.</summary>
[Flags]
public enum NumberFormatFlags
{
    None = 0,

    /// <summary>'-'</summary>
    LeftAlign = 1,

    /// <summary>'+'</summary>
    Plus = 2,

    /// <summary>' '</summary>
    Space = 4,

    /// <summary>'#'</summary>
    Alternate = 8,

    /// <summary>'0'</summary>
    Zero = 16,
}

/// <summary>One printf directive for a number, without length modifiers.</summary>
/// <param name="Conversion">d i u o x X for integers, f F e E g G a A for floats.</param>
/// <param name="Flags">The flags given.</param>
/// <param name="Width">The least width in characters; 0: no least width.</param>
/// <param name="Precision">The digits after the point; -1: not given.</param>
public readonly record struct NumberFormat(
    char Conversion, NumberFormatFlags Flags = NumberFormatFlags.None, int Width = 0, int Precision = -1)
{
    internal bool Has(NumberFormatFlags flag) => (Flags & flag) != 0;

    internal bool IsUpper => Conversion is >= 'A' and <= 'Z';

    /// <summary>"-", "+", " " or nothing, in the order in which printf chooses.</summary>
    internal string SignOf(bool negative) =>
        negative ? "-" : Has(NumberFormatFlags.Plus) ? "+" : Has(NumberFormatFlags.Space) ? " " : "";
}
