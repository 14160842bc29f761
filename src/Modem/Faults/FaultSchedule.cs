namespace AirHil.Modem.Faults;

/// <summary>
/// What goes wrong in a run, in order: values that can be written, read, compared, generated and shortened.
/// </summary>
public sealed record FaultSchedule(IReadOnlyList<ScheduledFault> Faults)
{
    public static FaultSchedule Empty { get; } = new([]);

    /// <summary>
    /// Every beginning and every end in the order in which they are to be performed; at one time ends come first.
    /// </summary>
    public IReadOnlyList<(TimeSpan At, Fault Fault, bool Begins)> Moments()
    {
        var moments = new List<(TimeSpan At, Fault Fault, bool Begins)>();
        foreach (var item in Faults)
        {
            moments.Add((item.At, item.Fault, true));
            if (item.For is { } duration && !item.Fault.IsMoment) moments.Add((item.At + duration, item.Fault, false));
        }

        return [.. moments.OrderBy(m => m.At).ThenBy(m => m.Begins)];
    }

    /// <summary>Reads one scheduled fault a line; empty lines and lines that begin with # are skipped.</summary>
    public static FaultSchedule Parse(string text)
    {
        var faults = new List<ScheduledFault>();
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#') faults.Add(ScheduledFault.Parse(trimmed));
        }

        return new FaultSchedule(faults);
    }

    public bool Equals(FaultSchedule? other) => other is not null && Faults.SequenceEqual(other.Faults);

    public override int GetHashCode() => Faults.Count;

    public override string ToString() => string.Join('\n', Faults);
}
