using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>
/// The UART that two timers of the chip make on two pins (L:luat/modules/luat_lib_uart.c). It has this module's
/// slips: a parity bit that is sent is always 1, and every byte ends with two high bits (three for two stop bits).
/// </summary>
internal sealed class SoftUart(Board board, SystemHeap heap, PinBank pins, UartPorts.Callbacks callbacks)
{
    private const int FifoBytes = 128;
    private const int SilentStops = 20;
    private const double TicksPerCount = TimeSpan.TicksPerSecond / 26e6;
    private const int NoPin = 255;

    /// <summary>Two links, a pointer and a length.</summary>
    private const int EntryBytes = 16;

    private readonly Queue<ReadOnlyMemory<byte>> _queue = new();
    private readonly List<byte> _fifo = [];
    private readonly List<byte> _received = [];
    private Wiring _wiring = new(NoPin, NoPin, 0, 0);
    private UartSettings? _settings;
    private Alarm? _sending;
    private Alarm? _receiving;
    private ReadOnlyMemory<byte> _data;
    private Phase _phase;
    private int _stopBits;
    private int _roomBytes;
    private int _position;
    private int _shift;
    private int _sampled;
    private int _bits;
    private int _ones;
    private bool _isSending;
    private bool _hears;

    private enum Phase
    {
        Bits,
        Parity,
        Silence,
    }

    /// <summary>The pins, and by how many counts of 26 MHz a bit is longer.</summary>
    internal sealed record Wiring(int TransmitPin, int ReceivePin, int TransmitAdjust, int ReceiveAdjust);

    /// <summary>createSoft was called, and close was not.</summary>
    public bool IsMade { get; private set; }

    /// <summary>The last createSoft has given it pins.</summary>
    public bool IsWired => _sending is not null;

    /// <summary>When the lines are quiet, as far as it is known.</summary>
    public TimeSpan BusyUntil => Max(Due(_sending), Due(_receiving));

    public UartPorts.Callbacks Callbacks { get; } = callbacks;

    public int Buffered => _received.Count;

    /// <summary>createSoft has begun: until it is closed, there is one, even if an argument is refused.</summary>
    public void Claim()
    {
        IsMade = true;
        _sending = _receiving = null;
    }

    /// <summary>createSoft got a timer that there is not.</summary>
    public void GiveUp() => IsMade = false;

    public void Make(Wiring wiring)
    {
        _wiring = wiring;
        _sending = board.NewAlarm(NextBit);
        _receiving = board.NewAlarm(Sample);
    }

    /// <summary>False: there is no memory for what is received.</summary>
    public bool Setup(UartSettings settings)
    {
        GiveRoomBack();
        if (settings.BufferSize == 0 || !heap.TryAllocate(settings.BufferSize * 2L))
        {
            IsMade = false;
            return false;
        }

        (_settings, _roomBytes, IsMade) = (settings, settings.BufferSize * 2, true);
        _stopBits = settings.StopBits == 2 ? 3 : 2;
        pins.SetInterrupt(_wiring.ReceivePin, PinDrive.PullUp, PinEdge.Falling, (_, _) => Started());
        pins.SetOutput(_wiring.TransmitPin, true);
        if (settings.Direction is { } direction) pins.SetOutput(direction.Pin, true); // The level of its pull.
        _hears = true;
        _sending!.Cancel();
        _receiving!.Cancel();
        _fifo.Clear();
        _isSending = false;
        return true;
    }

    /// <summary>Bytes to send, on the system's heap until they are sent; without setup nothing moves.</summary>
    /// <returns>0; −1: no memory for the entry; null: none for its bytes, which V1112 writes all the same.</returns>
    public int? Write(ReadOnlyMemory<byte> bytes)
    {
        if (!heap.TryAllocate(EntryBytes)) return -1;
        if (!heap.TryAllocate(bytes.Length)) return null;
        _queue.Enqueue(bytes.ToArray());
        if (!_isSending && _settings is not null && IsWired) Begin();
        return 0;
    }

    public ReadOnlySpan<byte> Read(int most)
    {
        var bytes = _received.Take(most).ToArray();
        _received.RemoveRange(0, bytes.Length);
        return bytes;
    }

    public void ClearReceived() => _received.Clear();

    public void Close()
    {
        IsMade = false;
        _sending?.Cancel();
        _receiving?.Cancel();
        while (_queue.Count > 0) Forget();
        _received.Clear();
        _isSending = _hears = false;
        pins.StopInterrupts(_wiring.ReceivePin);
        GiveRoomBack();
    }

    private void GiveRoomBack()
    {
        if (_roomBytes > 0) heap.Free(_roomBytes);
        _roomBytes = 0;
    }

    /// <summary>The first entry leaves the queue and the heap.</summary>
    private void Forget()
    {
        heap.Free(_queue.Dequeue().Length);
        heap.Free(EntryBytes);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Due(Alarm? alarm) => alarm is { IsSet: true } ? alarm.Due : TimeSpan.Zero;

    private TimeSpan Time(double bits, int adjust) => TimeSpan.FromTicks(
        (long)Math.Round(bits * ((26_000_000 / _settings!.Baud) + adjust) * TicksPerCount));

    private void Begin()
    {
        _isSending = true;
        if (_settings!.Direction is { } direction) pins.Write(direction.Pin, !direction.IsHighToReceive);
        _data = _queue.Peek();
        (_position, _shift) = (0, 0);
        StartBit();
    }

    private void StartBit()
    {
        pins.Write(_wiring.TransmitPin, false);
        _shift = 0;
        _sending!.Set(board.Now + Time(1, _wiring.TransmitAdjust));
    }

    /// <summary>Bits of data from the lowest; the one behind them is high, and lasts as long as stop bits do.</summary>
    private void NextBit()
    {
        if (_shift > _settings!.DataBits)
        {
            if (++_position < _data.Length) StartBit();
            else board.Post(new Done(this));
            return;
        }

        var value = (_data.IsEmpty ? (byte)0 : _data.Span[_position]) | (0xFFFF << _settings.DataBits);
        pins.Write(_wiring.TransmitPin, (value >> _shift & 1) != 0);
        var isLast = ++_shift > _settings.DataBits;
        _sending!.Set(board.Now + (isLast ? Time(_stopBits, 0) : Time(1, _wiring.TransmitAdjust)));
    }

    /// <summary>The first sample is a sixteenth of a bit behind the first bit's begin.</summary>
    private void Started()
    {
        if (!_hears) return;
        _hears = false;
        (_phase, _bits, _sampled, _ones) = (Phase.Bits, 0, 0, _settings!.Parity == UartParity.Odd ? 1 : 0);
        _receiving!.Set(board.Now + Time(1 + (1 / 16.0), _wiring.ReceiveAdjust));
    }

    private void Sample()
    {
        if (_phase == Phase.Silence)
        {
            End(true);
            return;
        }

        var bit = pins.Read(_wiring.ReceivePin) ? 1 : 0;
        if (_phase == Phase.Parity)
        {
            if ((_ones & 1) != bit) End(true);
            else Keep();
            return;
        }

        _bits |= bit << _sampled++;
        _ones += bit;
        if (_sampled < _settings!.DataBits)
        {
            _receiving!.Set(board.Now + Time(1, _wiring.ReceiveAdjust));
        }
        else if (_settings.Parity != UartParity.None)
        {
            _phase = Phase.Parity;
            _receiving!.Set(board.Now + Time(1, _wiring.ReceiveAdjust));
        }
        else
        {
            Keep();
        }
    }

    private void Keep()
    {
        _fifo.Add(unchecked((byte)_bits));
        _hears = true;
        _phase = Phase.Silence;
        _receiving!.Set(board.Now + Time(_stopBits * SilentStops, 0));
        if (_fifo.Count >= FifoBytes) End(false);
    }

    private void End(bool isOver)
    {
        if (_fifo.Count > 0 || isOver)
        {
            _received.AddRange(_fifo.Take(Math.Max(0, _roomBytes - _received.Count)));
            _fifo.Clear();
            board.Post(new Came(this, isOver));
        }

        if (!isOver) return;
        _hears = true;
        _receiving!.Cancel();
    }

    private void Turn(Rs485 direction) => pins.Write(direction.Pin, direction.IsHighToReceive);

    /// <summary>A write ends. The next one begins, or the script gets its event.</summary>
    private sealed class Done(SoftUart uart) : IMailboxMessage
    {
        public override string ToString() => "soft uart sent";

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            frame.Return(0);
            if (!uart.IsMade || uart._queue.Count == 0) yield break;
            uart.Forget();
            if (uart._queue.Count > 0)
            {
                uart.Begin();
                yield break;
            }

            uart._isSending = false;
            if (uart._settings!.Direction is { } direction) uart.Turn(direction);
            var callback = uart.Callbacks.Sent;
            if (!callback.IsNil) yield return NativeStep.Call(callback, LuaValue.Integer(UartPorts.Soft));
        }
    }

    /// <summary>Bytes are there, or a time of silence is over.</summary>
    private sealed class Came(SoftUart uart, bool isOver) : IMailboxMessage
    {
        public override string ToString() => "soft uart received";

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            frame.Return(0);
            var callback = uart.Callbacks.Received;
            if (!uart.IsMade || callback.IsNil || (uart.Buffered == 0 && !isOver)) yield break;
            yield return NativeStep.Call(
                callback, LuaValue.Integer(UartPorts.Soft), LuaValue.Integer(uart.Buffered));
        }
    }
}
