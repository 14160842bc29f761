using System.Buffers.Binary;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// A part of the bytes that are read; places are counted from the start of the whole. What fails leaves the place as it
/// was, but for the bytes behind a length that do not come.
/// </summary>
internal sealed class ProtoReader(ReadOnlyMemory<byte> whole, int at, int end)
{
    /// <summary>Groups within groups that are skipped; a module's stack ends long before.</summary>
    private const int DeepestGroup = 500;

    private const int LongestVarint = 10;

    public ProtoReader(ReadOnlyMemory<byte> whole) : this(whole, 0, whole.Length)
    {
    }

    /// <summary>The next byte, from 0.</summary>
    public int At { get; private set; } = at;

    public int Left => end - At;

    /// <summary>False: there is no end of it here, and the value is 0.</summary>
    public bool TryVarint(out ulong value)
    {
        value = 0;
        var bytes = whole.Span;
        for (var i = 0; i < LongestVarint && At + i < end; i++)
        {
            var next = bytes[At + i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if ((next & 0x80) != 0) continue;
            At += i + 1;
            return true;
        }

        value = 0;
        return false;
    }

    public bool TryTag(out uint tag)
    {
        var found = TryVarint(out var value);
        tag = (uint)value;
        return found;
    }

    public bool TryFixed32(out uint value)
    {
        value = 0;
        if (Left < sizeof(uint)) return false;
        value = BinaryPrimitives.ReadUInt32LittleEndian(whole.Span[At..]);
        At += sizeof(uint);
        return true;
    }

    public bool TryFixed64(out ulong value)
    {
        value = 0;
        if (Left < sizeof(ulong)) return false;
        value = BinaryPrimitives.ReadUInt64LittleEndian(whole.Span[At..]);
        At += sizeof(ulong);
        return true;
    }

    /// <summary>The next so many bytes as a part of their own; null: they are not there.</summary>
    public ProtoReader? Take(ulong length)
    {
        if ((ulong)Left < length) return null;
        var part = new ProtoReader(whole, At, At + (int)length);
        At += (int)length;
        return part;
    }

    /// <summary>A length and so many bytes.</summary>
    public ProtoReader? TakeBytes()
    {
        var start = At;
        if (TryVarint(out var length) && Take(length) is { } part) return part;
        At = start;
        return null;
    }

    public ReadOnlySpan<byte> Bytes => whole.Span[At..end];

    public bool Skip(uint tag, int depth = 0)
    {
        var start = At;
        var done = (ProtoWire)(tag & 7) switch
        {
            ProtoWire.Varint => SkipVarint(),
            ProtoWire.Bits64 => Take(sizeof(ulong)) is not null,
            ProtoWire.Bytes => TakeBytes() is not null,
            ProtoWire.Bits32 => Take(sizeof(uint)) is not null,
            ProtoWire.GroupStart => SkipGroup(tag, depth),
            _ => false,
        };
        if (!done) At = start;
        return done;
    }

    /// <summary>Of any length, unlike one that is read.</summary>
    private bool SkipVarint()
    {
        var bytes = whole.Span[At..end];
        for (var i = 0; i < bytes.Length; i++)
        {
            if ((bytes[i] & 0x80) != 0) continue;
            At += i + 1;
            return true;
        }

        return false;
    }

    private bool SkipGroup(uint tag, int depth)
    {
        if (depth >= DeepestGroup) return false;
        while (TryTag(out var next))
        {
            if ((ProtoWire)(next & 7) == ProtoWire.GroupEnd) return next >> 3 == tag >> 3;
            if (!Skip(next, depth + 1)) return false;
        }

        return false;
    }
}
