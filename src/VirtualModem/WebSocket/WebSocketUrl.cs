namespace AirHil.VirtualModem.WebSocket;

/// <summary>A URL as V1112 takes it apart (reference §3.2).</summary>
internal sealed record WebSocketUrl(string Host, int Port, string Path, bool Tls)
{
    /// <summary>Digits of a port that the firmware's buffer of 6 bytes takes, with the final zero.</summary>
    private const int PortDigits = 5;

    /// <summary>The firmware's host buffer, bytes with the final zero.</summary>
    public const int HostBuffer = 192;

    /// <summary>The firmware's path buffer, bytes with the final zero.</summary>
    public const int PathBuffer = 256;

    /// <summary>Longer parts overwrite the firmware's memory.</summary>
    public bool OverflowsBuffers { get; private init; }

    public static WebSocketUrl Parse(string url)
    {
        var tls = false;
        var rest = url;
        if (rest.StartsWith("wss://", StringComparison.Ordinal))
        {
            tls = true;
            rest = rest["wss://".Length..];
        }
        else if (rest.StartsWith("ws://", StringComparison.Ordinal))
        {
            rest = rest["ws://".Length..];
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 2 ? rest : rest[..slash];
        var path = slash < 2 ? "/" : rest[slash..];
        var port = 0;
        var overflow = false;
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            port = Number(host.AsSpan(colon + 1));
            overflow = host.Length - colon - 1 > PortDigits;
            if (colon > 0) host = host[..colon]; // An empty name counts as none: the whole is taken.
        }

        if (port == 0) port = tls ? 443 : 80;
        return new WebSocketUrl(host, port, path, tls)
        {
            OverflowsBuffers = overflow || host.Length >= HostBuffer || path.Length >= PathBuffer,
        };
    }

    /// <summary>atoi, kept to the 16 bits of the firmware's field.</summary>
    private static int Number(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t\n\v\f\r");
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+")) text = text[1..];
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) break;
            value = ((value * 10) + (c - '0')) & 0xFFFF;
        }

        return (negative ? -value : value) & 0xFFFF;
    }
}
