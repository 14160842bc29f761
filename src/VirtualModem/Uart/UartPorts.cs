using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>The module's ports with the script's callbacks (reference §5.1, §5.3).</summary>
internal sealed class UartPorts : IUartUser
{
    /// <summary>uart.VUART_0; ids from here on are the USB port.</summary>
    public const int Usb = 0x20;

    /// <summary>The id of the one that uart.createSoft makes.</summary>
    public const int Soft = 4;

    private const int WiredPorts = 3;
    private const int WakingPort = 1;

    private readonly Board _board;
    private readonly Callbacks[] _callbacks = new Callbacks[WiredPorts + 1];

    public UartPorts(Board board, SystemHeap heap, PinBank pins)
    {
        _board = board;
        for (var id = 0; id < WiredPorts; id++) Wired[id] = new UartPort(id, board, heap, pins, this);
        UsbPort = new UsbPort(Usb, board, heap, this);
        SoftPort = new SoftUart(board, heap, pins, new Callbacks(Soft));
        for (var i = 0; i < _callbacks.Length; i++) _callbacks[i] = new Callbacks(i < WiredPorts ? i : Usb);
    }

    public UartPort[] Wired { get; } = new UartPort[WiredPorts];
    public UsbPort UsbPort { get; }
    public SoftUart SoftPort { get; }

    /// <summary>createSoft was called once, so its id is the soft port's from now on.</summary>
    public bool HasSoft { get; set; }

    /// <summary>uart.exist: 3 and negative ids are answered too (luat_uart_exist).</summary>
    public static bool Exists(long id) => id is <= 3 or >= Usb;

    /// <summary>The wired port, or null where the id is another.</summary>
    public UartPort? WiredPort(long id) => id is >= 0 and < WiredPorts ? Wired[id] : null;

    public static bool IsUsb(long id) => id >= Usb;

    /// <summary>The script's callbacks of a port; null for an id without one.</summary>
    public Callbacks? CallbacksOf(long id) =>
        IsUsb(id) ? _callbacks[WiredPorts]
        : id is >= 0 and < WiredPorts ? _callbacks[id]
        : IsSoft(id) ? SoftPort.Callbacks
        : null;

    public bool IsSoft(long id) => HasSoft && id == Soft;

    /// <summary>Bytes from outside.</summary>
    public void Arriving(int port, ReadOnlyMemory<byte> bytes, bool lineErrors)
    {
        if (IsUsb(port)) UsbPort.Arriving(bytes);
        else if (WiredPort(port) is { } wired) wired.Arriving(bytes, lineErrors);
        else _board.Notice($"uart {port}: this module has no such port; {bytes.Length} bytes go nowhere.");
    }

    /// <summary>When the last line is quiet, as far as it is known.</summary>
    public TimeSpan BusyUntil => Wired.Select(port => port.BusyUntil).Append(SoftPort.BusyUntil).Max();

    /// <summary>
    /// Whether the low-power UART takes the port's bytes while the chip sleeps: that of UART 1, with 600 to 9600 baud
    /// (hardware reference §8.5).
    /// </summary>
    public bool HearsAsleep(int port) => port == WakingPort && Wired[port].Settings is { Baud: >= 600 and <= 9600 };

    /// <summary>
    /// Bytes have come to a sleeping chip and are lost. Of the one port that wakes it the script gets an event with the
    /// length −1.
    /// </summary>
    /// <returns>Whether the chip wakes.</returns>
    public bool LostAsleep(int port)
    {
        if (port != WakingPort || Wired[port].Settings is null) return false;
        ((IUartUser)this).Received(port, -1);
        return true;
    }

    public int Buffered(long id) => IsUsb(id) ? UsbPort.Buffered
        : IsSoft(id) ? SoftPort.Buffered
        : WiredPort(id)?.Buffered ?? 0;

    public ReadOnlySpan<byte> Read(long id, int most) =>
        IsUsb(id) ? UsbPort.Read(most)
            : IsSoft(id) ? SoftPort.Read(most)
            : WiredPort(id) is { } wired ? wired.Read(most)
            : [];

    /// <summary>A message that the firmware's own reader of a port gets, behind the script's function.</summary>
    public void Listen(long id, Func<int, IMailboxMessage> reader)
    {
        if (CallbacksOf(id) is { } callbacks) callbacks.Reader = reader;
    }

    /// <summary>Bytes of the firmware's own; false: they are refused.</summary>
    public bool Write(long id, ReadOnlyMemory<byte> bytes)
    {
        if (!IsUsb(id)) return WiredPort(id)?.Write(bytes) ?? false;
        UsbPort.Write(bytes);
        return true;
    }

    void IUartUser.Received(int port, int buffered)
    {
        var callbacks = CallbacksOf(port)!;
        if (callbacks.Received.IsNil && callbacks.Reader is null) return;
        _board.Post(new UartMessage(this, port, buffered));
    }

    void IUartUser.Sent(int port)
    {
        if (!CallbacksOf(port)!.Sent.IsNil) _board.Post(new UartMessage(this, port, 0));
    }

    /// <summary>What uart.on registered.</summary>
    internal sealed class Callbacks(int port)
    {
        public int Port { get; } = port;
        public LuaValue Received { get; set; }
        public LuaValue Sent { get; set; }

        /// <summary>Makes the message of the firmware's own reader; null: there is none.</summary>
        public Func<int, IMailboxMessage>? Reader { get; set; }
    }

    /// <summary>A port's event; the handler takes a length of 0 for "sent" (reference §5.3).</summary>
    private sealed class UartMessage(UartPorts ports, int port, int length) : IMailboxMessage
    {
        public override string ToString() => length == 0 ? $"uart {port} sent" : $"uart {port} received {length} bytes";

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            frame.Return(0);
            var callbacks = ports.CallbacksOf(port)!;
            var callback = length == 0 ? callbacks.Sent : callbacks.Received;
            if (!callback.IsNil)
            {
                yield return length == 0
                    ? NativeStep.Call(callback, LuaValue.Integer(port))
                    : NativeStep.Call(callback, LuaValue.Integer(port), LuaValue.Integer(length));
            }

            if (length != 0 && callbacks.Reader is { } reader) ports._board.Post(reader(port));
        }
    }
}
