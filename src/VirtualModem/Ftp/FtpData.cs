using System.Globalization;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Ftp;

/// <summary>The data connection of one transfer; what it receives goes to a file or to a block of the heap.</summary>
internal sealed class FtpData(
    Board board, NetworkStack stack, FtpTask task, Action<ReadOnlySpan<byte>> received, Action<string> debug)
    : IControlUser
{
    /// <summary>EV_NW_RESULT_BASE.</summary>
    private const int FirstResult = 0x0200000F;

    private const int MostBytes = 2048;

    private NetworkControl? _control;
    private int _sent;

    /// <summary>Whether there is a connection, or one is being made.</summary>
    public bool Exists => _control is not null;

    /// <summary>That of the session.</summary>
    public int Adapter { get; set; }

    public bool IsOnline { get; set; }

    /// <summary>Between the start of the connection and its answer.</summary>
    public bool IsConnecting { get; set; }

    /// <summary>Bytes that the server had when all that was sent was acknowledged.</summary>
    public int Acknowledged { get; set; }

    /// <summary>Takes one of the module's sockets and connects; false: refused, and the log tells why.</summary>
    public bool Connect(string host, int port)
    {
        _control = stack.Allocate(this, Adapter);
        if (_control is null) return Refuse("data_netc create fail");
        (_sent, Acknowledged, _control.IsTcp) = (0, 0, true);
        if (_control.Connect(host, port) == NetworkReply.Failed)
        {
            Release();
            return Refuse("ftp data network connect fail");
        }

        (IsConnecting, IsOnline) = (true, false);
        return true;
    }

    public void Send(byte[] bytes)
    {
        if (_control is not null && _control.Send(bytes) != NetworkReply.Failed) _sent += bytes.Length;
    }

    /// <summary>Ends the connection in order.</summary>
    public void Disconnect() => _control?.Disconnect();

    public void Release()
    {
        if (_control is null) return;
        _control.Close();
        stack.Free(_control);
        _control = null;
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        if (_control is null) return;
        debug(string.Create(
            CultureInfo.InvariantCulture, $"luat_ftp_data_callback {(int)what - FirstResult} {(failed ? -1 : 0)}"));
        if (failed)
        {
            task.Post(what == ControlEvent.Online ? FtpRequest.DataRefused : FtpRequest.DataClosed);
            return;
        }

        switch (what)
        {
            case ControlEvent.Link:
                return;
            case ControlEvent.Closed:
                task.Post(FtpRequest.DataClosed);
                return;
            case ControlEvent.Event when !Receive():
                return;
            case ControlEvent.Sent:
                Acknowledged = _sent;
                break;
        }

        if (_control.WaitEvent() == NetworkReply.Failed) _control.Disconnect();
        // The task runs after the network's.
        if (what == ControlEvent.Sent) task.Post(FtpRequest.DataSent);
        else if (what == ControlEvent.Online) task.Post(FtpRequest.DataConnected);
    }

    private bool Receive()
    {
        while (_control?.Readable is > 0 and var waiting)
        {
            using var room = HeapRoom.TryTake(stack.Heap, Math.Min(waiting, MostBytes));
            if (room is null)
            {
                board.Log.Write(LogLevel.Error, FtpClient.Tag, "out of memory when malloc ftp buff");
                _control.Disconnect();
                return false;
            }

            var bytes = new byte[Math.Min(waiting, MostBytes)];
            var count = _control.Receive(bytes, out _, out _) ?? 0;
            if (count == 0) break;
            received(bytes.AsSpan(0, count));
        }

        return true;
    }

    private bool Refuse(string text)
    {
        board.Log.Write(LogLevel.Error, FtpClient.Tag, text);
        return false;
    }
}
