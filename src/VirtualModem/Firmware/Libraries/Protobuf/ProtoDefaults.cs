using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Protobuf;

/// <summary>The value of a field that is not in the bytes, as lpb_pushdeffield has it.</summary>
internal static class ProtoDefaults
{
    /// <summary>nil: there is none.</summary>
    public static LuaValue Of(LuaState state, ProtoField field, bool isProto3)
    {
        var text = field.Default;
        switch (field.Kind)
        {
            case ProtoKind.Enum:
                return OfEnum(state, field, isProto3);
            case ProtoKind.Bytes or ProtoKind.String:
                if (text is not null) return state.NewString(UpToNul(text).ToArray());
                return isProto3 ? state.NewString([]) : default(LuaValue);
            case ProtoKind.Bool:
                if (text is null) return isProto3 ? LuaValue.False : default;
                if (text.Span.SequenceEqual("true"u8)) return LuaValue.True;
                return text.Span.SequenceEqual("false"u8) ? LuaValue.False : default;
            case ProtoKind.Double or ProtoKind.Float:
                if (text is null) return isProto3 ? state.Numbers.Float(0) : default;
                return LuaText.LeadingNumber(text) is { } number ? state.Numbers.Float(number) : default;
            default:
                if (text is null) return isProto3 ? LuaValue.Integer(0) : default;
                return IntegerOf(text) is { } integer ? ProtoDecoder.Pushed(state, integer) : default;
        }
    }

    private static LuaValue OfEnum(LuaState state, ProtoField field, bool isProto3)
    {
        if (field.Type is not { } type) return default;
        if (field.Default is { } name && type.Field(name) is not null) return state.NewString(name.Span.ToArray());
        if (!isProto3) return default;
        return type.Tags[0] is { } zero ? state.NewString(zero.Name.Span.ToArray()) : LuaValue.Integer(0);
    }

    private static ReadOnlySpan<byte> UpToNul(LuaString text) =>
        text.Span.IndexOf((byte)0) is >= 0 and var end ? text.Span[..end] : text.Span;

    /// <summary>strtol of a long of 32 bits.</summary>
    private static long? IntegerOf(LuaString text)
    {
        var all = text.ToString().AsSpan().TrimStart();
        var isNegative = all.StartsWith("-");
        if (isNegative || all.StartsWith("+")) all = all[1..];
        var value = 0L;
        var digits = 0;
        for (; digits < all.Length && char.IsAsciiDigit(all[digits]); digits++)
        {
            value = Math.Min((value * 10) + (all[digits] - '0'), 1L + int.MaxValue);
        }

        if (digits == 0) return null;
        return isNegative ? -value : Math.Min(value, int.MaxValue);
    }
}
