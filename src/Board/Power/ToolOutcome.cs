namespace AirHil.Board.Power;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Null: it was stopped, since it took too long.</param>
/// <param name="Text">The end of what it wrote to its output and its error output.</param>
internal sealed record ToolOutcome(int? ExitCode, string Text)
{
    public string Describe() =>
        (ExitCode is { } code ? $"exit code {code}" : $"stopped after {ToolRun.Limit.TotalSeconds} s")
        + (Text.Length == 0 ? ", and it said nothing" : $", and it said: {Text}");
}
