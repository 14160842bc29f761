using System.Buffers.Binary;

namespace AirHil.Modem.Sessions;

/// <summary>
/// One WebSocket frame of a client that fills its bytes exactly (RFC 6455 §5.2): its payload is masked with a random
/// key, which nobody can read and no packer can shorten, so it is written unmasked beside the key.
/// </summary>
internal static class MaskedFrame
{
    /// <summary>Where the key and the payload begin; false where the bytes are no such frame.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, out int key) =>
        TryHead(bytes, out key, out var size) && size == bytes.Length - key - 4;

    /// <summary>As <see cref="TryFind"/>, for bytes that may end within the frame or go on behind it.</summary>
    public static bool TryHead(ReadOnlySpan<byte> bytes, out int key, out long size)
    {
        (key, size) = (0, 0);
        if (bytes.Length < 6 || (bytes[0] & 0x70) != 0 || (bytes[0] & 0x0F) is (> 2 and < 8) or > 10) return false;
        if ((bytes[1] & 0x80) == 0) return false;
        size = bytes[1] & 0x7F;
        key = size < 126 ? 2 : size == 126 ? 4 : 10;
        if (bytes.Length < key + 4) return false;
        if (size == 126) size = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (size == 127) size = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        return size >= 0;
    }

    /// <summary>Masks or unmasks.</summary>
    public static void Apply(ReadOnlySpan<byte> key, Span<byte> payload)
    {
        for (var i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
    }
}
