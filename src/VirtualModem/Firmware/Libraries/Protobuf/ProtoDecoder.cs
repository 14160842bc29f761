using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// The bytes of a message to a table (L:components/serialization/protobuf/luat_lib_protobuf.c, lpbD_message). Offsets
/// in its errors count from 1 and from the start of the whole text.
/// </summary>
internal ref struct ProtoDecoder(in LuaCall call, LuaString data)
{
    /// <summary>Messages within messages; a module's stack ends before long.</summary>
    private const int DeepestMessage = 200;

    /// <summary>PB_MAX_SIZET.</summary>
    private const ulong LongestText = uint.MaxValue - 100;

    private readonly LuaCall _call = call;
    private ProtoReader _reader = new(data.Memory);
    private int _depth;

    /// <summary>The table of a new message: of proto3 it has its defaults.</summary>
    public static LuaTable NewTable(LuaState state, ProtoType type)
    {
        var table = state.NewTable(
            hashSize: Math.Max(0, type.FieldCount - type.OneofFields + (type.OneofCount * 2)));
        if (!type.IsProto3) return table;
        foreach (var field in type.Tags.Fields)
        {
            if (field.IsRepeated) table[NameIn(state, field.Name)] = state.NewTable();
            else if (field.Oneof == 0 && field.Kind != ProtoKind.Message &&
                ProtoDefaults.Of(state, field, isProto3: true) is { IsNil: false } value)
            {
                table[NameIn(state, field.Name)] = value;
            }
        }

        return table;
    }

    private static LuaValue NameIn(LuaState state, LuaString name) => state.NewString(name.Span.ToArray());

    public void Decode(ProtoType type, LuaTable table)
    {
        if (++_depth > DeepestMessage)
        {
            throw _call.Error("stack overflow (not enough stack space for fields)");
        }

        var state = _call.State;
        while (_reader.TryTag(out var tag))
        {
            state.Charge(1);
            if (type.Tags[(int)(tag >> 3)] is not { } field)
            {
                _reader.Skip(tag); // where that is not possible, its bytes are read as tags
                continue;
            }

            if (field.Type is { IsMap: true })
            {
                var map = Fetch(table, field);
                CheckWire(field, tag);
                DecodeMap(field, map);
            }
            else if (field.IsRepeated) DecodeRepeated(field, Fetch(table, field), tag);
            else
            {
                var name = NameIn(state, field.Name);
                if (field.Oneof != 0)
                {
                    Set(table, type.Oneofs.TryGetValue(field.Oneof, out var oneof) ? oneof : default(LuaValue), name);
                }

                CheckWire(field, tag);
                table[name] = DecodeValue(field);
            }
        }

        _depth--;
    }

    private readonly LuaTable Fetch(LuaTable table, ProtoField field)
    {
        var name = NameIn(_call.State, field.Name);
        var value = table[name];
        if (value.AsTable is { } known) return known;
        if (!value.IsNil)
        {
            // The firmware writes into the value as if it were a table.
            throw _call.Error($"field '{field.Name.ToMessage()}' is no table");
        }

        var made = _call.State.NewTable();
        table[name] = made;
        return made;
    }

    private readonly void Set(LuaTable table, LuaValue key, LuaValue value)
    {
        if (key.IsNil) throw _call.Error("table index is nil");
        if (key.IsFloat && double.IsNaN(key.AsFloat)) throw _call.Error("table index is NaN");
        table[key] = value;
    }

    private void DecodeMap(ProtoField field, LuaTable map)
    {
        var outer = _reader;
        _reader = TakeBytes();
        if (field.Type is not { } type) return;
        Span<bool> isThere = [false, false];
        LuaValue key = default;
        LuaValue item = default;
        while (_reader.TryTag(out var tag))
        {
            var number = (int)(tag >> 3);
            if (number is not (1 or 2)) continue; // its value is read as tags
            if (type.Tags[number] is not { } part) throw _call.Error("a map without a key or a value");
            CheckWire(part, tag);
            var value = DecodeValue(part);
            if (number == 1) key = value;
            else item = value;
            isThere[number - 1] = true;
        }

        if (!isThere[0] && DefaultOf(type, 1) is { IsNil: false } noKey) (key, isThere[0]) = (noKey, true);
        if (!isThere[1] && DefaultOf(type, 2) is { IsNil: false } noItem) (item, isThere[1]) = (noItem, true);
        _reader = outer;
        if (isThere[0] && isThere[1]) Set(map, key, item);
    }

    private readonly LuaValue DefaultOf(ProtoType type, int number)
    {
        if (type.Tags[number] is not { } field) return default;
        return field.Kind == ProtoKind.Message && field.Type is { } message
            ? NewTable(_call.State, message)
            : ProtoDefaults.Of(_call.State, field, isProto3: true);
    }

    private void DecodeRepeated(ProtoField field, LuaTable list, uint tag)
    {
        var wire = (ProtoWire)(tag & 7);
        if (wire != ProtoWire.Bytes || (!field.IsPacked && ProtoNames.WireOf(field.Kind) == ProtoWire.Bytes))
        {
            CheckWire(field, tag);
            var value = DecodeValue(field);
            list[list.Length + 1] = value;
            return;
        }

        var length = list.Length;
        var outer = _reader;
        _reader = TakeBytes();
        while (_reader.Left > 0)
        {
            _call.State.Charge(1);
            list[++length] = DecodeValue(field);
        }

        _reader = outer;
    }

    private readonly void CheckWire(ProtoField field, uint tag)
    {
        var wire = (ProtoWire)(tag & 7);
        var expected = ProtoNames.WireOf(field.Kind);
        if (wire == expected) return;
        throw _call.Error(
            $"type mismatch for {(field.IsPacked ? "packed " : "")}{(field.IsRepeated ? "repeated " : "")}field " +
            $"'{field.Name.ToMessage()}' at offset {_reader.At + 1}, {ProtoNames.Of(expected)} expected for type " +
            $"{ProtoNames.Of(field.Kind)}, got {ProtoNames.Of(wire)}");
    }

    private LuaValue DecodeValue(ProtoField field)
    {
        var state = _call.State;
        switch (field.Kind)
        {
            case ProtoKind.Enum:
                var number = unchecked((int)Varint());
                return field.Type?.Tags[number] is { } known
                    ? NameIn(state, known.Name)
                    : Pushed(state, state.Options.Bits == 32 ? number : (long)_varint);
            case ProtoKind.Message:
                return DecodeMessage(field);
            case ProtoKind.Bytes or ProtoKind.String:
                return state.NewString(TakeBytes().Bytes.ToArray());
            case ProtoKind.Float:
                return state.Numbers.Float(BitConverter.UInt32BitsToSingle(Fixed32()));
            case ProtoKind.Double:
                return state.Numbers.Float(BitConverter.UInt64BitsToDouble(Fixed64()));
            case ProtoKind.Bool:
                return Varint() != 0;
            case ProtoKind.None or ProtoKind.Group or > ProtoKind.Sint64:
                throw _call.Error($"unknown type {ProtoNames.Of(field.Kind)} ({(int)field.Kind})");
            default:
                return Pushed(state, IntegerOf(field.Kind));
        }
    }

    private LuaValue DecodeMessage(ProtoField field)
    {
        var part = TakeBytes();
        if (field.Type is not { IsDead: false } type) return default;
        var table = NewTable(_call.State, type);
        var outer = _reader;
        _reader = part;
        Decode(type, table);
        _reader = outer;
        return table;
    }

    private long IntegerOf(ProtoKind kind) => kind switch
    {
        ProtoKind.Fixed32 => Fixed32(),
        ProtoKind.Sfixed32 => (int)Fixed32(),
        ProtoKind.Fixed64 or ProtoKind.Sfixed64 => (long)Fixed64(),
        ProtoKind.Int32 => (int)Varint(),
        ProtoKind.Uint32 => (uint)Varint(),
        ProtoKind.Sint32 => (int)(((uint)Varint() >> 1) ^ (uint)-(int)((uint)_varint & 1)),
        ProtoKind.Sint64 => (long)((Varint() >> 1) ^ (ulong)-(long)(_varint & 1)),
        _ => (long)Varint(),
    };

    /// <summary>
    /// With 32-bit numbers an integer whose upper half is not 0 becomes a float: every negative one, too. The lower
    /// half alone is an integer, which may be negative.
    /// </summary>
    internal static LuaValue Pushed(LuaState state, long value)
    {
        if (state.Options.Bits == 64) return LuaValue.Integer(value);
        return value >> 32 == 0 ? LuaValue.Integer(unchecked((int)value)) : state.Numbers.Float(value);
    }

    private ulong _varint;

    private ulong Varint() => _reader.TryVarint(out _varint) ? _varint : throw Invalid("varint");

    private readonly uint Fixed32() => _reader.TryFixed32(out var value) ? value : throw Invalid("fixed32");

    private readonly ulong Fixed64() => _reader.TryFixed64(out var value) ? value : throw Invalid("fixed64");

    private readonly LuaException Invalid(string what) =>
        _call.Error($"invalid {what} value at offset {_reader.At + 1}");

    private readonly ProtoReader TakeBytes()
    {
        if (!_reader.TryVarint(out var length) || length > LongestText)
        {
            throw _call.Error($"invalid bytes length: {unchecked((int)length)} (at offset {_reader.At + 1})");
        }

        return _reader.Take(length) ?? throw _call.Error(
            $"unfinished bytes (len {unchecked((int)length)} at offset {_reader.At + 1})");
    }
}
