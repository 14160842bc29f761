using System.Globalization;

namespace AirHil.Reports.Waves;

/// <summary>One signal of a dump.</summary>
/// <param name="Codes">
/// By which its changes name it: one, or of a byte one for each bit, the highest first. Vectors and integers would be
/// shorter, but the libsigrok of Debian 12's PulseView stops reading at the first of them.
/// </param>
internal sealed record WaveSignal(string Scope, string Name, IReadOnlyList<string> Codes, SignalKind Kind)
{
    private const int Bits = 8;

    /// <summary>How many codes a signal of the kind takes.</summary>
    public static int CodesOf(SignalKind kind) => kind == SignalKind.Byte ? Bits : 1;

    /// <summary>What is behind its `$var`, a line for each code.</summary>
    public IEnumerable<string> Declarations => Kind switch
    {
        SignalKind.Wire or SignalKind.Line => [$"wire 1 {Codes[0]} {Name}"],
        SignalKind.Byte => Codes.Select((code, place) => $"wire 1 {code} {Name} [{Bits - 1 - place}]"),
        SignalKind.Real => [$"real 64 {Codes[0]} {Name}"],
        _ => [$"event 1 {Codes[0]} {Name}"],
    };

    /// <summary>Its lines in the initial values; none for what happens only at moments.</summary>
    public IEnumerable<string> Initial => Kind switch
    {
        SignalKind.Line => Lines(1),
        SignalKind.Byte => Lines(-1),
        SignalKind.Event => [],
        _ => Lines(0),
    };

    /// <summary>The lines that give it a value; of a byte, below 0 is z.</summary>
    public IEnumerable<string> Lines(double value) => Kind switch
    {
        SignalKind.Wire or SignalKind.Line => [(value != 0 ? "1" : "0") + Codes[0]],
        SignalKind.Byte => Codes.Select(
            (code, place) => (value < 0 ? "z" : ((int)value >> (Bits - 1 - place) & 1) != 0 ? "1" : "0") + code),
        SignalKind.Real => [string.Create(CultureInfo.InvariantCulture, $"r{value:G16} {Codes[0]}")],
        _ => ["1" + Codes[0]],
    };
}
