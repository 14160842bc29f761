using System.Globalization;

namespace AirHil.Rig.Service;

/// <summary>
/// Where an endpoint is: ws, wss, tcp or udp, a host, a port and (for ws and wss) a path with its query.
/// </summary>
public sealed record ServiceUrl(string Scheme, string Host, int Port, string Path)
{
    public ServiceTransport Transport => Scheme switch
    {
        "wss" => ServiceTransport.Tls,
        "udp" => ServiceTransport.Udp,
        _ => ServiceTransport.Tcp,
    };

    /// <summary>Speaks WebSocket; otherwise the raw bytes are the application's.</summary>
    public bool IsWebSocket => Scheme is "ws" or "wss";

    /// <summary>
    /// Reads a URL. The port may be left out for ws (80) and wss (443); the path is "/" where missing.
    /// </summary>
    /// <exception cref="FormatException">The text is no such URL; the message says what was expected.</exception>
    public static ServiceUrl Parse(string text)
    {
        var trimmed = text.Trim();
        var split = trimmed.IndexOf("://", StringComparison.Ordinal);
        var scheme = split < 0 ? "" : trimmed[..split].ToLowerInvariant();
        if (scheme is not ("ws" or "wss" or "tcp" or "udp"))
        {
            throw new FormatException(
                $"'{text}' is not the URL of a service; it must begin with ws://, wss://, tcp:// or udp://");
        }

        var rest = trimmed[(split + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "/" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        var colon = authority.LastIndexOf(':');
        var host = (colon < 0 ? authority : authority[..colon]).ToLowerInvariant();
        var port = scheme == "ws" ? 80 : scheme == "wss" ? 443 : 0;
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

        return new ServiceUrl(scheme, host, port, path);
    }

    /// <summary>The URL without a port that its scheme implies.</summary>
    public override string ToString()
    {
        var port =
            (Scheme, Port) is ("ws", 80) or ("wss", 443) ? "" : string.Create(CultureInfo.InvariantCulture, $":{Port}");
        return $"{Scheme}://{Host}{port}{(IsWebSocket ? Path : "")}";
    }
}
