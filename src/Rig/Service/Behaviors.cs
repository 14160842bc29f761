namespace AirHil.Rig.Service;

/// <summary>
/// Sends every message back unchanged: AirTun's /ws/echo2 (reference §9), and "echo" of the command line.
/// </summary>
public sealed record EchoFrames : MessageBehavior
{
    public override void React(ServiceMessage message, IList<ServiceMessage> answers) => answers.Add(message);
}

/// <summary>Takes everything, says nothing; pings are still answered.</summary>
public sealed record Silent : MessageBehavior
{
    public override void React(ServiceMessage message, IList<ServiceMessage> answers)
    {
    }
}

/// <summary>One rule of <see cref="Answers"/>: the exact text of a message, and the text of its answer.</summary>
public sealed record AnswerRule(string Asked, string Answer);

/// <summary>Answers known texts by the first rule that matches exactly, and nothing else.</summary>
public sealed record Answers(IReadOnlyList<AnswerRule> Rules) : MessageBehavior
{
    public override void React(ServiceMessage message, IList<ServiceMessage> answers)
    {
        var text = message.Text;
        foreach (var rule in Rules)
        {
            if (!string.Equals(rule.Asked, text, StringComparison.Ordinal)) continue;
            answers.Add(ServiceMessage.Of(rule.Answer) with { IsText = message.IsText });
            return;
        }
    }

    public bool Equals(Answers? other) => other is not null && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => Rules.Count;
}

/// <summary>
/// The errDump server: every datagram is answered by OK (reference §7.3), 0.57 s after IP_READY in the golden trace
/// (§12).
/// </summary>
internal sealed record ErrDumpAnswer : MessageBehavior
{
    private static readonly ServiceMessage Ok = new("OK"u8.ToArray(), false);

    /// <summary>The server's own time: the trace's 0.57 s without DNS and one round trip.</summary>
    public override TimeSpan AnswerDelay => TimeSpan.FromMilliseconds(400);

    public override void React(ServiceMessage message, IList<ServiceMessage> answers) => answers.Add(Ok);
}
