using AirHil.Modem.Units;

namespace AirHil.Live.Remote;

/// <summary>One message on the wire.</summary>
internal abstract record LinkMessage
{
    private LinkMessage()
    {
    }

    /// <summary>The client's first message on every connection.</summary>
    /// <param name="Board">The board it wants; "" for the only one there is; null: it only asks what there is.</param>
    /// <param name="Client">Who it is, for the others.</param>
    /// <param name="Session">The session to go on with; null: a new one.</param>
    /// <param name="Received">The last number that it received in that session.</param>
    public sealed record Hello(
        int Protocol, string AirHil = "unknown", string? Token = null, string Client = "somebody",
        string? Board = null, string? Session = null, [property: Within(0, long.MaxValue)] long Received = 0)
        : LinkMessage;

    /// <summary>The bench's answer.</summary>
    /// <param name="Session">The session; null where the client only asked.</param>
    /// <param name="Board">The board that the session holds.</param>
    /// <param name="Received">The last number that the bench received in the session.</param>
    /// <param name="Resume">How long the session outlives a lost connection.</param>
    /// <param name="Silence">After this long without a message a connection counts as lost.</param>
    public sealed record Welcome(
        int Protocol, string AirHil, [property: Within(0, 1_000)] IReadOnlyList<BoardOffer> Boards, string? Session,
        string? Board, [property: Within(0, long.MaxValue)] long Received, TimeSpan Resume, TimeSpan Silence)
        : LinkMessage;

    /// <summary>The conversation ends; the close follows.</summary>
    public sealed record Refused(RefusalReason Reason, string Text) : LinkMessage;

    /// <summary>All up to this number was taken and need not be kept any longer.</summary>
    public sealed record Ack([property: Within(0, long.MaxValue)] long Received) : LinkMessage;

    /// <summary>Sent by the bench; the session's time there is taken as it is sent.</summary>
    public sealed record Ping(TimeSpan At) : LinkMessage;

    public sealed record Pong : LinkMessage;

    /// <summary>The sender ends the session.</summary>
    public sealed record Bye(string Text) : LinkMessage;

    /// <summary>A message that must arrive once and in order.</summary>
    /// <param name="Number">From 1, by ones, in each direction of a session.</param>
    public sealed record Numbered([property: Within(1, long.MaxValue)] long Number, BenchMessage Message)
        : LinkMessage;
}
