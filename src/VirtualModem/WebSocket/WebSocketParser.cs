using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.WebSocket;

/// <summary>What the parser found.</summary>
internal interface IWebSocketParserUser
{
    void Upgraded();

    void DataFrame(byte firstByte, byte opcode, ReadOnlySpan<byte> payload);

    void PingFrame();
}

/// <summary>
/// The receive side of V1112's client (reference §3.6, §3.8): one buffer of 4096 bytes, the status line checked by its
/// first 12 bytes, whatever follows the header block in the buffer lost, and a small choice of frames understood.
/// </summary>
internal sealed class WebSocketParser(FirmwareLog log, IWebSocketParserUser user)
{
    private const int BufferSize = 4096;
    private const int ReadSize = 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _used;

    public bool IsUpgraded { get; private set; }

    /// <summary>Frames are no longer expected, but a reply; what lies in the buffer stays.</summary>
    public void BackToReply() => IsUpgraded = false;

    public void Empty() => _used = 0;

    /// <summary>
    /// Reads what TCP brought, 1024 bytes at a time: what comes in one read with the end of the reply is lost, and what
    /// finds no room waits in the stack for the next event. False: the connection must be closed.
    /// </summary>
    public bool Take(NetworkControl control)
    {
        if (control.Readable is null or 0)
        {
            log.Write(LogLevel.Warn, "websocket", "rx event but NO data wait for recv");
            return true;
        }

        if (_used == BufferSize)
        {
            log.Write(LogLevel.Error, "websocket", "buff is FULL, websocket packet too big");
            return false;
        }

        while (_used < BufferSize)
        {
            var room = _buffer.AsSpan(_used, Math.Min(BufferSize - _used, ReadSize));
            if (control.Receive(room, out _, out _) is not (> 0 and var count)) return true;
            _used += count;
            Outcome step;
            do step = IsUpgraded ? ParseFrame() : ParseReply();
            while (step == Outcome.Parsed && _used > 0);
            if (step == Outcome.Broken)
            {
                log.Write(LogLevel.Warn, "websocket", "websocket_parse ret -1");
                return false;
            }
        }

        return true;
    }

    private enum Outcome
    {
        NeedsMore,
        Parsed,
        Broken,
    }

    private Outcome ParseReply()
    {
        var data = _buffer.AsSpan(0, _used);
        var expected = "HTTP/1.1 101"u8;
        if (data.Length < expected.Length) return Outcome.NeedsMore;
        if (!data.StartsWith(expected))
        {
            log.Write(LogLevel.Error, "websocket",
                "server not support websocket? resp code " + Encoding.UTF8.GetString(CText(data)));
            return Outcome.Broken;
        }

        if (data.IndexOf("\r\n\r\n"u8) < 0) return Outcome.NeedsMore;
        _used = 0;
        IsUpgraded = true;
        user.Upgraded();
        return Outcome.NeedsMore;
    }

    private static ReadOnlySpan<byte> CText(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes;

    private Outcome ParseFrame()
    {
        if (_used < 2) return Outcome.NeedsMore;
        var opcode = (byte)(_buffer[0] & 0x0F);
        var length = _buffer[1] & 0x7F;
        var header = 2;
        if (length == 127)
        {
            log.Write(LogLevel.Error, "websocket", "websocket payload is too large!!!");
            log.Write(LogLevel.Info, "websocket", "payload too large!!!");
            return Outcome.Broken;
        }

        if (length == 126)
        {
            if (_used < 4) return Outcome.NeedsMore;
            length = (_buffer[2] << 8) | _buffer[3];
            header = 4;
        }

        if (_used < header + length) return Outcome.NeedsMore;
        var firstByte = _buffer[0];
        var payload = _buffer.AsSpan(header, length);
        switch (opcode)
        {
            case WebSocketFrame.Text or WebSocketFrame.Binary:
                user.DataFrame(firstByte, opcode, payload);
                break;
            case WebSocketFrame.Ping:
                user.PingFrame();
                break;
            case WebSocketFrame.Pong:
                break;
            case WebSocketFrame.Close:
                return Outcome.Broken;
            default:
                // Its format is "%0x2X".
                log.Write(LogLevel.Error, "websocket",
                    $"unkown optcode {opcode:x}2X");
                return Outcome.Broken;
        }

        var frame = header + length;
        if (_used < frame) return Outcome.NeedsMore; // A pong could not be sent, and the buffer was emptied.
        _buffer.AsSpan(frame, _used - frame).CopyTo(_buffer);
        _used -= frame;
        return Outcome.Parsed;
    }
}
