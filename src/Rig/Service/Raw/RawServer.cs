using System.Text.Json.Serialization;

namespace AirHil.Rig.Service.Raw;

/// <summary>What a server of plain TCP or UDP answers, as data.</summary>
/// <param name="Rules">The first one that fits and has a turn left answers.</param>
internal sealed record RawServer(IReadOnlyList<RawRule> Rules) : EndpointBehavior
{
    public bool Equals(RawServer? other) => other is not null && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => Rules.Count;
}

/// <summary>What is answered to a message: a datagram, or what came in one piece of a TCP connection.</summary>
/// <param name="To">When.</param>
/// <param name="Asked">The message, or how it begins; empty for a new connection.</param>
/// <param name="Answer">Empty: nothing is said.</param>
internal sealed record RawRule(RawTrigger To, ReadOnlyMemory<byte> Asked, ReadOnlyMemory<byte> Answer)
{
    /// <summary>From the message's last byte to the answer's first.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How often in all; null: always.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Times { get; init; }

    /// <summary>What is done with the connection behind the answer.</summary>
    public RawEnd Then { get; init; }

    public bool Fits(ReadOnlySpan<byte> message) => To switch
    {
        RawTrigger.Message => message.SequenceEqual(Asked.Span),
        RawTrigger.Beginning => message.StartsWith(Asked.Span),
        _ => false,
    };

    public bool Equals(RawRule? other) => other is not null && To == other.To
        && Asked.Span.SequenceEqual(other.Asked.Span) && Answer.Span.SequenceEqual(other.Answer.Span)
        && Delay == other.Delay && Times == other.Times && Then == other.Then;

    public override int GetHashCode() => HashCode.Combine(To, Asked.Length, Answer.Length);
}

/// <summary>What a rule answers.</summary>
internal enum RawTrigger
{
    /// <summary>A message that is exactly this.</summary>
    Message,

    /// <summary>A message that begins so.</summary>
    Beginning,

    /// <summary>A new connection.</summary>
    Connection,
}

/// <summary>What follows an answer.</summary>
internal enum RawEnd
{
    Nothing,

    /// <summary>FIN.</summary>
    Closes,

    /// <summary>RST.</summary>
    Resets,
}
