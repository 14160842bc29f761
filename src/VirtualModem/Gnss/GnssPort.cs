using AirHil.Lua.Run;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Uart;

namespace AirHil.VirtualModem.Gnss;

/// <summary>
/// The message by which libgnss reads a port that it is bound to (luat_libgnss_uart_recv_cb): behind the script's own
/// function, so that one that reads the port leaves nothing.
/// </summary>
internal sealed class GnssPort(GnssReceiver receiver, UartPorts ports, int port) : IMailboxMessage
{
    /// <summary>RECV_BUFF_SIZE without the final zero.</summary>
    private const int Piece = 2047;

    public override string ToString() => $"gnss reads uart {port}";

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        while (true)
        {
            var piece = ports.Read(port, Piece).ToArray();
            if (piece.Length == 0) return NoSteps.Instance;
            if (receiver.CopiesTo is { } copy and > 0) ports.Write(copy, piece);
            receiver.Read(piece);
        }
    }
}
