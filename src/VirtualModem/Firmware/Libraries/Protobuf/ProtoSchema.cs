using AirHil.Lua.Values;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>All types that a script has loaded, by their full names (".package.Message").</summary>
internal sealed class ProtoSchema(SystemHeap heap)
{
    private readonly Dictionary<LuaString, ProtoType> _types = [];
    private int _room;

    /// <summary>What it takes of the system's heap.</summary>
    public ProtoMemory Memory { get; } = new(heap);

    /// <summary>The one buffer of all that is encoded: an error on the way leaves it to the next message.</summary>
    public ProtoWriter Writer { get; } = new(heap);

    /// <summary>A type by the name that a script gives it, with the leading dot or without.</summary>
    public ProtoType? Find(LuaString name)
    {
        var full = name.Length > 0 && name[0] == '.' ? name : LuaString.FromBytes([(byte)'.', .. name.Span]);
        return _types.TryGetValue(full, out var type) && !type.IsDead ? type : null;
    }

    /// <summary>The type of that full name; made where it is new, alive again where it was cleared.</summary>
    public ProtoType NewType(LuaString fullName)
    {
        Memory.Use(fullName);
        if (!_types.TryGetValue(fullName, out var type))
        {
            _types[fullName] = type = new ProtoType(Memory);
            _room = Memory.Grow(_room, _types.Count, ProtoMemory.FieldEntry);
            Memory.TakeType();
        }

        type.IsDead = false;
        return type;
    }

    public void Clear()
    {
        foreach (var type in _types.Values) type.Clear();
        Memory.Drop(_room * ProtoMemory.FieldEntry);
        _room = 0;
        _types.Clear();
        Memory.Clear();
    }
}
