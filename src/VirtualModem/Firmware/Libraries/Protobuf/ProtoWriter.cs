using System.Buffers.Binary;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>The bytes of a message that is encoded.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Takes back what was written last.</summary>
    public void Cut(int length) => _bytes.RemoveRange(length, _bytes.Count - length);

    public int Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var count = Varint(value, bytes);
        _bytes.AddRange(bytes[..count]);
        return count;
    }

    public int Tag(int number, ProtoWire wire) => Varint(unchecked((uint)number << 3) | ((uint)wire & 7));

    public int Fixed32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return sizeof(uint);
    }

    public int Fixed64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return sizeof(ulong);
    }

    public int Bytes(ReadOnlySpan<byte> value)
    {
        var count = Varint((uint)value.Length);
        _bytes.AddRange(value);
        return count + value.Length;
    }

    /// <summary>Puts the length of all that was written since a place before it.</summary>
    public void PutLength(int since)
    {
        Span<byte> bytes = stackalloc byte[10];
        var count = Varint((ulong)(_bytes.Count - since), bytes);
        _bytes.InsertRange(since, bytes[..count]);
    }

    private static int Varint(ulong value, Span<byte> bytes)
    {
        var count = 0;
        for (; value > 0x7F; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        return count;
    }
}
