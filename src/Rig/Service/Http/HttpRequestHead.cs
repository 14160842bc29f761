using System.Text;

namespace AirHil.Rig.Service.Http;

/// <summary>
/// The head of an HTTP request, read without judging: names and values as they were sent, spaces around a value taken
/// away. Broken lines are skipped, as the raw bytes are recorded anyway.
/// </summary>
internal sealed record HttpRequestHead(
    string Method, string Target, string Version, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>The path without its query.</summary>
    public string Path =>
        Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? Target[..query] : Target;

    /// <summary>The first value of a header, by its name in any case; null where it is missing.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, value) in Headers)
            {
                if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
            }

            return null;
        }
    }

    /// <summary>A comma-separated header contains a token, in any case.</summary>
    public bool HasToken(string name, string token)
    {
        foreach (var (key, value) in Headers)
        {
            if (!string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var part in value.Split(','))
            {
                if (string.Equals(part.Trim(), token, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }

    /// <summary>Reads a head, the bytes up to its blank line.</summary>
    /// <returns>Null where the first line is no request line.</returns>
    public static HttpRequestHead? Parse(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        var first = lines[0].TrimEnd('\r').Split(' ');
        if (first.Length != 3 || first[0].Length == 0 || first[1].Length == 0) return null;
        if (!first[2].StartsWith("HTTP/", StringComparison.Ordinal)) return null;
        var headers = new List<KeyValuePair<string, string>>();
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return new HttpRequestHead(first[0], first[1], first[2], headers);
    }
}
