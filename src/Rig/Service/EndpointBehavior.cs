namespace AirHil.Rig.Service;

/// <summary>
/// How an endpoint answers. One instance serves all connections, so what it remembers it must key itself.
/// </summary>
public abstract record EndpointBehavior
{
    private const string AnswersPrefix = "answers ";

    /// <summary>
    /// From a message's last byte to the answer's first: 1 ms, so that the TCP ack comes first (reference §2.9, §12).
    /// </summary>
    public virtual TimeSpan AnswerDelay => TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Adds what is answered to one whole message (raw TCP: one chunk; UDP: one datagram, both as binary).
    /// </summary>
    public abstract void React(ServiceMessage message, IList<ServiceMessage> answers);

    /// <summary>
    /// Reads the short form of the command line: "echo", "airtun", "silent", or "answers X=>Y", several parted by "|".
    /// </summary>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static EndpointBehavior Parse(string text)
    {
        var trimmed = text.Trim();
        if (Named(trimmed) is { } named) return named;
        if (!trimmed.StartsWith(AnswersPrefix, StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not a behaviour; expected echo, airtun, silent or 'answers X=>Y'");
        }

        var rules = new List<AnswerRule>();
        foreach (var part in trimmed[AnswersPrefix.Length..].Split('|'))
        {
            var arrow = part.IndexOf("=>", StringComparison.Ordinal);
            if (arrow < 0) throw new FormatException($"'{part}' is not a rule; write it as X=>Y");
            rules.Add(new AnswerRule(part[..arrow].Trim(), part[(arrow + 2)..].Trim()));
        }

        return new Answers(rules);
    }

    internal static bool Begins(string text)
    {
        var trimmed = text.Trim();
        return Named(trimmed) is not null || trimmed.StartsWith(AnswersPrefix, StringComparison.Ordinal);
    }

    private static EndpointBehavior? Named(string text) => text switch
    {
        "echo" or "echo2" or "echoes" => new EchoFrames(),
        "airtun" => new AirTunEcho(),
        "silent" or "stays silent" => new Silent(),
        _ => null,
    };
}
