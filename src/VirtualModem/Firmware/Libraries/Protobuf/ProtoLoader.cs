using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// Reads a FileDescriptorSet as protoc writes it (L:components/serialization/protobuf/pb.h, pb_load). All is read
/// before the first type is made, so bytes that cannot be read leave the schema as it was.
/// </summary>
internal sealed class ProtoLoader(ReadOnlyMemory<byte> data)
{
    /// <summary>Messages within messages; a module's stack ends long before.</summary>
    private const int DeepestMessage = 200;

    private ProtoReader _reader = new(data);
    private int _depth;
    private bool _isProto3;

    /// <summary>The next byte, from 0, where the reading ended.</summary>
    public int At => _reader.At;

    private delegate bool? Field(uint tag);

    /// <summary>
    /// Adds the types to a schema; false: something cannot be read or has no name, or the heap is full. The firmware
    /// stops where the heap is full; here what comes behind is known too.
    /// </summary>
    public bool TryLoad(ProtoSchema schema)
    {
        var files = new List<FileInfo>();
        return TryFields(tag => tag switch
        {
            Bytes + (1 << 3) => TryFile(Added(files)),
            _ => null,
        }) && TryBuild(schema, files);
    }

    private const uint Varint = (uint)ProtoWire.Varint;
    private const uint Bytes = (uint)ProtoWire.Bytes;

    // ---- what is read ----

    private sealed class FileInfo
    {
        public LuaString? Package;
        public LuaString? Syntax;
        public readonly List<EnumInfo> Enums = [];
        public readonly List<TypeInfo> Messages = [];
        public readonly List<FieldInfo> Extensions = [];
    }

    private sealed class TypeInfo
    {
        public LuaString? Name;
        public int IsMap;
        public readonly List<FieldInfo> Fields = [];
        public readonly List<FieldInfo> Extensions = [];
        public readonly List<EnumInfo> Enums = [];
        public readonly List<TypeInfo> Nested = [];
        public readonly List<LuaString?> Oneofs = [];
    }

    private sealed class EnumInfo
    {
        public LuaString? Name;
        public readonly List<FieldInfo> Values = [];
    }

    private sealed class FieldInfo
    {
        public LuaString? Name;
        public LuaString? TypeName;
        public LuaString? Extendee;
        public LuaString? Default;
        public int Number;
        public int Label;
        public int Kind;
        public int Oneof;
        public int Packed = -1;
    }

    private static T Added<T>(List<T> list) where T : new()
    {
        var item = new T();
        list.Add(item);
        return item;
    }

    /// <summary>Every field to the end; one that the reader does not know is skipped.</summary>
    private bool TryFields(Field read)
    {
        while (_reader.TryTag(out var tag))
        {
            if (!(read(tag) ?? _reader.Skip(tag))) return false;
        }

        return true;
    }

    private bool TryMessage(Field read)
    {
        if (_depth >= DeepestMessage || _reader.TakeBytes() is not { } part) return false;
        var outer = _reader;
        _reader = part;
        _depth++;
        if (!TryFields(read)) return false; // the place where it ended stays
        _depth--;
        _reader = outer;
        return true;
    }

    private bool TryText(ref LuaString? text)
    {
        if (_reader.TakeBytes() is not { } part) return false;
        text = LuaString.FromBytes(part.Bytes);
        return true;
    }

    private bool TryInt(ref int value)
    {
        if (!_reader.TryTag(out var read)) return false;
        value = unchecked((int)read);
        return true;
    }

    private bool TryFile(FileInfo file) => TryMessage(tag => tag switch
    {
        Bytes + (2 << 3) => TryText(ref file.Package),
        Bytes + (4 << 3) => TryType(Added(file.Messages)),
        Bytes + (5 << 3) => TryEnum(Added(file.Enums)),
        Bytes + (7 << 3) => TryField(Added(file.Extensions)),
        Bytes + (12 << 3) => TryText(ref file.Syntax),
        _ => null,
    });

    private bool TryType(TypeInfo type) => TryMessage(tag => tag switch
    {
        Bytes + (1 << 3) => TryText(ref type.Name),
        Bytes + (2 << 3) => TryField(Added(type.Fields)),
        Bytes + (6 << 3) => TryField(Added(type.Extensions)),
        Bytes + (3 << 3) => TryType(Added(type.Nested)),
        Bytes + (4 << 3) => TryEnum(Added(type.Enums)),
        Bytes + (8 << 3) => TryOneof(type),
        Bytes + (7 << 3) => TryMessage(option => option == Varint + (7 << 3) ? TryInt(ref type.IsMap) : null),
        _ => null,
    });

    private bool TryOneof(TypeInfo type) => TryMessage(tag =>
    {
        if (tag != Bytes + (1 << 3)) return null;
        LuaString? name = null;
        var found = TryText(ref name);
        type.Oneofs.Add(name);
        return found;
    });

    private bool TryEnum(EnumInfo type) => TryMessage(tag => tag switch
    {
        Bytes + (1 << 3) => TryText(ref type.Name),
        Bytes + (2 << 3) => TryEnumValue(Added(type.Values)),
        _ => null,
    });

    private bool TryEnumValue(FieldInfo value) => TryMessage(tag => tag switch
    {
        Bytes + (1 << 3) => TryText(ref value.Name),
        Varint + (2 << 3) => TryInt(ref value.Number),
        _ => null,
    });

    private bool TryField(FieldInfo field) => TryMessage(tag => tag switch
    {
        Bytes + (1 << 3) => TryText(ref field.Name),
        Bytes + (2 << 3) => TryText(ref field.Extendee),
        Varint + (3 << 3) => TryInt(ref field.Number),
        Varint + (4 << 3) => TryInt(ref field.Label),
        Varint + (5 << 3) => TryInt(ref field.Kind),
        Bytes + (6 << 3) => TryText(ref field.TypeName),
        Bytes + (7 << 3) => TryText(ref field.Default),
        Bytes + (8 << 3) => TryMessage(option => option == Varint + (2 << 3) ? TryInt(ref field.Packed) : null),
        Varint + (9 << 3) => TryOneofIndex(field),
        _ => null,
    });

    private bool TryOneofIndex(FieldInfo field)
    {
        if (!TryInt(ref field.Oneof)) return false;
        field.Oneof++;
        return true;
    }

    // ---- what is made of it ----

    private bool TryBuild(ProtoSchema schema, List<FileInfo> files)
    {
        schema.Memory.Begin();
        schema.Memory.Use(LuaString.FromBytes("proto3"u8));
        return files.TrueForAll(file => TryBuild(schema, file)) && !schema.Memory.IsShort;
    }

    private bool TryBuild(ProtoSchema schema, FileInfo file)
    {
        var prefix = LuaString.Empty;
        if (file.Package is not null)
        {
            if (Within(prefix, file.Package) is not { } package) return false;
            prefix = package;
        }

        _isProto3 = file.Syntax is { } syntax && syntax.Span.SequenceEqual("proto3"u8);
        return file.Enums.TrueForAll(type => TryBuild(schema, type, prefix)) &&
            file.Messages.TrueForAll(type => TryBuild(schema, type, prefix)) &&
            file.Extensions.TrueForAll(field => TryBuild(schema, field, null));
    }

    /// <summary>A name within another; null where it is missing or empty: the firmware has no memory for it.</summary>
    private static LuaString? Within(LuaString prefix, LuaString? name) => name is null or { Length: 0 }
        ? null
        : LuaString.FromBytes([.. prefix.Span, (byte)'.', .. name.Span]);

    private static bool TryBuild(ProtoSchema schema, EnumInfo info, LuaString prefix)
    {
        if (Within(prefix, info.Name) is not { } name) return false;
        var type = schema.NewType(name);
        foreach (var value in info.Values)
        {
            if (value.Name is null) return false;
            type.NewField(value.Name, value.Number);
        }

        return true;
    }

    private bool TryBuild(ProtoSchema schema, TypeInfo info, LuaString prefix)
    {
        if (Within(prefix, info.Name) is not { } name) return false;
        var type = schema.NewType(name);
        (type.IsMap, type.IsProto3) = ((info.IsMap & 1) != 0, _isProto3);
        for (var i = 0; i < info.Oneofs.Count; i++)
        {
            if (info.Oneofs[i] is not { } oneof) return false;
            type.NewOneof(i + 1, oneof);
        }

        if (!info.Fields.TrueForAll(field => TryBuild(schema, field, type)) ||
            !info.Extensions.TrueForAll(field => TryBuild(schema, field, null)) ||
            !info.Enums.TrueForAll(inner => TryBuild(schema, inner, name)) ||
            !info.Nested.TrueForAll(inner => TryBuild(schema, inner, name)))
        {
            return false;
        }

        type.OneofCount = info.Oneofs.Count;
        return true;
    }

    private bool TryBuild(ProtoSchema schema, FieldInfo info, ProtoType? owner)
    {
        const int repeated = 3;
        const int kindBits = 0x1F;
        ProtoType? type = null;
        if ((ProtoKind)info.Kind is ProtoKind.Message or ProtoKind.Enum)
        {
            if (info.TypeName is null) return false;
            type = schema.NewType(info.TypeName);
        }

        if (owner is null)
        {
            if (info.Extendee is null) return false;
            owner = schema.NewType(info.Extendee);
        }

        if (info.Name is null) return false;
        var field = owner.NewField(info.Name, info.Number);
        schema.Memory.Use(info.Default);
        field.Default = info.Default;
        field.Type = type;
        field.Oneof = info.Oneof & 0xFFFFFF;
        if (field.Oneof != 0) owner.OneofFields++;
        field.Kind = (ProtoKind)(info.Kind & kindBits);
        field.IsRepeated = info.Label == repeated;
        field.IsPacked = info.Packed >= 0 ? (info.Packed & 1) != 0 : _isProto3 && field.IsRepeated;
        if (field.Kind is >= ProtoKind.String and <= ProtoKind.Bytes) field.IsPacked = false;
        return true;
    }
}
