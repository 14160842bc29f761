using AirHil.Modem;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// A network of a session at the bench: the services and faults of the client's run act on it from afar.
/// </summary>
internal sealed class ServedNetwork : IAsyncDisposable
{
    private readonly int _id;
    private readonly Outbox _outbox;
    private readonly HeldTime _held = new("network");
    private readonly NetworkLimits _limits = new();
    private readonly ServedMachine<NetworkInput, NetworkOutput> _machine;
    private long _given;

    /// <param name="id">Its number in the session.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="now">The time of the client's run.</param>
    /// <param name="outbox">Takes what it does.</param>
    public ServedNetwork(
        int id, Func<ISansIoMachine<NetworkInput, NetworkOutput>> create, WallClock clock, TimeSpan now, Outbox outbox)
    {
        _id = id;
        _outbox = outbox;
        _machine = new ServedMachine<NetworkInput, NetworkOutput>("network", create, clock, now, Emit, Fail);
        _machine.Start();
    }

    /// <summary>Something happens to it.</summary>
    /// <exception cref="MalformedMessageException">It is more than a network may be given.</exception>
    public void Post(NetworkInput input)
    {
        _limits.Count(input);
        _machine.Post(_machine.Now, (machine, now) =>
        {
            _given++;
            machine.Handle(input, now);
        });
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private bool Emit(NetworkOutput output, TimeSpan now)
    {
        var happened = output is NetworkOutput.Recorded recorded ? recorded.Event.At : now;
        var before = _held.Now;
        if (Add(Message(output, happened), wait: true, out var waited) == 0) return false;
        if (waited) _held.Add(before);
        if (_held.Notice() is { } text)
        {
            var notice = new NetworkNoticed(now, text) { Modem = "" };
            Add(Message(new NetworkOutput.Recorded(notice), now), wait: false, out _);
        }

        return true;
    }

    private void Fail(Exception problem) =>
        Add(new BenchMessage.NetworkFailed(_id, problem.Message), wait: false, out _);

    private BenchMessage.FromNetwork Message(NetworkOutput output, TimeSpan at) =>
        new(_id, _machine.ToSession(at), _given, output);

    private long Add(BenchMessage message, bool wait, out bool waited) => _outbox.Add(
        number => MessageCodec.Write(new LinkMessage.Numbered(number, message)), wait, out waited);
}
