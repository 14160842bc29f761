namespace AirHil.Board.BenchFile;

/// <summary>How one part of a bench came off.</summary>
public enum CheckOutcome
{
    /// <summary>It was tried and works.</summary>
    Ok,

    /// <summary>It was tried and does not work.</summary>
    Failed,

    /// <summary>It was not tried.</summary>
    Skipped,
}

/// <summary>One part of a bench, and what came of looking at it.</summary>
/// <param name="Part">"log port", "reset", ….</param>
/// <param name="Text">What was seen, or why not, and what to do.</param>
public sealed record CheckLine(string Part, CheckOutcome Outcome, string Text);
