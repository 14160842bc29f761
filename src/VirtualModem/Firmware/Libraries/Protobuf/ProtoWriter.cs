using System.Buffers.Binary;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// The bytes of a message that is encoded, in a block of the system's heap that grows by halves (pb_Buffer). What finds
/// no room is left out.
/// </summary>
internal sealed class ProtoWriter(SystemHeap heap)
{
    /// <summary>PB_SSO_SIZE: so much takes no block.</summary>
    private const int FreeBytes = 8;

    private readonly List<byte> _bytes = [];
    private int _room = FreeBytes;

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Empty, and the block given back.</summary>
    public void Reset()
    {
        if (_room > FreeBytes) heap.Free(_room);
        _room = FreeBytes;
        _bytes.Clear();
    }

    /// <summary>Takes back what was written last.</summary>
    public void Cut(int length) => _bytes.RemoveRange(length, _bytes.Count - length);

    public void Varint(uint value) => Varint(value, most: 5);

    public void Varint(ulong value) => Varint(value, most: 10);

    public void Tag(int number, ProtoWire wire) => Varint(unchecked((uint)number << 3) | ((uint)wire & 7));

    public void Fixed32(uint value)
    {
        if (!HasRoom(sizeof(uint))) return;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void Fixed64(ulong value)
    {
        if (!HasRoom(sizeof(ulong))) return;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (!HasRoom(value.Length + 5)) return;
        Varint((uint)value.Length);
        _bytes.AddRange(value);
    }

    /// <summary>Puts the length of all that was written since a place before it; false: there is no room.</summary>
    public bool TryPutLength(int since)
    {
        Span<byte> bytes = stackalloc byte[10];
        var count = Varint((ulong)(_bytes.Count - since), bytes);
        if (!HasRoom(count)) return false;
        _bytes.InsertRange(since, bytes[..count]);
        return true;
    }

    private bool HasRoom(int more)
    {
        var needed = _bytes.Count + more;
        if (needed <= _room) return true;
        var size = FreeBytes;
        while (size < needed) size += size >> 1;
        if (!heap.TryAllocate(size)) return false;
        if (_room > FreeBytes) heap.Free(_room);
        _room = size;
        return true;
    }

    private void Varint(ulong value, int most)
    {
        if (!HasRoom(most)) return;
        Span<byte> bytes = stackalloc byte[10];
        _bytes.AddRange(bytes[..Varint(value, bytes)]);
    }

    private static int Varint(ulong value, Span<byte> bytes)
    {
        var count = 0;
        for (; value > 0x7F; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        return count;
    }
}
