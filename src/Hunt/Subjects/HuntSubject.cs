using AirHil.Modem.Acts;
using AirHil.Rig.Peers;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// A run that is done again and again, each time with other faults: a script, its surroundings, what the rig does, and
/// what the whole run must keep. Values only, so that any number of worlds can be made of it at once.
/// </summary>
public sealed record HuntSubject
{
    /// <summary>How long a run goes on behind a last fault that comes later than the run without faults is.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(60);

    /// <summary>The options of every world; the seed among them is the same for all.</summary>
    public required BenchOptions Options { get; init; }

    public required FirmwareSource Firmware { get; init; }

    /// <summary>Endpoints beside those of the options, in the order in which they were opened.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; init; } = [];

    /// <summary>What is connected to the module, each played by a script.</summary>
    public IReadOnlyList<SessionNote.PeerConnected> Peers { get; init; } = [];

    /// <summary>What the rig does in every run, by time.</summary>
    public required IReadOnlyList<ScheduledAct> Acts { get; init; }

    /// <summary>How long the run without faults is; faults end within it.</summary>
    public required TimeSpan Length { get; init; }

    public required IReadOnlyList<Property> Properties { get; init; }

    /// <summary>
    /// Some of the properties: nobody has stated them, and the script may be free to break them. The report tells them
    /// apart.
    /// </summary>
    public IReadOnlyList<Property> Supposed { get; init; } = [];

    /// <summary>How long after the last fault nothing is waited for.</summary>
    public required TimeSpan Settling { get; init; }

    /// <summary>Names of the kinds of faults that are drawn; empty: all that fit.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>What was done on a bench until now.</summary>
    /// <param name="seed">The seed of the worlds.</param>
    /// <exception cref="InvalidOperationException">The run has no script, or more than one.</exception>
    public static HuntSubject Of(Bench bench, int seed)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var notes = bench.Session.Notes();
        var firmware = notes.OfType<SessionNote.FirmwareLoaded>().Select(n => n.Firmware).Distinct().ToArray();
        if (firmware.Length != 1 || bench.Modems.Count != 1)
        {
            throw new InvalidOperationException(
                $"a hunt needs a scenario with one script on one module; this one loads {firmware.Length}");
        }

        return new HuntSubject
        {
            Options = bench.Options with { Seed = (ulong)seed, KeptEvents = 1000, Vitals = null, Hashes = false },
            Firmware = firmware[0],
            Endpoints = [.. notes.OfType<SessionNote.EndpointOpened>().Select(n => n.Endpoint)],
            Peers = [.. notes.OfType<SessionNote.PeerConnected>()],
            Acts =
            [
                .. notes.OfType<SessionNote.Acted>().Where(n => n.Act is not null and not SetMark)
                    .Select(n => new ScheduledAct(n.At, n.Act!)),
            ],
            Length = bench.Now,
            Properties = [.. bench.Properties],
            Settling = bench.Settling,
            Kinds = [.. bench.FaultKinds],
        };
    }

    /// <summary>Something on a UART answers the module.</summary>
    public bool AnswersOnUart =>
        Peers.Any(p => p.Place is PeerPlace.Uart) || Acts.Any(act => act.Act is AnswerUart);

    /// <summary>How long a run goes on whose last fault ends then: all clauses that wait can be judged.</summary>
    public TimeSpan LengthBehind(TimeSpan lastFault)
    {
        var patience = Properties.Select(p => p.Patience).DefaultIfEmpty().Max();
        var needed = lastFault + TimeSpan.FromSeconds(1);
        if (Properties.Any(p => p.IsLively)) needed += Settling + patience;
        else if (lastFault > Length) needed += Aftermath;
        return needed > Length ? needed : Length;
    }
}
