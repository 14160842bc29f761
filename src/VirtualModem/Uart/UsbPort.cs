using AirHil.Modem.Messages;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Uart;

/// <summary>
/// The user's USB CDC port, uart.VUART_0 (reference §5.6): packets instead of bytes on a wire, an event for each with
/// its length, output in pieces of 512 bytes, and "sent" means handed to USB.
/// </summary>
internal sealed class UsbPort
{
    private const int PacketBytes = 512;

    /// <summary>A growing buffer still ends somewhere: the module's heap.</summary>
    private const int ReceiveLimit = 65_536;

    private readonly Board _board;
    private readonly IUartUser _user;
    private readonly Alarm _tx;
    private readonly Queue<ReadOnlyMemory<byte>> _leaving = [];
    private readonly SystemHeap _heap;
    private UartReceiver _receiver;
    private bool _isLosing;

    public UsbPort(int id, Board board, SystemHeap heap, IUartUser user)
    {
        Id = id;
        _heap = heap;
        _receiver = new UartReceiver(0, 0, heap);
        _board = board;
        _user = user;
        _tx = board.NewAlarm(OnLeft);
    }

    public int Id { get; }

    /// <summary>Whether uart.setup gave it a buffer.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether uart.on has asked for what arrives; before that the firmware gives it to nobody.</summary>
    public bool IsHeard { get; set; }

    public int Buffered => _receiver.Count;

    /// <summary>A new, empty buffer.</summary>
    public void Setup(int bufferBytes)
    {
        _receiver.Close();
        _receiver = new UartReceiver(bufferBytes, ReceiveLimit, _heap);
        if (!_receiver.Open()) _board.Notice($"uart {Id}: the system heap has no room for a buffer.");
        IsOpen = true;
    }

    /// <summary>Takes the buffer away; what is written still leaves.</summary>
    public void Close()
    {
        IsOpen = false;
        _receiver.Close();
    }

    public void Arriving(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (!IsOpen || !IsHeard)
        {
            _board.Notice(
                $"uart {Id}: {bytes.Length} bytes are lost. They came before uart.setup and uart.on of this port " +
                "(a module logs \"usb serial not init\").");
            return;
        }

        _receiver.Add(bytes.Span);
        _user.Received(Id, bytes.Length);
    }

    public ReadOnlySpan<byte> Read(int most) => _receiver.Take(most);

    public void ClearReceived() => _receiver.Clear();

    /// <summary>Each piece waits on the system heap. One without room is lost; the script is not told.</summary>
    public void Write(ReadOnlyMemory<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += PacketBytes)
        {
            var piece = bytes.Slice(start, Math.Min(PacketBytes, bytes.Length - start));
            if (_heap.TryAllocate(piece.Length))
            {
                _leaving.Enqueue(piece);
                _isLosing = false;
                continue;
            }

            if (!_isLosing) _board.Notice($"uart {Id}: {piece.Length} bytes are lost, the system heap has no room.");
            _isLosing = true; // One notice, however much is lost.
        }

        if (!_tx.IsSet && _leaving.Count > 0) _tx.Set(_board.Now + _board.Parameters.UsbPacketTime);
    }

    private void OnLeft()
    {
        var bytes = _leaving.Dequeue();
        _heap.Free(bytes.Length);
        _board.Emit(new ModemReport.UartReceived(Id, bytes));
        if (_leaving.Count > 0) _tx.Set(_board.Now + _board.Parameters.UsbPacketTime);
        else _user.Sent(Id);
    }
}
