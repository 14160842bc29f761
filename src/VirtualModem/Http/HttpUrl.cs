using System.Text;

using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Http;

/// <summary>
/// The method and the URL of <c>http.request</c>, taken apart as V1112 does it: all of it is bytes, read as Latin-1
/// (L:components/network/libhttp/luat_http_client.c, http_set_url).
/// </summary>
internal sealed class HttpUrl
{
    /// <summary>Bytes for the host with its end; a longer one ends behind it.</summary>
    public const int HostBuffer = 256;

    private const int AuthorizationBuffer = 128;
    private const int LongestRequestLine = 8191;
    private const int ShortestRest = 5;

    private HttpUrl(bool tls, string host, int port, string requestLine, string? authorization)
    {
        Tls = tls;
        Host = host;
        Port = port;
        RequestLine = requestLine;
        Authorization = authorization;
    }

    public bool Tls { get; }
    public string Host { get; }

    /// <summary>0 to 65535; what does not fit is cut to 16 bits.</summary>
    public int Port { get; }

    /// <summary>With its end of line, but no longer than 8191 bytes.</summary>
    public string RequestLine { get; }

    /// <summary>The Authorization line of "user:password@"; null without one.</summary>
    public string? Authorization { get; }

    /// <summary>Whether the firmware writes past its buffer for this URL: no slash after a host of 254 bytes.</summary>
    public static bool Overflows(string url)
    {
        var rest = RestOf(url);
        return rest is not null && !rest.Contains('/', StringComparison.Ordinal) && rest.Length >= HostBuffer - 1;
    }

    /// <summary>Takes a request apart; null: refused, and the log tells why.</summary>
    /// <param name="takesAll">DELETE and PATCH, too.</param>
    public static HttpUrl? Parse(string method, string url, bool takesAll, FirmwareLog log)
    {
        var isKnown = method is "GET" or "POST" or "PUT" || (takesAll && method is ("DELETE" or "PATCH"));
        if (!isKnown) return Refuse(log, LogLevel.Error, $"NOT SUPPORT {method}");
        if (RestOf(url) is not { } rest) return Refuse(log, LogLevel.Info, $"only http/https supported {url}");
        if (rest.Length < ShortestRest) return Refuse(log, LogLevel.Info, $"url too short {url}");
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= HostBuffer) return Refuse(log, LogLevel.Info, $"host too long {url}");
        if (slash == 0) return Refuse(log, LogLevel.Info, $"host not found {url}");
        var place = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? "/" : rest[slash..];
        string? authorization = null;
        var at = place.IndexOf('@', 1);
        if (at is > 0 and < AuthorizationBuffer)
        {
            authorization = BasicLine(place[..at]);
            place = place[(at + 1)..];
        }

        var tls = url.StartsWith("https", StringComparison.Ordinal);
        var port = 0;
        if (place.Length > 1 && place.IndexOf(':', 1) is > 0 and var colon)
        {
            port = CNumber(place.AsSpan(colon + 1)) & 0xFFFF;
            place = place[..colon];
        }

        if (port == 0) port = tls ? 443 : 80;
        var line = $"{method} {path} HTTP/1.1\r\n";
        if (line.Length > LongestRequestLine) line = line[..LongestRequestLine];
        return new HttpUrl(tls, place, port, line, authorization);
    }

    private static string? RestOf(string url)
    {
        if (url.StartsWith("https://", StringComparison.Ordinal)) return url["https://".Length..];
        return url.StartsWith("http://", StringComparison.Ordinal) ? url["http://".Length..] : null;
    }

    private static HttpUrl? Refuse(FirmwareLog log, LogLevel level, string text)
    {
        log.WriteBytes(level, HttpExchange.Tag, text);
        return null;
    }

    /// <summary>The room for the encoded text is twice the text, which is too little for 1, 2 and 4 bytes.</summary>
    private static string BasicLine(string credentials)
    {
        var encoded = Convert.ToBase64String(Encoding.Latin1.GetBytes(credentials));
        if (encoded.Length + 1 > credentials.Length * 2) encoded = "";
        return $"Authorization: Basic {encoded}\r\n";
    }

    /// <summary>atoi of the chip's C library: white space, a sign, digits; it stays within 32 bits.</summary>
    public static int CNumber(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t\n\v\f\r");
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+') text = text[1..];
        long value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit)) break;
            value = Math.Min((value * 10) + (digit - '0'), 1L + int.MaxValue);
        }

        return negative ? (int)-value : (int)Math.Min(value, int.MaxValue);
    }
}
