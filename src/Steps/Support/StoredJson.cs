using System.Text.Encodings.Web;
using System.Text.Json;
using AirHil.Modem.Units;

namespace AirHil.Steps.Support;

/// <summary>Values of fskv as JSON.</summary>
internal static class StoredJson
{
    /// <summary>Letters of other languages as they are.</summary>
    public static JsonSerializerOptions Plain { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="FormatException">It is no JSON, or null.</exception>
    public static JsonElement Parse(string json)
    {
        try
        {
            using var value = UnicodeJson.Parse(json);
            return value.RootElement.ValueKind == JsonValueKind.Null
                ? throw new FormatException("a key cannot hold null")
                : value.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new FormatException(
                $"a key's value is written as JSON: 3, true, \"text\" or {{\"a\":1}}; this is none: {json}");
        }
    }

    /// <summary>Whether two values are equal; of members the order does not matter.</summary>
    public static bool AreSame(JsonElement value, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var other = UnicodeJson.Parse(json);
            return JsonElement.DeepEquals(value, other.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
