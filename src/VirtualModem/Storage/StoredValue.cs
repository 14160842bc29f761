using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// A value as fskv stores it: a byte that names its type, and its bytes (L:components/fskv/luat_lib_fskv.c).
/// </summary>
internal static class StoredValue
{
    // The first byte: the type's number in lua.h.
    public const byte BooleanMark = 1;
    public const byte FloatMark = 3;
    public const byte StringMark = 4;
    public const byte TableMark = 5;
    public const byte IntegerMark = 19;

    /// <summary>
    /// The value as JSON; a text that is no UTF-8 has U+FFFD in it, and a number that JSON does not know is a text.
    /// Null: the key was made, and nothing is in it yet.
    /// </summary>
    public static byte[]? ToJson(byte[] stored)
    {
        if (stored.Length < 2) return stored is [StringMark] ? "\"\""u8.ToArray() : null;
        var body = stored.AsSpan(1);
        JsonNode? value = stored[0] switch
        {
            BooleanMark => body[0] != 0,
            IntegerMark => Integer(body),
            FloatMark => OfFloat(BinaryPrimitives.ReadSingleBigEndian(body)),
            StringMark => Encoding.UTF8.GetString(body),
            _ => null,
        };
        return value is null ? body.ToArray() : JsonSerializer.SerializeToUtf8Bytes(value, Plain);
    }

    /// <summary>A float as it is stored.</summary>
    public static byte[] Of(float number)
    {
        var bytes = new byte[sizeof(float) + 1];
        bytes[0] = FloatMark;
        BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    /// <summary>The integer behind its mark, in the width of the build that stored it.</summary>
    public static long Integer(ReadOnlySpan<byte> body) => body.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(body)
        : BinaryPrimitives.ReadInt64LittleEndian(body);

    /// <summary>Null: it is no JSON, or the value null.</summary>
    public static byte[]? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref reader) switch
            {
                { ValueKind: JsonValueKind.True } => [BooleanMark, 1],
                { ValueKind: JsonValueKind.False } => [BooleanMark, 0],
                { ValueKind: JsonValueKind.String } text =>
                    [StringMark, .. Encoding.UTF8.GetBytes(text.GetString()!)],
                { ValueKind: JsonValueKind.Number } number => OfNumber(number),
                { ValueKind: JsonValueKind.Null } => null,
                _ => [TableMark, .. json],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Plain { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonNode OfFloat(float number) => float.IsFinite(number)
        ? number
        : float.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";

    private static byte[] OfNumber(JsonElement number)
    {
        if (!number.TryGetInt32(out var whole)) return Of(number.GetSingle());
        var bytes = new byte[sizeof(int) + 1];
        bytes[0] = IntegerMark;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), whole);
        return bytes;
    }
}
