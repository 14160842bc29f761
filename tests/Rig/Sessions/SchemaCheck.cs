using System.Text.Json;
using System.Text.RegularExpressions;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>
/// Checks values against the part of JSON Schema that docs/session.schema.json uses; a keyword that it does not know
/// fails, so that the schema cannot say more than is checked.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Words =
        ["$schema", "$id", "$defs", "title", "description"];

    public JsonElement Definition(string name) => root.GetProperty("$defs").GetProperty(name);

    public bool Fits(JsonElement value) => Fits(value, root);

    /// <summary>The names of the definitions that the root offers and that the value fits.</summary>
    public IEnumerable<string> Fitting(JsonElement value) => root.GetProperty("oneOf").EnumerateArray()
        .Where(one => Fits(value, one)).Select(one => one.GetProperty("$ref").GetString()!.Split('/')[^1]);

    private bool Fits(JsonElement value, JsonElement schema) =>
        schema.EnumerateObject().All(keyword => Fits(value, keyword.Name, keyword.Value, schema));

    private bool Fits(JsonElement value, string keyword, JsonElement wanted, JsonElement schema)
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        switch (keyword)
        {
            case "$ref":
                return Fits(value, root.GetProperty("$defs").GetProperty(wanted.GetString()!.Split('/')[^1]));
            case "oneOf":
                return wanted.EnumerateArray().Count(one => Fits(value, one)) == 1;
            case "anyOf":
                return wanted.EnumerateArray().Any(one => Fits(value, one));
            case "not":
                return !Fits(value, wanted);
            case "type":
                return IsOf(value, wanted.GetString()!);
            case "const":
                return value.GetRawText() == wanted.GetRawText();
            case "enum":
                return wanted.EnumerateArray().Any(one => one.GetRawText() == value.GetRawText());
            case "pattern":
                return value.ValueKind != JsonValueKind.String
                    || Regex.IsMatch(value.GetString()!, wanted.GetString()!);
            case "required":
                return !isObject || wanted.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "properties":
                return !isObject || wanted.EnumerateObject()
                    .All(p => !value.TryGetProperty(p.Name, out var member) || Fits(member, p.Value));
            case "additionalProperties":
                return !isObject || value.EnumerateObject()
                    .Where(m => !schema.TryGetProperty("properties", out var known)
                        || !known.TryGetProperty(m.Name, out _))
                    .All(m => Fits(m.Value, wanted));
            case "items":
                return value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(one => Fits(one, wanted));
            case "minItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= wanted.GetInt32();
            case "maxItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= wanted.GetInt32();
            default:
                return Words.Contains(keyword)
                    ? true
                    : throw new NotSupportedException($"the schema's keyword '{keyword}' is not checked here");
        }
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"the schema's type '{type}' is not checked here"),
    };
}
