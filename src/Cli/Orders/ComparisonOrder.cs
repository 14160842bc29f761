using System.Text.RegularExpressions;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Cli.Orders;

/// <summary>What the command line says of a comparison.</summary>
internal sealed record ComparisonOrder
{
    /// <summary>
    /// What two runs of a real module differ by: the radio, the host's scheduling, the USB's packets.
    /// </summary>
    private static readonly Tolerance Usual = new(TimeSpan.FromMilliseconds(50), 0.10);

    /// <summary>Null: as suits the two sessions.</summary>
    public Tolerance? Tolerance { get; init; }

    public bool IgnoreIdentity { get; init; }

    public IReadOnlyList<Regex> WithoutTexts { get; init; } = [];

    public IReadOnlyCollection<SessionLane> WithoutLanes { get; init; } = [];

    public bool Json { get; init; }

    /// <summary>The same for two sessions.</summary>
    public ComparisonOptions For(SessionHeader left, SessionHeader right)
    {
        var bothVirtual = left.Clock == RigClock.Virtual && right.Clock == RigClock.Virtual;
        return new ComparisonOptions
        {
            Tolerance = Tolerance ?? (bothVirtual ? Modem.Units.Tolerance.None : Usual),
            Ordered = bothVirtual,
            SkipMissingLanes = !bothVirtual,
            WithoutStartReasons = !Knows(left) || !Knows(right),
            IgnoreIdentity = IgnoreIdentity,
            WithoutTexts = WithoutTexts,
            WithoutLanes = WithoutLanes,
        };

        static bool Knows(SessionHeader header) =>
            header.Capabilities.Contains(Capability.StartReason, StringComparer.Ordinal);
    }

    /// <summary>Tells the result on standard output.</summary>
    /// <returns>The command's exit code.</returns>
    public int Tell(Terminal terminal, ComparisonResult result, string left, string right)
    {
        if (Json) ComparisonJson.Write(terminal.OpenOutput(), result, left, right);
        else terminal.Out.Write(ComparisonText.Write(result, left, right));
        return result.Equal ? ExitCode.Passed : ExitCode.Failed;
    }
}
