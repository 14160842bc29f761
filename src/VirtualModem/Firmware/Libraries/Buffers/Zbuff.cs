using AirHil.Lua.Values;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// A block of system heap that a script holds. Its cursor and its amount of valid data are one field on the module, so
/// there is one here: <see cref="Used"/> (reference §6).
/// </summary>
internal sealed class Zbuff
{
    private readonly SystemHeap _heap;

    /// <summary>One byte longer than <see cref="Length"/>: the firmware can write just past the end.</summary>
    private byte[] _memory;

    private bool _freed;

    private Zbuff(SystemHeap heap, int length)
    {
        _heap = heap;
        _memory = new byte[length + 1];
        Length = length;
    }

    /// <summary>Bytes allocated.</summary>
    public int Length { get; private set; }

    /// <summary>
    /// The cursor and the amount of valid data in one, 0 to <see cref="Length"/>. One that an overflow took behind the
    /// end goes on with all that is read or written there, up to what an int can count.
    /// </summary>
    public int Used
    {
        get;
        set => field = value < 0 ? int.MaxValue : value;
    }

    /// <summary>Whether the session has the notice that the cursor is behind the end: one is enough.</summary>
    public bool IsBehindNoticed { get; set; }

    /// <summary>
    /// Bytes from the cursor to the end as C counts them, without a sign: behind the end there is room for all.
    /// </summary>
    public uint Room => unchecked((uint)(Length - Used));

    /// <summary>Points in a line of the picture; 0: there is no picture.</summary>
    public uint Width { get; set; }

    /// <summary>Lines of the picture.</summary>
    public uint Height { get; set; }

    /// <summary>Bits of a point: 1, 4, 8, 16, 24 or 32; points of another depth can be neither set nor read.</summary>
    public byte Depth { get; set; }

    /// <summary>All allocated bytes.</summary>
    public Span<byte> Memory => _memory.AsSpan(0, Length);

    /// <summary>The valid bytes, 0 to <see cref="Used"/>.</summary>
    public ReadOnlySpan<byte> Data => _memory.AsSpan(0, Math.Min(Used, _memory.Length));

    /// <summary>The bytes and the one after them.</summary>
    internal Span<byte> MemoryAndNext => _memory;

    /// <summary>A zeroed buffer; null where the system heap has no room for it.</summary>
    public static Zbuff? TryCreate(SystemHeap heap, long length) =>
        length is > 0 and < int.MaxValue && heap.TryAllocate(length) ? new Zbuff(heap, (int)length) : null;

    /// <summary>The buffer behind a Lua value, or null if it is no zbuff.</summary>
    public static Zbuff? From(in LuaValue value) => value.AsUserdata?.Payload as Zbuff;

    /// <summary>
    /// Changes the size as realloc does, data kept, <see cref="Used"/> clipped; false where there is no room.
    /// </summary>
    public bool TryResize(long length)
    {
        if (length is < 0 or >= int.MaxValue) return false;
        // realloc needs the new block before it gives back the old one; a freed buffer has none.
        if (!_heap.TryAllocate(Math.Max(length, 1))) return false;
        if (!_freed) _heap.Free(Math.Max(Length, 1));
        _freed = false;
        Array.Resize(ref _memory, (int)length + 1);
        if (length < Length) _memory[^1] = 0;
        Length = (int)length;
        Used = Math.Min(Used, Length);
        return true;
    }

    /// <summary>
    /// Appends at <see cref="Used"/>. Where it does not fit, the buffer grows to hold it; false where there is no room.
    /// </summary>
    public bool Append(ReadOnlySpan<byte> data)
    {
        if ((long)Used + data.Length > Length && !TryResize((long)Used + data.Length)) return false;
        data.CopyTo(_memory.AsSpan(Used));
        Used += data.Length;
        return true;
    }

    /// <summary>
    /// Writes at the cursor as far as there is room and moves it; gives the bytes written. Those behind the end are
    /// not the buffer's and are lost here.
    /// </summary>
    public int Write(ReadOnlySpan<byte> data)
    {
        var count = (int)Math.Min((uint)data.Length, Room);
        if (Used <= Length) data[..count].CopyTo(_memory.AsSpan(Used));
        Used += count;
        return count;
    }

    /// <summary>A copy of bytes; those behind the end, which are not the buffer's, read 0.</summary>
    public byte[] Copy(int start, int count)
    {
        var bytes = new byte[count];
        if (start < _memory.Length) _memory.AsSpan(start, Math.Min(count, _memory.Length - start)).CopyTo(bytes);
        return bytes;
    }

    /// <summary>Whether the system heap has room for a block beside the buffer, which C keeps for a moment.</summary>
    public bool FitsBeside(int bytes)
    {
        if (!_heap.TryAllocate(bytes)) return false;
        _heap.Free(bytes);
        return true;
    }

    /// <summary>Gives the memory back; the length is 0 afterwards. May be called again.</summary>
    public void Free()
    {
        if (_freed) return;
        _heap.Free(Math.Max(Length, 1));
        _freed = true;
        _memory = new byte[1];
        Length = Used = 0;
    }
}
