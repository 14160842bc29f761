namespace AirHil.Rig.Scenarios;

/// <summary>What an expectation waits for. A matcher holds no state; a <see cref="MatcherScan"/> of it does.</summary>
/// <param name="description">In words that complete "expected …": "the log to show 'x'".</param>
public abstract class Matcher(string description)
{
    public string Description { get; } = description;

    /// <summary>Only what this modem did; null means any.</summary>
    public string? Modem { get; init; }

    /// <summary>
    /// What most likely is wrong where it does not come, in one sentence; null: nobody knows. It is asked only where
    /// nothing else explains the failure.
    /// </summary>
    internal Func<Bench, string?>? Cause { get; init; }

    /// <summary>Begins to look, from a place in the session onwards.</summary>
    internal abstract MatcherScan Begin();

    public sealed override string ToString() => Description;
}
