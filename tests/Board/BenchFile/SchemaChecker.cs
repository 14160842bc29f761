using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AirHil.Board.Tests.BenchFile;

/// <summary>
/// Checks YAML against the part of JSON Schema that docs/bench.schema.json uses; a keyword that it does not know fails.
/// </summary>
internal sealed class SchemaChecker(JsonElement schema)
{
    private readonly List<string> _problems = [];

    /// <summary>What does not fit, by path.</summary>
    public IReadOnlyList<string> Check(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        _problems.Clear();
        Check(stream.Documents[0].RootNode, schema, "$");
        return [.. _problems];
    }

    private void Check(YamlNode node, JsonElement rule, string path)
    {
        foreach (var keyword in rule.EnumerateObject()) Check(node, rule, keyword, path);
    }

    private void Check(YamlNode node, JsonElement rule, JsonProperty keyword, string path)
    {
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description":
                break;
            case "$ref":
                Check(node, Resolve(keyword.Value.GetString()!), path);
                break;
            case "type":
                if (!IsType(node, keyword.Value.GetString()!)) _problems.Add($"{path}: no {keyword.Value.GetString()}");
                break;
            case "oneOf":
                if (keyword.Value.EnumerateArray().Count(r => Fits(node, r)) == 1) break;
                _problems.Add($"{path}: not one of the kinds");
                break;
            case "not":
                if (Fits(node, keyword.Value)) _problems.Add($"{path}: forbidden");
                break;
            default:
                if (CheckKeys(node as YamlMappingNode, rule, keyword, path)) break;
                if (CheckText(node is YamlScalarNode scalar ? scalar.Value ?? "" : null, keyword, path)) break;
                throw new NotSupportedException($"the checker does not know the keyword '{keyword.Name}'");
        }
    }

    /// <summary>The keywords about the keys of an object; false: it is none of them.</summary>
    private bool CheckKeys(YamlMappingNode? mapping, JsonElement rule, JsonProperty keyword, string path)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "required":
                foreach (var key in value.EnumerateArray()) Require(mapping, key.GetString()!, path);
                return true;
            case "dependentRequired":
                foreach (var dependent in value.EnumerateObject().Where(d => Has(mapping, d.Name)))
                {
                    foreach (var key in dependent.Value.EnumerateArray()) Require(mapping, key.GetString()!, path);
                }

                return true;
            case "properties":
                Properties(mapping, rule, path);
                return true;
            case "additionalProperties":
                if (!rule.TryGetProperty("properties", out _)) Properties(mapping, rule, path);
                return true;
            case "propertyNames":
                foreach (var (key, _) in mapping ?? []) Check(key, value, $"{path} name {key}");
                return true;
            case "minProperties":
                if (mapping?.Children.Count < value.GetInt32()) _problems.Add($"{path}: too few keys");
                return true;
            case "maxProperties":
                if (mapping?.Children.Count > value.GetInt32()) _problems.Add($"{path}: too many keys");
                return true;
            default:
                return false;
        }
    }

    /// <summary>The keywords about a value that is a text or a number; false: it is none of them.</summary>
    private bool CheckText(string? text, JsonProperty keyword, string path)
    {
        var value = keyword.Value;
        string? problem;
        switch (keyword.Name)
        {
            case "const":
                problem = text == value.GetString() ? null : $"not '{value.GetString()}'";
                break;
            case "enum":
                problem = value.EnumerateArray().Any(e => e.GetString() == text) ? null : $"'{text}' is not listed";
                break;
            case "pattern":
                problem = text is not null && Regex.IsMatch(text, value.GetString()!) ? null : "pattern";
                break;
            case "minLength":
                problem = text?.Length < value.GetInt32() ? "too short" : null;
                break;
            case "minimum":
                problem = Number(text) < value.GetInt64() ? "too small" : null;
                break;
            case "maximum":
                problem = Number(text) > value.GetInt64() ? "too large" : null;
                break;
            default:
                return false;
        }

        if (problem is not null) _problems.Add($"{path}: {problem}");
        return true;
    }

    private void Properties(YamlMappingNode? mapping, JsonElement rule, string path)
    {
        if (mapping is null) return;
        var has = rule.TryGetProperty("properties", out var known);
        foreach (var (key, value) in mapping)
        {
            if (has && known.TryGetProperty(key.ToString(), out var own)) Check(value, own, $"{path}.{key}");
            else if (!rule.TryGetProperty("additionalProperties", out var other)) continue;
            else if (other.ValueKind == JsonValueKind.False) _problems.Add($"{path}.{key}: unknown");
            else Check(value, other, $"{path}.{key}");
        }
    }

    private bool Fits(YamlNode node, JsonElement rule)
    {
        var before = _problems.Count;
        Check(node, rule, "");
        var fits = _problems.Count == before;
        _problems.RemoveRange(before, _problems.Count - before);
        return fits;
    }

    private void Require(YamlMappingNode? mapping, string key, string path)
    {
        if (mapping is not null && !Has(mapping, key)) _problems.Add($"{path}: no {key}");
    }

    private static bool Has(YamlMappingNode? mapping, string key) =>
        mapping?.Children.ContainsKey(new YamlScalarNode(key)) ?? false;

    private JsonElement Resolve(string reference)
    {
        var at = schema;
        foreach (var part in reference.Split('/').Skip(1)) at = at.GetProperty(part);
        return at;
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    // Types of plain scalars after YAML's core schema.
    private static bool IsType(YamlNode node, string type)
    {
        if (node is not YamlScalarNode scalar) return type == "object" && node is YamlMappingNode;
        var quoted = scalar.Style is not ScalarStyle.Plain;
        var isNumber = !quoted && Number(scalar.Value) is not null;
        var isFlag = !quoted && scalar.Value is "true" or "false";
        var isNull = !quoted && scalar.Value is null or "" or "~" or "null";
        return type switch
        {
            "integer" => isNumber,
            "boolean" => isFlag,
            "string" => !isNumber && !isFlag && !isNull,
            _ => false,
        };
    }
}
