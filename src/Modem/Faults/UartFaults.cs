using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>
/// A fault of the serial lines: it acts on what the rig and its peers send, and with "from module" on what these
/// receive. Each packet that it changes counts as one time; those of the rig and of peers are counted apart.
/// </summary>
public abstract record UartFault : Fault
{
    public override string Needs => Capability.LineErrors;

    /// <summary>Whether it acts on what passes a port that way.</summary>
    public bool IsFor(bool toModule, int port) =>
        (Limits.ToModule ?? true) == toModule && (Limits.Port is not { } only || only == port);
}

/// <summary>Packets come in two halves with silence between.</summary>
public sealed record SplitPackets : UartFault
{
    internal override string Words => "split uart packets";
}

/// <summary>Some bytes do not come.</summary>
/// <param name="Percent">1 to 100.</param>
public sealed record LoseBytes(int Percent) : UartFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"lose uart bytes {Percent}");
}

/// <summary>Some bytes come as others.</summary>
/// <param name="Percent">1 to 100.</param>
public sealed record GarbleBytes(int Percent) : UartFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"garble uart bytes {Percent}");
}
