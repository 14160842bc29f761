using System.Text;
using System.Text.Json;

namespace AirHil.Modem.Units;

/// <summary>
/// JSON whose texts are Unicode. RFC 8259 allows an escape that is half of a surrogate pair, such as "\ud800" alone;
/// no text of .NET can be made of it, and whoever asks for one gets an InvalidOperationException.
/// </summary>
public static class UnicodeJson
{
    /// <exception cref="JsonException">It is not JSON, or has half of a surrogate pair.</exception>
    public static JsonDocument Parse(string text, bool allowsDuplicates = true) =>
        Parse(Encoding.UTF8.GetBytes(text), allowsDuplicates);

    /// <inheritdoc cref="Parse(string, bool)"/>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, bool allowsDuplicates = true)
    {
        var reader = new Utf8JsonReader(text.Span);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            var line = text.Span[..(int)reader.TokenStartIndex].Count((byte)'\n');
            throw new JsonException("a text has half of a surrogate pair", null, line, null);
        }

        return JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = allowsDuplicates });
    }
}
