using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>One frame, its payload unmasked.</summary>
internal readonly record struct WebSocketFrame(WebSocketOpcode Opcode, ReadOnlyMemory<byte> Payload, bool Final = true)
{
    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>The code of a close frame; 1005 where it has none (RFC 6455 §7.1.5).</summary>
    public int CloseCode => Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(Payload.Span);

    /// <summary>What is wrong with a close frame, or null.</summary>
    public WebSocketViolation? CloseViolation =>
        Payload.Length == 0 ? null
        : !IsLegal(CloseCode) ? new WebSocketViolation(1002, "a close frame without a legal code")
        : !Utf8.IsValid(Payload.Span[2..]) ? new WebSocketViolation(1007, "a close reason that is not UTF-8")
        : null;

    /// <summary>A close frame with its code and a reason (RFC 6455 §5.5.1).</summary>
    public static WebSocketFrame Close(int code, string reason = "")
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return new WebSocketFrame(WebSocketOpcode.Close, payload);
    }

    public static WebSocketFrame Text(string text) => new(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>The frame as it goes over the wire, with the shortest length form.</summary>
    /// <param name="mask">Four bytes (client to server), or none (server to client).</param>
    public byte[] Encode(ReadOnlySpan<byte> mask = default)
    {
        if (mask.Length is not (0 or 4)) throw new ArgumentException("A mask has 4 bytes", nameof(mask));
        var length = Payload.Length;
        var extended = length < 126 ? 0 : length <= ushort.MaxValue ? 2 : 8;
        var bytes = new byte[2 + extended + mask.Length + length];
        bytes[0] = (byte)((Final ? 0x80 : 0) | (int)Opcode);
        bytes[1] = (byte)((mask.Length > 0 ? 0x80 : 0) | (extended == 0 ? length : extended == 2 ? 126 : 127));
        if (extended == 2) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        if (extended == 8) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)length);
        mask.CopyTo(bytes.AsSpan(2 + extended));
        var body = bytes.AsSpan(2 + extended + mask.Length);
        Payload.Span.CopyTo(body);
        if (mask.Length > 0) ApplyMask(body, mask);
        return bytes;
    }

    /// <summary>RFC 6455 §5.3; the same operation masks and unmasks.</summary>
    internal static void ApplyMask(Span<byte> body, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < body.Length; i++) body[i] ^= mask[i & 3];
    }

    /// <summary>
    /// Codes that a close frame may carry: RFC 6455 §7.4.1 and IANA's registry up to 1014, then those of libraries and
    /// applications.
    /// </summary>
    private static bool IsLegal(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014)
        or (>= 3000 and <= 4999);
}
