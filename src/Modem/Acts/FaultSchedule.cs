namespace AirHil.Modem.Acts;

/// <summary>
/// What is done to a module in a run, in order: values that can be written, read, compared, generated and shortened.
/// </summary>
public sealed record FaultSchedule(IReadOnlyList<ScheduledAct> Acts)
{
    public static FaultSchedule Empty { get; } = new([]);

    /// <summary>Reads one scheduled act a line; empty lines and lines that begin with # are skipped.</summary>
    /// <exception cref="FormatException">A line is not valid; the message says what was expected.</exception>
    public static FaultSchedule Parse(string text)
    {
        var acts = new List<ScheduledAct>();
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#') acts.Add(ScheduledAct.Parse(trimmed));
        }

        return new FaultSchedule(acts);
    }

    public bool Equals(FaultSchedule? other) => other is not null && Acts.SequenceEqual(other.Acts);

    public override int GetHashCode() => Acts.Count;

    public override string ToString() => string.Join('\n', Acts);
}
