namespace AirHil.Rig.Service;

/// <summary>One place that a modem can reach, and how it behaves.</summary>
public sealed record Endpoint(ServiceUrl Url, EndpointBehavior Behavior)
{
    /// <summary>
    /// Reads "ws://host/path=echo", the form of the command line: URL, "=", behaviour
    /// (<see cref="EndpointBehavior.Parse"/>).
    /// </summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static Endpoint Parse(string text)
    {
        // A URL may hold "=" in its query: the first one that a behaviour follows parts the two.
        var split = text.IndexOf("://", StringComparison.Ordinal);
        while (split >= 0)
        {
            var next = text.IndexOf('=', split + 1);
            if (next < 0) break;
            split = next;
            if (EndpointBehavior.Begins(text[(split + 1)..])) break;
        }

        if (split < 0 || text[split] != '=')
        {
            throw new FormatException(
                $"'{text}' is not a service; write URL=BEHAVIOUR, such as ws://example.test/ws=echo");
        }

        return new Endpoint(ServiceUrl.Parse(text[..split]), EndpointBehavior.Parse(text[(split + 1)..]));
    }
}
