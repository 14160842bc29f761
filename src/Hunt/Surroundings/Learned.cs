using AirHil.Rig.Peers;
using AirHil.Rig.Runs;

namespace AirHil.Hunt.Surroundings;

/// <summary>What a script needs around it, as far as runs without faults show it.</summary>
/// <param name="Neighbours">Services and what is on UARTs, in the order of their steps.</param>
/// <param name="Tried">How many runs that took.</param>
/// <param name="ReadsAnalog">The script names the analogue inputs.</param>
public sealed record Learned(IReadOnlyList<Neighbour> Neighbours, int Tried, bool ReadsAnalog)
{
    /// <summary>Tries surroundings until the script does no more in others.</summary>
    /// <param name="options">The bench; its services are there already.</param>
    /// <param name="peers">Finds the script of a peer by its name; null: it is not there.</param>
    /// <param name="cancel">Ends it before its next run.</param>
    /// <exception cref="OperationCanceledException">The user ended it.</exception>
    public static Learned Of(
        BenchOptions options, FirmwareSource firmware, Func<string, PeerScript?> peers, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(firmware);
        var probe = new Probe(options, firmware, cancel);
        var search = new SurroundingsSearch(probe, options, peers);
        search.Run();
        return new Learned(search.Neighbours, probe.Runs, search.Texts.Contains("adc"));
    }
}
