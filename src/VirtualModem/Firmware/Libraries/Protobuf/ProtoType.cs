using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>A message or an enum: what its fields are called and numbered.</summary>
/// <param name="memory">What the schema takes of the system's heap.</param>
internal sealed class ProtoType(ProtoMemory memory)
{
    private readonly Dictionary<LuaString, ProtoField> _byName = [];
    private readonly Dictionary<int, LuaString> _oneofs = [];
    private int _nameRoom;
    private int _tagRoom;
    private int _oneofRoom;

    public ProtoTags Tags { get; private set; } = new();

    /// <summary>The names of its oneofs, by number from 1.</summary>
    public IReadOnlyDictionary<int, LuaString> Oneofs => _oneofs;

    public int FieldCount { get; private set; }

    /// <summary>How often a field of a oneof was loaded.</summary>
    public int OneofFields { get; set; }

    /// <summary>The oneofs of the last loading.</summary>
    public int OneofCount { get; set; }

    public bool IsMap { get; set; }
    public bool IsProto3 { get; set; }

    /// <summary>It was cleared: it cannot be named, but fields may still have it as their type.</summary>
    public bool IsDead { get; set; }

    public ProtoField? Field(LuaString name) => _byName.GetValueOrDefault(name);

    /// <summary>A field of that name and number; where both are known as one, that one.</summary>
    public ProtoField NewField(LuaString name, int number)
    {
        memory.Use(name);
        if (_byName.TryGetValue(name, out var known) && ReferenceEquals(Tags[number], known))
        {
            memory.Release(known.Default);
            known.Default = null;
            return known;
        }

        memory.TakeField();
        if (known is not null && !ReferenceEquals(Tags[known.Number], known)) Forget(known);
        if (Tags[number] is { } other && !ReferenceEquals(Field(other.Name), other)) Forget(other);
        FieldCount++;
        var field = new ProtoField(name, number) { Type = this };
        _byName[name] = field;
        Tags[number] = field;
        _nameRoom = memory.Grow(_nameRoom, _byName.Count, ProtoMemory.FieldEntry);
        _tagRoom = memory.Grow(_tagRoom, Tags.Room, ProtoMemory.FieldEntry);
        return field;
    }

    public void NewOneof(int number, LuaString name)
    {
        memory.Use(name);
        _oneofs[number] = name;
        _oneofRoom = memory.Grow(_oneofRoom, _oneofs.Count, ProtoMemory.OneofEntry);
    }

    public void Remove(ProtoField field)
    {
        if (ReferenceEquals(Field(field.Name), field)) _byName.Remove(field.Name);
        Tags.Remove(field);
        Forget(field);
    }

    public void Clear()
    {
        foreach (var field in _byName.Values.Union(Tags.Fields)) Forget(field);
        foreach (var name in _oneofs.Values) memory.Release(name);
        memory.Drop(_nameRoom * ProtoMemory.FieldEntry);
        memory.Drop(_tagRoom * ProtoMemory.FieldEntry);
        memory.Drop(_oneofRoom * ProtoMemory.OneofEntry);
        (_nameRoom, _tagRoom, _oneofRoom) = (0, 0, 0);
        _byName.Clear();
        Tags = new ProtoTags();
        _oneofs.Clear();
        (FieldCount, OneofFields) = (0, 0);
        IsDead = true;
    }

    private void Forget(ProtoField field)
    {
        memory.Release(field.Default);
        memory.Release(field.Name);
        memory.FreeField();
        FieldCount--;
    }
}
