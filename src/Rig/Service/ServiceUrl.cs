using System.Globalization;

namespace AirHil.Rig.Service;

/// <summary>
/// Where an endpoint is: a scheme such as wss, http or mqtt, a host, a port and (where the scheme has one) a path with
/// its query.
/// </summary>
public sealed record ServiceUrl(string Scheme, string Host, int Port, string Path)
{
    public ServiceTransport Transport => UrlScheme.Find(Scheme)?.Transport ?? ServiceTransport.Tcp;

    /// <summary>Several endpoints may share its port, told apart by their paths.</summary>
    internal bool HasPath => UrlScheme.Find(Scheme)?.HasPath ?? false;

    /// <summary>
    /// Reads a URL. The port may be left out where the scheme has one of its own; the path is "/" where missing.
    /// </summary>
    /// <exception cref="FormatException">The text is no such URL; the message says what was expected.</exception>
    public static ServiceUrl Parse(string text)
    {
        var trimmed = text.Trim();
        var split = trimmed.IndexOf("://", StringComparison.Ordinal);
        var name = split < 0 ? "" : trimmed[..split].ToLowerInvariant();
        if (UrlScheme.Find(name) is not { } scheme)
        {
            var known = UrlScheme.All.Select(s => s.Name + "://").ToArray();
            throw new FormatException(
                $"'{text}' is not the URL of a service; it must begin with {string.Join(", ", known[..^1])} or " +
                known[^1]);
        }

        var rest = trimmed[(split + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "/" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        var colon = authority.LastIndexOf(':');
        var host = (colon < 0 ? authority : authority[..colon]).ToLowerInvariant();
        var port = scheme.DefaultPort ?? 0;
        if (colon >= 0
            && !int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            port = 0;
        }

        if (port is < 1 or > 65535) throw new FormatException($"'{text}' has no port from 1 to 65535");
        if (host.Length is 0 or > 253 || host.AsSpan().ContainsAny(' ', '@', '='))
        {
            throw new FormatException($"'{text}' has no host name");
        }

        return new ServiceUrl(name, host, port, path);
    }

    /// <summary>The URL without a port that its scheme implies.</summary>
    public override string ToString()
    {
        var port = Port == UrlScheme.Find(Scheme)?.DefaultPort
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $":{Port}");
        return $"{Scheme}://{Host}{port}{(HasPath ? Path : "")}";
    }
}
