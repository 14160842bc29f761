using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>One modem of a session at the bench.</summary>
internal sealed class ServedModem : IAsyncDisposable
{
    /// <summary>Packets further apart than this have nothing to do with each other.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);
    private const double LagDecay = 0.1;
    private readonly int _id;
    private readonly Outbox _outbox;
    private readonly HeldTime _held = new("modem");
    private readonly ServedMachine<ModemInput, ModemOutput> _machine;
    private long _started;
    private TimeSpan _packetAt = -Burst;
    private TimeSpan _lag;

    /// <param name="id">Its number in the session.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="now">The time of the client's run.</param>
    /// <param name="outbox">Takes what it does.</param>
    public ServedModem(
        int id, Func<ISansIoMachine<ModemInput, ModemOutput>> create, WallClock clock, TimeSpan now, Outbox outbox)
    {
        _id = id;
        _outbox = outbox;
        _machine = new ServedMachine<ModemInput, ModemOutput>("modem", create, clock, now, Emit, Fail);
        _machine.Start();
    }

    /// <summary>Something happens to it.</summary>
    /// <param name="at">When, in the time of the client's run.</param>
    /// <param name="seen">The number of its last output that the client's run had taken by then.</param>
    public void Post(ModemInput input, TimeSpan at, long seen) => _machine.Post(NotBefore(input, at), (machine, now) =>
    {
        // The air's answer to what it asked before its last start: it has a new life, in which connections have the
        // same numbers again. Without a distance in between the network would have forgotten the old ones at that
        // start.
        if (input is AirEvent && seen < _started) return;
        machine.Handle(input, now);
    });

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private bool Emit(ModemOutput output, TimeSpan now)
    {
        var at = _machine.ToSession((output as ModemReport)?.HappenedAt ?? now);
        var before = _held.Now;
        var number = Add(new BenchMessage.Output(_id, at, output), wait: true, out var waited);
        if (number == 0) return false;
        if (output is ModemReport.PoweredOn) _started = number;
        if (waited) _held.Add(before);
        if (_held.Notice() is { } text)
        {
            Add(
                new BenchMessage.Output(_id, _machine.ToSession(now), new ModemReport.Noticed(text)),
                wait: false,
                out _);
        }

        return true;
    }

    /// <summary>
    /// Packets on a UART and levels of pins keep the pauses between them however unevenly they come, since a script
    /// tells packets apart by these: one that comes sooner behind the last than it was sent waits until it is due.
    /// </summary>
    private TimeSpan NotBefore(ModemInput input, TimeSpan at)
    {
        var now = _machine.Now;
        if (input is not (ModemCommand.WriteUart or ModemCommand.HoldPin)) return now;
        var since = at - _packetAt;
        _packetAt = at;
        var lag = now - at;
        var kept = _lag - (since * LagDecay);
        _lag = since < Burst && kept > lag && kept - lag < MostWait ? kept : lag;
        return at + _lag;
    }

    private void Fail(Exception problem) => Add(
        new BenchMessage.Output(
            _id, _machine.ToSession(_machine.Now),
            new ModemReport.ModemLost($"the modem at the remote bench failed: {problem.Message}")),
        wait: false,
        out _);

    private long Add(BenchMessage message, bool wait, out bool waited) => _outbox.Add(
        number => MessageCodec.Write(new LinkMessage.Numbered(number, message)), wait, out waited);
}
