using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// What the firmware adds to <c>string</c> (reference §8), in the module's order behind the standard functions.
/// </summary>
internal static class StringExtensions
{
    /// <summary>The additions alone; <see cref="Merge"/> makes the module's <c>string</c> of them.</summary>
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("string")
        .Add("toHex", ToHex)
        .Add("fromHex", FromHex)
        .Add("split", Split)
        .Add("toValue", ToValue)
        .Add("urlEncode", UrlEncode)
        .Add("fromBase64", FromBase64)
        .Add("toBase64", ToBase64)
        .Add("fromBase32", FromBase32)
        .Add("toBase32", static (in LuaCall call) => Convert(
            call, static text => Base32.Encode(text), static length => length * 2))
        .Add("startsWith", static (in LuaCall call) => call.Return(call.String(1).Span.StartsWith(call.String(2).Span)))
        .Add("endsWith", static (in LuaCall call) => call.Return(call.String(1).Span.EndsWith(call.String(2).Span)))
        .Add("trim", Trim);

    /// <summary>
    /// The module's <c>string</c>: the standard functions but <c>dump</c>, then the additions (reference §1.4).
    /// </summary>
    public static LibraryDefinition Merge(LibraryDefinition standard)
    {
        var merged = new LibraryDefinition("string");
        foreach (var (name, value) in standard.Entries)
        {
            if (name != "dump") merged.Add(name, value);
        }

        foreach (var (name, value) in Definition.Entries) merged.Add(name, value);
        return merged;
    }

    private static int ToHex(in LuaCall call)
    {
        var text = call.String(1).Span;
        var separator = (call.StringOrNull(2) ?? LuaString.Empty).Span;
        var room = new TextRoom(call.State);
        room.Grow((long)text.Length * (2 + separator.Length));
        var result = new byte[text.Length * (2 + separator.Length)];
        for (var i = 0; i < text.Length; i++)
        {
            var place = result.AsSpan(i * (2 + separator.Length));
            place[0] = HexDigit(text[i] >> 4);
            place[1] = HexDigit(text[i] & 15);
            separator.CopyTo(place[2..]);
        }

        return call.Return(room.Make(result), text.Length * 2);
    }

    private static byte HexDigit(int digit) => (byte)"0123456789ABCDEF"[digit];

    /// <summary>Pairs of hexadecimal digits; any other character ends a pair that has only begun.</summary>
    private static int FromHex(in LuaCall call)
    {
        var bytes = new List<byte>();
        int? high = null;
        var text = call.String(1);
        foreach (var c in text.Span)
        {
            if (!char.IsAsciiHexDigit((char)c))
            {
                high = null;
                continue;
            }

            var digit = c <= '9' ? c - '0' : (c & 7) + 9;
            if (high is { } first)
            {
                bytes.Add((byte)((first << 4) | digit));
                high = null;
            }
            else
            {
                high = digit;
            }
        }

        return call.Return(TextRoom.Make(call.State, text.Length / 2, [.. bytes]));
    }

    private static int Split(in LuaCall call)
    {
        var text = call.String(1).Span;
        var pieces = call.State.NewTable();
        if (text.IsEmpty) return call.Return(pieces);
        var delimiter = call.String(2).Span;
        if (delimiter.IsEmpty) delimiter = ","u8;
        var keepEmpty = call[3].IsBoolean && call[3].IsTruthy;
        long count = 0;
        while (true)
        {
            var end = text.IndexOf(delimiter);
            var piece = end < 0 ? text : text[..end];
            if (keepEmpty || !piece.IsEmpty) pieces[++count] = call.State.NewString(piece.ToArray());
            if (end < 0) return call.Return(pieces);
            text = text[(end + delimiter.Length)..];
        }
    }

    /// <summary>The low half of each character's code, letters taken as digits from ten.</summary>
    private static int ToValue(in LuaCall call)
    {
        var text = call.String(1);
        var result = new byte[text.Length];
        for (var i = 0; i < result.Length; i++) result[i] = (byte)((text[i] > '9' ? text[i] + 9 : text[i]) & 15);
        return call.Return(TextRoom.Make(call.State, result.Length, result), result.Length);
    }

    private static int UrlEncode(in LuaCall call)
    {
        var text = call.String(1).Span;
        var mode = call.Count == 1 ? 0 : call.Int(2);
        var (plusForSpace, keep) = mode switch
        {
            -1 => (call.Int(3) == 0, call.String(4)),
            1 => (false, LuaString.FromText(".-_")),
            _ => (true, LuaString.FromText(".-*_")),
        };
        var room = new TextRoom(call.State);
        room.Grow(text.Length + 16);
        var result = new List<byte>(text.Length + 16);
        long looks = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit((char)c))
            {
                result.Add(c);
                continue;
            }

            var found = keep.Span.IndexOf(c);
            looks += found < 0 ? keep.Length : found;
            if (found >= 0) result.Add(c);
            else if (c == ' ' && plusForSpace) result.Add((byte)'+');
            else result.AddRange([(byte)'%', HexDigit(c >> 4), HexDigit(c & 15)]);
        }

        call.State.ChargeBytes(looks);
        room.GrowBy(1, result.Count);
        return call.Return(room.Make([.. result]));
    }

    private delegate byte[]? Conversion(ReadOnlySpan<byte> text);

    /// <summary>What a conversion makes of a text; where that is nothing, the room stays until a collection.</summary>
    private static int Convert(in LuaCall call, Conversion convert, Func<long, long> roomBytes)
    {
        var text = call.String(1);
        var room = new TextRoom(call.State);
        if (text.Length > 0) room.Grow(roomBytes(text.Length));
        return call.Return(convert(text.Span) is { } bytes ? room.Make(bytes) : LuaString.Empty);
    }

    /// <summary>Also crypto.base64_decode.</summary>
    public static int FromBase64(in LuaCall call) =>
        Convert(call, static text => Base64.Decode(text), static length => length + 1);

    /// <summary>Also crypto.base64_encode.</summary>
    public static int ToBase64(in LuaCall call) =>
        Convert(call, static text => Base64.Encode(text), static length => (length * 3 / 2) + 1);

    /// <summary>A character that is no digit makes the firmware ask for a string of -1 bytes.</summary>
    private static int FromBase32(in LuaCall call) => Convert(
        call,
        static text => Base32.Decode(text)
            ?? throw new LuaException(LuaString.FromText("memory allocation error: block too big")),
        static length => length + 1);

    private static int Trim(in LuaCall call)
    {
        var text = call.String(1).Span;
        if (!call[2].IsBoolean || call[2].IsTruthy) text = text.TrimStart(" \t\n\r"u8);
        if (!call[3].IsBoolean || call[3].IsTruthy) text = text.TrimEnd(" \t\n\r"u8);
        return call.Return(call.State.NewString(text.ToArray()));
    }
}
