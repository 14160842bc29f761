using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AirHil.Steps.Support;

/// <summary>Values of fskv as JSON.</summary>
internal static class StoredJson
{
    /// <summary>Letters of other languages as they are.</summary>
    public static JsonSerializerOptions Plain { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="FormatException">It is no JSON, or null.</exception>
    public static JsonNode Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) ?? throw new FormatException("a key cannot hold null");
        }
        catch (JsonException)
        {
            throw new FormatException(
                $"a key's value is written as JSON: 3, true, \"text\" or {{\"a\":1}}; this is none: {json}");
        }
    }

    /// <summary>Whether two values are equal; of members the order does not matter.</summary>
    public static bool AreSame(JsonNode value, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.DeepEquals(value, JsonNode.Parse(json));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
