using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>A fault of the serial lines towards the module: it acts on what the rig sends.</summary>
public abstract record UartFault : Fault
{
    public override string Needs => Capability.LineErrors;
}

/// <summary>Packets come in two halves with silence between.</summary>
public sealed record SplitPackets : UartFault
{
    public override string Phrase => "split uart packets";
}

/// <summary>Some bytes do not come.</summary>
/// <param name="Percent">1 to 100.</param>
public sealed record LoseBytes(int Percent) : UartFault
{
    public override string Phrase => string.Create(CultureInfo.InvariantCulture, $"lose uart bytes {Percent}");
}

/// <summary>Some bytes come as others.</summary>
/// <param name="Percent">1 to 100.</param>
public sealed record GarbleBytes(int Percent) : UartFault
{
    public override string Phrase => string.Create(CultureInfo.InvariantCulture, $"garble uart bytes {Percent}");
}
