using System.Text;
using System.Text.Json;
using AirHil.Modem.Units;

namespace AirHil.Modem.Acts;

/// <summary>Phrases of files and keys: "file '/a.txt' holds 'TEXT'", "key 'boot' removed", "… watched".</summary>
internal static class StoredPhrase
{
    public static string Of(bool isKey, string name) => $"{(isKey ? "key" : "file")} {Escapes.Quote(name)}";

    public static string Format(PutStored put) =>
        Of(put.IsKey, put.Name) + (put.Content is { } content ? $" holds {Escapes.Quote(content.Span)}" : " removed");

    /// <exception cref="FormatException">It is no such phrase.</exception>
    public static Act Parse(bool isKey, string rest)
    {
        var (quoted, behind) = PhraseWords.Quoted(rest);
        var name = Encoding.UTF8.GetString(quoted);
        switch (PhraseWords.First(behind))
        {
            case ("watched", ""): return new WatchStored(isKey, name);
            case ("removed", ""): return new PutStored(isKey, name, null);
            case ("holds", var content) when PhraseWords.Quoted(content) is (var bytes, ""):
                if (isKey) Check(bytes);
                return new PutStored(isKey, name, bytes);
            default:
                throw new FormatException($"holds 'TEXT', removed or watched is expected here, got: {behind}");
        }
    }

    private static void Check(byte[] json)
    {
        try
        {
            using var value = UnicodeJson.Parse(json);
            if (value.RootElement.ValueKind == JsonValueKind.Null) throw new FormatException("a key cannot hold null");
        }
        catch (JsonException)
        {
            throw new FormatException(
                $"a key's value is written as JSON: 3, true, \"text\" or {{\"a\":1}}; this is none: " +
                Escapes.Quote(json));
        }
    }
}
