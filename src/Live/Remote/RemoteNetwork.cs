using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;

namespace AirHil.Live.Remote;

/// <summary>
/// The way between the modems of another machine's bench and the services of this run, for a board that has its own:
/// listeners, connections and the faults on them are at the bench, the services here.
/// </summary>
internal sealed class RemoteNetwork(RemoteLink link, BenchOptions options)
    : RemoteMachine<NetworkInput, NetworkOutput>(link)
{
    private readonly SortedSet<int> _accepted = [];
    private readonly Dictionary<string, long> _lives = new(StringComparer.Ordinal);
    private long _given;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The protocol has no word for the input.</exception>
    public override void Handle(NetworkInput input, TimeSpan now)
    {
        switch (input)
        {
            case NetworkInput.FromService(ServiceOutput.Recorded(var happened)):
                // Nobody's business but the run's.
                Add(new NetworkOutput.Recorded(happened));
                return;
            case NetworkInput.Begin(var fault, _) when Lost is { } reason:
                Add(Notice(now, $"'{fault.Phrase}' has no effect: {reason}"));
                return;
            case NetworkInput.FromService(ServiceOutput.Close(var connection, _)):
                _accepted.Remove(connection);
                break;
            case NetworkInput.FromService(ServiceOutput.Forget(var connection)):
                _accepted.Remove(connection);
                break;
        }

        if (Lost is not null) return;
        _given++;
        if (input is NetworkInput.FromModem(var modem, AirRequest.Radio(true))) _lives[modem] = _given;
        Link.Post(new BenchMessage.ToNetwork(Id, input));
    }

    /// <summary>The network at the bench threw, which ends the run as it would with a network at hand.</summary>
    public void Fail(string reason) => Post(
        _ => throw new InvalidOperationException($"the network at the remote bench failed: {reason}"));

    protected override int Open(TimeSpan now) => Link.Machines.OpenNetwork(this, options, now);

    protected override BenchMessage TakingAway() => new BenchMessage.CloseNetwork(Id);

    protected override NetworkOutput? Arrived(NetworkOutput output, TimeSpan at, long number, long seen)
    {
        switch (output)
        {
            case NetworkOutput.ToService(ServiceInput.Accepted accepted):
                _accepted.Add(accepted.Connection);
                break;
            case NetworkOutput.ToService(ServiceInput.Closed(var connection, _)):
                _accepted.Remove(connection);
                break;
            case NetworkOutput.Recorded(var happened):
                return new NetworkOutput.Recorded(happened with { At = at });
            case NetworkOutput.ToModem(var modem, _) when seen < _lives.GetValueOrDefault(modem):
                // What was on its way to a module that has restarted meanwhile belongs to connections that it no longer
                // has, and whose numbers it uses again.
                return null;
        }

        return output;
    }

    protected override IEnumerable<NetworkOutput> Farewell(string reason, TimeSpan now) =>
    [
        Notice(now, $"the services are out of reach: {reason}"),
        .. _accepted.Select(c => new NetworkOutput.ToService(new ServiceInput.Closed(c, true))),
    ];

    private static NetworkOutput.Recorded Notice(TimeSpan now, string text) =>
        new(new NetworkNoticed(now, text) { Modem = "" });
}
