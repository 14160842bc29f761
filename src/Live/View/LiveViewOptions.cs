namespace AirHil.Live.View;

/// <summary>What the page's head tells, and how much it keeps.</summary>
public sealed record LiveViewOptions
{
    public string Title { get; init; } = "live";

    public string Target { get; init; } = "";

    public ulong? Seed { get; init; }

    /// <summary>
    /// How many characters of packed events are kept for browsers that come late; oldest dropped. An event takes
    /// about ten.
    /// </summary>
    public long MostHistory { get; init; } = 64L << 20;
}
