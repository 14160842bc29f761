namespace AirHil.VirtualModem.WebSocket;

/// <summary>A URL as V1112 takes it apart (reference §3.2).</summary>
internal sealed record WebSocketUrl(string Host, int Port, string Path, bool Tls)
{
    /// <summary>The firmware's host buffer, bytes with the final zero.</summary>
    public const int HostBuffer = 192;

    /// <summary>The firmware's path buffer, bytes with the final zero.</summary>
    public const int PathBuffer = 256;

    /// <summary>Longer parts overwrite the firmware's memory.</summary>
    public bool OverflowsBuffers => Host.Length >= HostBuffer || Path.Length >= PathBuffer;

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
        var port = tls ? 443 : 80;
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            port = LeadingDigits(host.AsSpan(colon + 1));
            host = host[..colon];
        }

        return new WebSocketUrl(host, port, path, tls);
    }

    /// <summary>atoi, kept to the 16 bits of the firmware's field.</summary>
    private static int LeadingDigits(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) break;
            value = ((value * 10) + (c - '0')) & 0xFFFF;
        }

        return value;
    }
}
