using AirHil.Lua.Memory;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// Bytes that grow, charged to the engine's heap beyond the buffer that PUC-Rio keeps on the C stack.
/// </summary>
internal sealed class StringBuffer(LuaState? state)
{
    private readonly LuaHeap? _heap = (state as LuaMachine)?.Heap;
    private HeapBuffer? _room;
    private byte[] _bytes = new byte[64];
    private int _length;

    public int Length => _length;
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public void Add(byte value)
    {
        if (_length == _bytes.Length) Grow(1);
        _bytes[_length++] = value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _length) Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Add(byte value, int count)
    {
        if (count > _bytes.Length - _length) Grow(count);
        _bytes.AsSpan(_length, count).Fill(value);
        _length += count;
    }

    /// <summary>Text of one byte a character: numbers, signs, padding.</summary>
    public void AddAscii(string text)
    {
        if (text.Length > _bytes.Length - _length) Grow(text.Length);
        foreach (var c in text) _bytes[_length++] = (byte)c;
    }

    public LuaString ToLuaString()
    {
        if (state is null) return LuaString.FromBytes(Span);
        var text = state.NewString(Span.ToArray());
        GiveBack();
        return text;
    }

    /// <summary>Makes room for that many bytes on the engine's heap.</summary>
    /// <exception cref="LuaException">There is no room: with a position, unlike other memory errors.</exception>
    public void Reserve(long needed)
    {
        if (_heap is null) return;
        if (!_heap.HasBlocks)
        {
            if (needed > _heap.Limit) throw LuaException.NotEnoughMemory();
            if (needed > HeapBuffer.FreeBytes) _heap.Charge(needed);
            return;
        }

        if (needed <= (_room?.Room ?? HeapBuffer.FreeBytes)) return;
        _room ??= new HeapBuffer();
        if (_room.Begin(_heap)) ((LuaMachine)state!).Collector.Add(_room);
        if (_room.TryGrow(_heap, needed)) return;
        GiveBack();
        throw state!.ErrorHere("not enough memory for buffer allocation");
    }

    /// <summary>The text is made: the room is free again.</summary>
    public void GiveBack()
    {
        _room?.Finish(_heap!);
        _room = null;
    }

    private void Grow(int more)
    {
        var needed = (long)_length + more;
        if (needed > Array.MaxLength) throw LuaException.NotEnoughMemory();
        var size = (int)Math.Min(Array.MaxLength, Math.Max(needed, _bytes.Length * 2L));
        state?.ChargeBytes(_length);
        Reserve(_heap is { HasBlocks: true } ? needed : size);
        Array.Resize(ref _bytes, size);
    }
}
