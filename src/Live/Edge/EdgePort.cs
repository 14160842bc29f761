using System.Globalization;

namespace AirHil.Live.Edge;

/// <summary>The real port of a service.</summary>
/// <param name="Host">The service's host, as its URL has it.</param>
/// <param name="Port">The service's port, as its URL has it.</param>
/// <param name="ListenPort">Where the edge listens for it, 1 to 65535.</param>
public sealed record EdgePort(string Host, int Port, int ListenPort)
{
    /// <summary>Reads "HOST:PORT=LISTEN-PORT".</summary>
    /// <exception cref="FormatException">The text is not valid.</exception>
    public static EdgePort Parse(string text)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && Upstream.TryParsePlace(parts[0], out var host, out var port)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var listen)
            && listen is > 0 and < 65536)
        {
            return new EdgePort(host, port, listen);
        }

        throw new FormatException(
            $"'{text}' is not a port of the edge; write HOST:PORT=LISTEN-PORT, such as echo.example:443=8443");
    }
}
