using System.Buffers.Binary;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>What the peer did against RFC 6455, and the close code that says so (§7.4.1).</summary>
internal sealed record WebSocketViolation(int Code, string Reason);

/// <summary>
/// Takes a client's frames out of bytes that come in any pieces. The first violation ends it: later bytes are ignored.
/// It never throws for what a peer sends, and holds at most one frame of <see cref="Limit"/> bytes.
/// </summary>
/// <param name="payloadLimit">The largest payload that is read, in bytes.</param>
internal sealed class WebSocketFrameReader(int payloadLimit)
{
    private readonly ReceivedBytes _received = new(256);

    /// <summary>The largest payload that is read, in bytes.</summary>
    public int Limit { get; set; } = payloadLimit;

    /// <summary>Bytes of a frame that is not complete.</summary>
    public int HeldBytes => _received.Length;

    /// <summary>What the peer did wrong, once it has.</summary>
    public WebSocketViolation? Violation { get; private set; }

    /// <summary>Adds bytes; call <see cref="TryRead"/> until false before the next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Violation is null) _received.Append(bytes);
    }

    /// <summary>Takes the next whole frame; its payload is the caller's to keep.</summary>
    public bool TryRead(out WebSocketFrame frame)
    {
        frame = default;
        if (Violation is not null) return false;
        var bytes = _received.Held;
        if (bytes.Length < 2) return false;
        var opcode = (WebSocketOpcode)(bytes[0] & 0x0F);
        var final = (bytes[0] & 0x80) != 0;
        if (Check(bytes, opcode, final) is { } violation)
        {
            Violation = violation;
            return false;
        }

        var form = bytes[1] & 0x7F;
        var head = form < 126 ? 2 : form == 126 ? 4 : 10;
        if (bytes.Length < head) return false;
        var length = form < 126 ? (ulong)form
            : form == 126 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        if (length > (ulong)Limit)
        {
            Violation = new WebSocketViolation(1009, $"a frame of {length} bytes is more than {Limit}");
            return false;
        }

        var size = head + 4 + (int)length;
        if (bytes.Length < size) return false;
        var payload = bytes.Slice(head + 4, (int)length).ToArray();
        WebSocketFrame.ApplyMask(payload, bytes.Slice(head, 4));
        frame = new WebSocketFrame(opcode, payload, final);
        _received.Take(size);
        return true;
    }

    private static WebSocketViolation? Check(ReadOnlySpan<byte> bytes, WebSocketOpcode opcode, bool final)
    {
        if ((bytes[0] & 0x70) != 0) return new WebSocketViolation(1002, "a reserved bit is set");
        if (!Enum.IsDefined(opcode)) return new WebSocketViolation(1002, $"unknown opcode {(int)opcode}");
        if ((bytes[1] & 0x80) == 0) return new WebSocketViolation(1002, "the frame is not masked");
        if (opcode < WebSocketOpcode.Close) return null;
        if (!final) return new WebSocketViolation(1002, "a control frame is fragmented");
        return (bytes[1] & 0x7F) > 125
            ? new WebSocketViolation(1002, "a control frame is longer than 125 bytes")
            : null;
    }
}
