using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>A message or an enum: what its fields are called and numbered.</summary>
internal sealed class ProtoType
{
    private readonly Dictionary<LuaString, ProtoField> _byName = [];

    public ProtoTags Tags { get; private set; } = new();

    /// <summary>The names of its oneofs, by number from 1.</summary>
    public Dictionary<int, LuaString> Oneofs { get; } = [];

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
        if (_byName.TryGetValue(name, out var known) && ReferenceEquals(Tags[number], known)) return known;
        if (known is not null && !ReferenceEquals(Tags[known.Number], known)) FieldCount--;
        if (Tags[number] is { } other && !ReferenceEquals(Field(other.Name), other)) FieldCount--;
        FieldCount++;
        var field = new ProtoField(name, number) { Type = this };
        _byName[name] = field;
        Tags[number] = field;
        return field;
    }

    public void Remove(ProtoField field)
    {
        if (ReferenceEquals(Field(field.Name), field)) _byName.Remove(field.Name);
        Tags.Remove(field);
        FieldCount--;
    }

    public void Clear()
    {
        _byName.Clear();
        Tags = new ProtoTags();
        Oneofs.Clear();
        (FieldCount, OneofFields) = (0, 0);
        IsDead = true;
    }
}
