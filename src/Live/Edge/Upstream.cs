using System.Globalization;

namespace AirHil.Live.Edge;

/// <summary>
/// A service of the user's own behind the edge: what arrives for <paramref name="Host"/> and <paramref name="Port"/> is
/// carried to the target and back, byte for byte, TLS included, with the run's faults in between.
/// </summary>
/// <param name="Host">The host as the script names it.</param>
/// <param name="Port">The port as the script names it, 1 to 65535.</param>
/// <param name="TargetHost">Where the service runs.</param>
/// <param name="TargetPort">Where it listens, 1 to 65535.</param>
public sealed record Upstream(string Host, int Port, string TargetHost, int TargetPort)
{
    /// <summary>Reads "HOST:PORT=TARGET:PORT".</summary>
    /// <exception cref="FormatException">The text is not valid.</exception>
    public static Upstream Parse(string text)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && TryParsePlace(parts[0], out var host, out var port)
            && TryParsePlace(parts[1], out var target, out var targetPort))
        {
            return new Upstream(host, port, target, targetPort);
        }

        throw new FormatException(
            $"'{text}' is not an upstream; write HOST:PORT=TARGET:PORT, such as api.example:443=127.0.0.1:8443");
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}={TargetHost}:{TargetPort}");

    internal static bool TryParsePlace(string text, out string host, out int port)
    {
        var colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon].ToLowerInvariant();
        port = 0;
        return host.Length is > 0 and <= 253 && !host.AsSpan().ContainsAny(" @/:=")
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and < 65536;
    }
}
