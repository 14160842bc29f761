namespace AirHil.Live.Network;

/// <summary>Which hosts of the real world the modems may reach; the run's own services are always in reach.</summary>
public sealed class AllowedHosts
{
    private readonly IReadOnlyList<string>? _patterns;

    private AllowedHosts(IReadOnlyList<string>? patterns) => _patterns = patterns;

    /// <summary>All of them.</summary>
    public static AllowedHosts All { get; } = new(null);

    /// <summary>None but the run's own.</summary>
    public static AllowedHosts None { get; } = new([]);

    /// <summary>Only these: names, addresses, or "*.DOMAIN" for every name below a domain.</summary>
    /// <exception cref="FormatException">One of them is not valid.</exception>
    public static AllowedHosts Of(params IEnumerable<string> patterns)
    {
        string[] list = [.. patterns.Select(p => p.Trim().TrimEnd('.'))];
        foreach (var pattern in list)
        {
            var name = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern;
            if (name.Length is 0 or > 253 || name.AsSpan().ContainsAny("*/: @"))
            {
                throw new FormatException(
                    $"'{pattern}' is not a host to allow; write a name, an IPv4 address, or *.DOMAIN, without a port");
            }
        }

        return new AllowedHosts(list);
    }

    /// <summary>Whether a name or an address may be reached.</summary>
    public bool Contains(string host)
    {
        if (_patterns is null) return true;
        var name = host.AsSpan().TrimEnd('.');
        foreach (var pattern in _patterns)
        {
            if (name.Equals(pattern, StringComparison.OrdinalIgnoreCase)) return true;
            if (pattern.StartsWith("*.", StringComparison.Ordinal)
                && name.EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() =>
        _patterns is null ? "all hosts" : _patterns.Count == 0 ? "no hosts" : string.Join(", ", _patterns);
}
