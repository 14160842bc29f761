using AirHil.Board.Ports;
using AirHil.Board.Power;

namespace AirHil.Board.BenchFile;

/// <summary>How a bench is looked at.</summary>
public sealed record CheckOptions
{
    /// <summary>Where USB ports are looked for; null: in this machine.</summary>
    public UsbTopology? Usb { get; init; }

    /// <summary>Whether the board may be reset and its supply switched.</summary>
    public bool MayReset { get; init; } = true;

    /// <summary>
    /// How long to wait for the first frame of the log; all boards that are not quite silent send one in it.
    /// </summary>
    public TimeSpan LogLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long to wait for the banner after a reset: re-enumeration takes 1.4 s at most, the tools of others wait 15 s
    /// (reference bench §1.5).
    /// </summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long the log must be silent while the supply is off, after half as long for capacitors to empty (inferred).
    /// </summary>
    public TimeSpan OffTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the script's agent may take after the banner to say which script runs.</summary>
    public TimeSpan AgentLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Who is asked; null: the person at the terminal.</summary>
    public IPerson? Person { get; init; }

    /// <summary>Where leases are kept; null: the user's folder.</summary>
    public string? LeaseFolder { get; init; }
}
