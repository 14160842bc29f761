using System.Globalization;
using System.Runtime.CompilerServices;

namespace AirHil.VirtualModem.Logging;

/// <summary>
/// An interpolated text whose numbers look the same in every culture of the host. A parameter of this type takes
/// <c>$"…"</c> as it stands.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => _text.AppendLiteral(value);
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);
    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);
    public void AppendFormatted<T>(T value, int alignment, string? format = null) =>
        _text.AppendFormatted(value, alignment, format);

    /// <summary>The text; it can be taken once.</summary>
    public string Take() => _text.ToStringAndClear();
}
