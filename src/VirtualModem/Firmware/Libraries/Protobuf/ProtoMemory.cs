using AirHil.Lua.Values;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// What a schema takes of the system's heap (L:components/serialization/protobuf/pb.h): pages of types and of fields,
/// which stay; a block for each name, which is counted; and the tables of what is called how. A table doubles when it
/// is full; on a module it may do so earlier, where addresses collide.
/// </summary>
internal sealed class ProtoMemory(SystemHeap heap)
{
    /// <summary>Bytes of an entry of the tables of types and fields.</summary>
    public const int FieldEntry = 12;

    /// <summary>Bytes of an entry of the table of oneofs.</summary>
    public const int OneofEntry = 16;

    private const int PageBytes = 4096;
    private const int TypesOfPage = 56;
    private const int FieldsOfPage = 170;
    private const int NameHead = 13;
    private const int NamePointer = 4;
    private const int LeastNames = 16;
    private const int LeastEntries = 8;

    private readonly Dictionary<LuaString, int> _names = [];
    private readonly ProtoPool _types = new(heap, PageBytes, TypesOfPage);
    private readonly ProtoPool _fields = new(heap, PageBytes, FieldsOfPage);
    private int _nameRoom;

    /// <summary>Whether the heap had no room for something; it is in no count then, and the loading fails.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Another text is loaded.</summary>
    public void Begin() => IsShort = false;

    public void TakeType() => IsShort |= !_types.TryTake();

    public void TakeField() => IsShort |= !_fields.TryTake();

    public void FreeField() => _fields.GiveBack();

    /// <summary>Uses a name once more; one that is new takes a block.</summary>
    public void Use(LuaString? name)
    {
        if (name is null) return;
        if (_names.TryGetValue(name, out var uses))
        {
            _names[name] = uses + 1;
            return;
        }

        if (_names.Count >= _nameRoom)
        {
            var more = Math.Max(LeastNames, _nameRoom * 2);
            if (!TryAllocate(more * NamePointer)) return;
            if (_nameRoom > 0) heap.Free(_nameRoom * NamePointer);
            _nameRoom = more;
        }

        if (TryAllocate(NameHead + name.Length)) _names[name] = 1;
    }

    public void Release(LuaString? name)
    {
        if (name is null || !_names.TryGetValue(name, out var uses)) return;
        if (uses > 1)
        {
            _names[name] = uses - 1;
            return;
        }

        heap.Free(NameHead + name.Length);
        _names.Remove(name);
    }

    /// <summary>Room for so many entries in a table that has room for some; the room that it has then.</summary>
    public int Grow(int room, int entries, int entryBytes)
    {
        while (room < entries)
        {
            var more = Math.Max(LeastEntries, room * 2);
            if (!TryAllocate(more * entryBytes)) break;
            if (room > 0) heap.Free(room * entryBytes);
            room = more;
        }

        return room;
    }

    /// <summary>A table of <paramref name="bytes"/> is given back; of 0 there is none.</summary>
    public void Drop(int bytes)
    {
        if (bytes > 0) heap.Free(bytes);
    }

    /// <summary>Everything is given back.</summary>
    public void Clear()
    {
        foreach (var name in _names.Keys) heap.Free(NameHead + name.Length);
        _names.Clear();
        Drop(_nameRoom * NamePointer);
        _nameRoom = 0;
        _types.Clear();
        _fields.Clear();
    }

    private bool TryAllocate(int bytes)
    {
        if (heap.TryAllocate(bytes)) return true;
        IsShort = true;
        return false;
    }
}
