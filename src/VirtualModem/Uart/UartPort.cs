
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>Who takes a port's events to the mailbox.</summary>
internal interface IUartUser
{
    /// <summary>Bytes are there: all that are buffered now.</summary>
    void Received(int port, int buffered);

    /// <summary>The last byte has left.</summary>
    void Sent(int port);
}

/// <summary>
/// One wired UART (reference §5): bytes move at the line's speed, an idle gap or more than bufsz buffered bytes raise
/// an event, and noise drops what is buffered.
/// </summary>
internal sealed class UartPort
{
    /// <summary>Events that may wait for the script before further ones are dropped (reference §5.3).</summary>
    private const int PendingEventLimit = 6;

    /// <summary>The transmit cache that uart.setup asks the driver for (luat_uart_ec618.c:282).</summary>
    private const int TransmitCacheBytes = 1024;

    private readonly Board _board;
    private readonly IUartUser _user;
    private readonly Alarm _rx;
    private readonly Alarm _tx;
    private readonly ServiceTimer _turn;
    private readonly PinBank _pins;
    private readonly Queue<Arrival> _arrivals = [];
    private readonly Queue<(TimeSpan LeftAt, ReadOnlyMemory<byte> Bytes)> _leaving = [];
    private readonly SystemHeap _heap;
    private readonly UartTransmitter _transmitter;
    private UartReceiver _receiver;
    private TimeSpan _rxFreeAt;
    private TimeSpan _txFreeAt;
    private int _sinceEvent;
    private int _pendingEvents;
    private long _lostReported;
    private bool _isRefusing;

    /// <summary>The driver of an RS-485 line is on, and nothing came since.</summary>
    private bool _sends;

    public UartPort(int id, Board board, SystemHeap heap, PinBank pins, IUartUser user)
    {
        Id = id;
        _board = board;
        _heap = heap;
        _pins = pins;
        _receiver = new UartReceiver(0, 0, heap);
        _transmitter = new UartTransmitter(TransmitCacheBytes, board.Parameters.UartTransmitCacheGrows, heap);
        _user = user;
        _rx = board.NewAlarm(OnReceiveAlarm);
        _tx = board.NewAlarm(OnLeft);
        _turn = board.NewTimer(OnTurned);
    }

    public int Id { get; }

    /// <summary>When the last byte that is known of has left or arrived.</summary>
    public TimeSpan BusyUntil => Settings is null ? TimeSpan.Zero : _txFreeAt > _rxFreeAt ? _txFreeAt : _rxFreeAt;

    /// <summary>Null until uart.setup and after uart.close.</summary>
    public UartSettings? Settings { get; private set; }

    /// <summary>Until when bytes leave.</summary>
    public TimeSpan LeavingUntil => _txFreeAt;

    /// <summary>Bytes that have arrived and were not read.</summary>
    public int Buffered
    {
        get
        {
            Arrive(_board.Now);
            return _receiver.Count;
        }
    }

    public void Setup(UartSettings settings)
    {
        Settings = settings;
        _receiver.Close();
        var size = settings.EffectiveBufferSize;
        _receiver = new UartReceiver(size, size * _board.Parameters.UartCacheFactor, _heap);
        if (!_receiver.Open()) _board.Notice($"uart {Id}: the system heap has no room for {size} bytes of buffer.");
        if (_leaving.Count == 0)
        {
            _transmitter.Close();
            _transmitter.Open();
        }

        _arrivals.Clear();
        _rx.Cancel();
        _sinceEvent = 0;
        _pendingEvents = 0;
        _lostReported = 0;
        if (settings.Direction is { } direction) _pins.SetOutput(direction.Pin, direction.IsHighToReceive);
        _board.Log.Raw($"Uart_BaseInitEx 1049:uart {Id} rx cache {settings.EffectiveBufferSize} dma " +
            $"{_board.Parameters.UartDmaBytes}");
        // The only low-power rate whose line was seen (reference §2.9).
        if (Id == 1 && settings.Baud == 9600) _board.Log.Raw("Uart_ChangeBR 1398:lpuart lr config 109,-1,108");
    }

    public void Close()
    {
        Settings = null;
        _arrivals.Clear();
        _receiver.Close();
        _leaving.Clear();
        _transmitter.Close();
        _rx.Cancel();
        _tx.Cancel();
        _turn.Stop();
        _sends = false;
    }

    /// <summary>uart.wait485 has waited for the last bit: the pin turns, and the timer for that is stopped.</summary>
    public void TurnNow()
    {
        _turn.Stop();
        Turn(toSend: false);
    }

    /// <summary>The other end sends bytes back to back from now on, or from the end of what it still sends.</summary>
    public void Arriving(ReadOnlyMemory<byte> bytes, bool lineErrors)
    {
        // Before uart.setup nobody listens on the pins.
        if (Settings is not { } settings || bytes.IsEmpty) return;
        NoticeCollision();
        var now = _board.Now;
        var start = _rxFreeAt > now ? _rxFreeAt : now;
        var arrival = new Arrival(bytes, start, settings, lineErrors);
        _rxFreeAt = arrival.EndsAt;
        _arrivals.Enqueue(arrival);
        Arrive(now);
        Rearm();
    }

    public ReadOnlySpan<byte> Read(int most)
    {
        Arrive(_board.Now);
        var bytes = _receiver.Take(most);
        if (_receiver.Count == 0) _pendingEvents = 0;
        return bytes;
    }

    public void ClearReceived()
    {
        Arrive(_board.Now);
        _receiver.Clear();
        _pendingEvents = 0;
    }

    /// <summary>Queues bytes for the line; they leave one after the other.</summary>
    /// <returns>False: the port is closed, or the system heap has no room for them. None of them leaves.</returns>
    public bool Write(ReadOnlyMemory<byte> bytes)
    {
        if (Settings is not { } settings) return false;
        Turn(toSend: true);
        if (bytes.IsEmpty) return true;
        if (!_transmitter.TryAdd(bytes.Length))
        {
            if (!_isRefusing)
            {
                _board.Notice($"uart {Id}: {bytes.Length} bytes are refused, the transmit buffer is full.");
            }

            _isRefusing = true; // One notice, however often the script tries.
            return false;
        }

        _isRefusing = false;
        var now = _board.Now;
        _txFreeAt = (_txFreeAt > now ? _txFreeAt : now) + settings.WireTime(bytes.Length);
        _leaving.Enqueue((_txFreeAt, bytes));
        if (!_tx.IsSet) _tx.Set(_txFreeAt);
        return true;
    }

    private TimeSpan IdleGap(UartSettings settings)
    {
        var characters = settings.WireTime(1) * _board.Parameters.UartIdleGapCharacters;
        return characters > _board.Parameters.UartIdleGapMin ? characters : _board.Parameters.UartIdleGapMin;
    }

    /// <summary>Moves the bytes that are on this side of the line by now into the cache.</summary>
    private void Arrive(TimeSpan now)
    {
        while (_arrivals.TryPeek(out var arrival))
        {
            var arrived = arrival.CountAt(now);
            var fresh = arrived - arrival.Taken;
            if (fresh > 0)
            {
                _receiver.Add(arrival.Bytes.Span.Slice(arrival.Taken, fresh));
                arrival.Taken = arrived;
                _sinceEvent += fresh;
            }

            if (arrival.Taken < arrival.Bytes.Length) break;
            _arrivals.Dequeue();
            if (arrival.LineErrors && arrival.Settings.DropOnLineError) _receiver.Clear();
        }

        if (_receiver.Lost == _lostReported) return;
        // The driver prints it for each piece that does not fit. The first number may be the port; this is a guess.
        _board.Log.Raw($"prvUart_RxBufferAdd 398:uart{Id} rx {Id},{_receiver.Count},{_receiver.Size}!");
        _board.Notice($"uart {Id}: {_receiver.Lost - _lostReported} bytes lost, the receive buffer is full.");
        _lostReported = _receiver.Lost;
    }

    private void Rearm()
    {
        var settings = Settings!;
        var idleAt = _rxFreeAt + IdleGap(settings);
        var due = idleAt;
        if (_arrivals.TryPeek(out var arrival))
        {
            // The DMA reports every so many bytes of an unbroken stream.
            var missing = _board.Parameters.UartDmaBytes - (_sinceEvent % _board.Parameters.UartDmaBytes);
            var at = arrival.TimeOf(arrival.Taken + missing);
            if (at < due && at > _board.Now) due = at;
        }

        _rx.Set(due);
    }

    private void OnReceiveAlarm()
    {
        if (Settings is not { } settings) return;
        var now = _board.Now;
        Arrive(now);
        if (now >= _rxFreeAt + IdleGap(settings))
        {
            _sinceEvent = 0;
            if (_receiver.Count > 0) Raise();
            return;
        }

        if (_receiver.Count > settings.EffectiveBufferSize) Raise();
        Rearm();
    }

    private void Raise()
    {
        if (_pendingEvents >= PendingEventLimit) return; // The bytes stay; only the event is dropped.
        _pendingEvents++;
        _user.Received(Id, _receiver.Count);
    }

    private void OnLeft()
    {
        var (_, bytes) = _leaving.Dequeue();
        _transmitter.Left(bytes.Length);
        _board.Emit(new ModemReport.UartReceived(Id, bytes));
        if (_leaving.TryPeek(out var next)) _tx.Set(next.LeftAt);
        else if (Settings?.Direction is { } direction) _turn.Start(direction.Hold);
        else _user.Sent(Id);
    }

    /// <summary>The timer does not look whether bytes leave again.</summary>
    private void OnTurned()
    {
        if (_leaving.Count > 0)
        {
            _board.Notice(
                $"uart {Id}: the RS-485 pin turns to receive while bytes leave. V1112's timer of the last write does " +
                "it; wait for \"sent\" before the next write.");
        }

        Turn(toSend: false);
        _user.Sent(Id);
    }

    private void NoticeCollision()
    {
        if (!_sends) return;
        _sends = false; // One notice, however many bytes come before the turn.
        _board.Notice(
            $"uart {Id}: bytes come while the RS-485 pin lets the module send. On two wires they are damaged; let " +
            "the other end wait, or give uart.setup a shorter delay.");
    }

    private void Turn(bool toSend)
    {
        if (Settings?.Direction is not { } direction) return;
        _sends = toSend;
        _pins.Write(direction.Pin, direction.IsHighToReceive != toSend);
    }

    private sealed class Arrival(ReadOnlyMemory<byte> bytes, TimeSpan start, UartSettings settings, bool lineErrors)
    {
        public ReadOnlyMemory<byte> Bytes { get; } = bytes;
        public UartSettings Settings { get; } = settings;
        public bool LineErrors { get; } = lineErrors;
        public int Taken { get; set; }
        public TimeSpan EndsAt { get; } = start + settings.WireTime(bytes.Length);

        public int CountAt(TimeSpan now)
        {
            if (now >= EndsAt) return Bytes.Length;
            if (now <= start) return 0;
            return (int)((now - start).Ticks * (double)Bytes.Length / (EndsAt - start).Ticks);
        }

        /// <summary>When that many bytes of it have arrived; a tick late, so that rounding never comes early.</summary>
        public TimeSpan TimeOf(int count) =>
            count >= Bytes.Length ? EndsAt : start + Settings.WireTime(count) + TimeSpan.FromTicks(1);
    }
}
