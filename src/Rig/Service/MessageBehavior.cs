namespace AirHil.Rig.Service;

/// <summary>
/// Answers whole messages, whatever carries them: a WebSocket, raw TCP (one chunk) or UDP (one datagram). One instance
/// serves all connections, so what it remembers it must key itself.
/// </summary>
public abstract record MessageBehavior : EndpointBehavior
{
    private const string AnswersPrefix = "answers ";

    /// <summary>What <see cref="Read"/> knows, in words.</summary>
    internal const string Forms = "echo, airtun, silent or 'answers X=>Y'";

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
    /// <returns>Null where the text is none of these.</returns>
    /// <exception cref="FormatException">A rule is not valid; the message says what was expected.</exception>
    internal static MessageBehavior? Read(string text)
    {
        if (Named(text) is { } named) return named;
        if (!text.StartsWith(AnswersPrefix, StringComparison.Ordinal)) return null;
        var rules = new List<AnswerRule>();
        foreach (var part in text[AnswersPrefix.Length..].Split('|'))
        {
            var arrow = part.IndexOf("=>", StringComparison.Ordinal);
            if (arrow < 0) throw new FormatException($"'{part}' is not a rule; write it as X=>Y");
            rules.Add(new AnswerRule(part[..arrow].Trim(), part[(arrow + 2)..].Trim()));
        }

        return new Answers(rules);
    }

    /// <summary>Reads a table with the columns "to" and "with".</summary>
    /// <exception cref="FormatException">The table is not valid.</exception>
    internal static Answers ReadTable(ServiceTable table) =>
        new([.. table.Read(["to", "with"], []).Select(row => new AnswerRule(row.Text("to"), row.Text("with")))]);

    private static MessageBehavior? Named(string text) => text switch
    {
        "echo" or "echo2" or "echoes" => new EchoFrames(),
        "airtun" => new AirTunEcho(),
        "silent" or "stays silent" => new Silent(),
        _ => null,
    };
}
