using System.Text.RegularExpressions;

namespace AirHil.Rig.Service.Machine;

/// <summary>Endpoints as the command line has them.</summary>
public static partial class EndpointText
{
    /// <summary>
    /// Reads "ws://host/path=echo": URL, "=", a short form of the protocol's behaviours, and for WebSockets perhaps
    /// ", at most 4096 bytes".
    /// </summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static Endpoint Parse(string text)
    {
        // A URL may hold "=" in its query: the first one that a behaviour follows parts the two.
        var split = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = split < 0 ? null : UrlScheme.Find(text[..split].Trim().ToLowerInvariant());
        while (split >= 0)
        {
            var next = text.IndexOf('=', split + 1);
            if (next < 0) break;
            split = next;
            if (scheme is not null && IsForm(scheme, text[(split + 1)..])) break;
        }

        if (split < 0 || text[split] != '=')
        {
            throw new FormatException(
                $"'{text}' is not a service; write URL=BEHAVIOUR, such as ws://example.test/ws=echo");
        }

        return Parse(ServiceUrl.Parse(text[..split]), text[(split + 1)..]);
    }

    /// <summary>Reads the behaviour of an endpoint.</summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static Endpoint Parse(ServiceUrl url, string behavior)
    {
        if (url.Scheme is not ("ws" or "wss") || Limited().Match(behavior) is not { Success: true } limited)
        {
            return new Endpoint(url, ProtocolTable.Read(url, behavior));
        }

        var limit = int.TryParse(limited.Groups[1].ValueSpan, out var bytes) ? bytes : int.MaxValue;
        return new Endpoint(url, ProtocolTable.Read(url, behavior[..limited.Index])) { MessageLimit = limit };
    }

    /// <summary>Reads a table of a feature.</summary>
    /// <param name="before">What the endpoint does already; null: it is new.</param>
    /// <exception cref="FormatException">The table is not valid; the message says what was expected.</exception>
    public static Endpoint Parse(ServiceUrl url, Endpoint? before, ServiceTable table) =>
        new(url, ProtocolTable.Of(url.Scheme).ReadTable(url, before?.Behavior, table));

    private static bool IsForm(UrlScheme scheme, string text)
    {
        try
        {
            var somewhere = new ServiceUrl(scheme.Name, "", 1, "/");
            return ProtocolTable.Of(scheme.Name).Read(somewhere, Limited().Replace(text, "").Trim()) is not null;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    [GeneratedRegex(@",\s*at most ([0-9]+) bytes\s*$")]
    private static partial Regex Limited();
}
