using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>
/// A table to the bytes of a message, its fields in the order of the table
/// (L:components/serialization/protobuf/luat_lib_protobuf.c, lpbE_encode).
/// </summary>
internal ref struct ProtoEncoder(in LuaCall call, ProtoWriter writer)
{
    /// <summary>Tables within tables: a table that holds itself has no end on a module.</summary>
    private const int DeepestTable = 200;

    private readonly LuaCall _call = call;
    private int _depth;

    public ProtoWriter Writer { get; } = writer;

    public void Encode(ProtoType type, LuaTable table)
    {
        if (++_depth > DeepestTable) throw _call.Error("stack overflow (message too many levels)");
        for (LuaValue key = default; table.Next(key, out var next, out var value); key = next)
        {
            _call.State.Charge(1);
            if (next.AsString is { } name && type.Field(name) is { } field) EncodeField(type, field, value);
        }

        _depth--;
    }

    private void EncodeField(ProtoType type, ProtoField field, in LuaValue value)
    {
        if (field.Type is { IsMap: true }) EncodeMap(field, value);
        else if (field.IsRepeated) EncodeRepeated(field, value);
        else if (field.Type is not { IsDead: true })
        {
            EncodeTagged(field, value, omitsDefault: type.IsProto3 && field.Oneof == 0);
        }
    }

    private void EncodeMap(ProtoField field, in LuaValue value)
    {
        if (field.Type!.Tags[1] is not { } keys || field.Type.Tags[2] is not { } values) return;
        var table = TableOf(field, value);
        for (LuaValue key = default; table.Next(key, out var next, out var item); key = next)
        {
            _call.State.Charge(1);
            Writer.Tag(field.Number, ProtoWire.Bytes);
            var start = Writer.Length;
            EncodeTagged(keys, next, omitsDefault: true);
            EncodeTagged(values, item, omitsDefault: true);
            PutLength(start);
        }
    }

    private void EncodeRepeated(ProtoField field, in LuaValue value)
    {
        var table = TableOf(field, value);
        var before = Writer.Length;
        if (field.IsPacked) Writer.Tag(field.Number, ProtoWire.Bytes);
        var start = Writer.Length;
        var index = 1;
        for (; table[index] is { IsNil: false } item; index++)
        {
            _call.State.Charge(1);
            if (field.IsPacked) EncodeValue(field, item);
            else EncodeTagged(field, item, omitsDefault: false);
        }

        if (!field.IsPacked) return;
        if (index == 1) Writer.Cut(before);
        else PutLength(start);
    }

    private readonly void PutLength(int start)
    {
        if (!Writer.TryPutLength(start)) throw _call.Error("encode bytes fail");
    }

    private void EncodeTagged(ProtoField field, in LuaValue value, bool omitsDefault)
    {
        var before = Writer.Length;
        Writer.Tag(field.Number, ProtoNames.WireOf(field.Kind));
        if (EncodeValue(field, value) && omitsDefault) Writer.Cut(before);
    }

    /// <summary>True: a scalar that is its kind's default.</summary>
    private bool EncodeValue(ProtoField field, in LuaValue value)
    {
        switch (field.Kind)
        {
            case ProtoKind.Enum:
                EncodeEnum(field, value);
                return false;
            case ProtoKind.Message:
                var table = TableOf(field, value);
                var start = Writer.Length;
                Encode(field.Type!, table);
                PutLength(start);
                return false;
            case ProtoKind.Bool:
                Writer.Varint(value.IsTruthy ? 1u : 0);
                return !value.IsTruthy;
            case ProtoKind.Double or ProtoKind.Float:
                return EncodeFloat(field, value);
            case ProtoKind.Bytes or ProtoKind.String:
                if (value.AsString is not { } text) throw Expected("string", field, value);
                Writer.Bytes(text.Span);
                return text.Length == 0;
            case ProtoKind.None or ProtoKind.Group or > ProtoKind.Sint64:
                throw new LuaException(LuaString.FromText($"unknown type {ProtoNames.Of(field.Kind)}"));
            default:
                return EncodeInteger(field, value);
        }
    }

    private bool EncodeFloat(ProtoField field, in LuaValue value)
    {
        var state = _call.State;
        if (!state.TryToNumber(value, out var number)) throw Expected("number", field, value);
        var read = state.Numbers.Round(number.AsNumber);
        if (field.Kind == ProtoKind.Double) Writer.Fixed64(BitConverter.DoubleToUInt64Bits(read));
        else Writer.Fixed32(BitConverter.SingleToUInt32Bits((float)read));
        return read == 0;
    }

    private bool EncodeInteger(ProtoField field, in LuaValue value)
    {
        if (IntegerOf(value) is not { } wide) throw Expected("number", field, value);
        var low = (uint)wide;
        switch (field.Kind)
        {
            case ProtoKind.Fixed32 or ProtoKind.Sfixed32:
                Writer.Fixed32(low);
                break;
            case ProtoKind.Fixed64 or ProtoKind.Sfixed64:
                Writer.Fixed64(wide);
                break;
            case ProtoKind.Int32:
                Writer.Varint((ulong)(int)low);
                break;
            case ProtoKind.Uint32:
                Writer.Varint(low);
                break;
            case ProtoKind.Sint32:
                Writer.Varint((low << 1) ^ (uint)((int)low >> 31));
                break;
            case ProtoKind.Sint64:
                Writer.Varint((wide << 1) ^ (ulong)((long)wide >> 63));
                break;
            default:
                Writer.Varint(wide);
                break;
        }

        return wide == 0;
    }

    /// <summary>
    /// An integer, or a text of decimal or hexadecimal digits with "#", "+" and "-" before them; null: neither. In the
    /// decimal form the firmware takes "a" for ten. A float that is no integer is read by its text, and refused.
    /// </summary>
    private readonly ulong? IntegerOf(in LuaValue value)
    {
        if (_call.State.TryToInteger(value, out var integer)) return (ulong)integer;
        var text = value.AsString ?? (value.IsNumber ? _call.State.NumberToString(value) : null);
        if (text is null) return null;
        var at = 0;
        var isNegative = false;
        for (; At(text, at) is (byte)'#' or (byte)'+' or (byte)'-'; at++) isNegative ^= text[at] == '-';
        var isHexadecimal = At(text, at) == '0' && At(text, at + 1) is (byte)'x' or (byte)'X';
        if (isHexadecimal) at += 2;
        var (radix, highest) = isHexadecimal ? (16ul, 15) : (10ul, 10);
        var result = 0ul;
        for (int digit; (digit = DigitOf(At(text, at))) >= 0 && digit <= highest; at++)
        {
            result = (result * radix) + (ulong)digit;
        }

        if (At(text, at) != 0) throw _call.Error($"integer format error: '{text.ToMessage()}'");
        return isNegative ? ~result + 1 : result;
    }

    private static byte At(LuaString text, int index) => index < text.Length ? text[index] : (byte)0;

    private static int DigitOf(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };

    /// <summary>A number goes through a float, so one beyond 24 bits is rounded; a negative one becomes 0.</summary>
    private readonly void EncodeEnum(ProtoField field, in LuaValue value)
    {
        if (value.IsNumber)
        {
            var number = _call.State.Numbers.Round(value.AsNumber);
            Writer.Varint(number >= 0 ? (ulong)number : 0);
            return;
        }

        if (value.AsString is not { } name) throw Expected("number/string", field, value);
        if (field.Type?.Field(name) is not { } known)
        {
            throw _call.ArgumentError(
                2, $"can not encode unknown enum '{name.ToMessage()}' at field '{field.Name.ToMessage()}'");
        }

        Writer.Varint(unchecked((uint)known.Number));
    }

    private readonly LuaTable TableOf(ProtoField field, in LuaValue value) =>
        value.AsTable ?? throw Expected("table", field, value);

    private readonly LuaException Expected(string what, ProtoField field, in LuaValue value)
    {
        var place = field.Kind is ProtoKind.Enum || what == "table" ? "at" : "for";
        return _call.ArgumentError(
            2, $"{what} expected {place} field '{field.Name.ToMessage()}', got {value.TypeName}");
    }
}
