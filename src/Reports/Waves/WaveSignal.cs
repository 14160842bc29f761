using System.Globalization;

namespace AirHil.Reports.Waves;

/// <summary>One signal of a dump.</summary>
internal sealed record WaveSignal(string Scope, string Name, string Code, SignalKind Kind)
{
    /// <summary>Its line in the initial values; null where it has none.</summary>
    public string? Initial => Kind switch
    {
        SignalKind.Wire => "0" + Code,
        SignalKind.Byte => "bz " + Code,
        SignalKind.Number => "b0 " + Code,
        SignalKind.Real => "r0 " + Code,
        _ => null,
    };

    /// <summary>The line that gives it a value.</summary>
    public string Line(double value) => Kind switch
    {
        SignalKind.Wire => (value != 0 ? "1" : "0") + Code,
        SignalKind.Byte => value < 0 ? "bz " + Code : $"b{(int)value:b} {Code}",
        SignalKind.Number => $"b{(long)Math.Max(value, 0):b} {Code}",
        SignalKind.Real => string.Create(CultureInfo.InvariantCulture, $"r{value:G16} {Code}"),
        _ => "1" + Code,
    };
}
