namespace AirHil.Modem.Acts;

/// <summary>
/// What is done to a module in a run, in order: values that can be written, read, compared, generated and shortened.
/// </summary>
public sealed record FaultSchedule(IReadOnlyList<ScheduledAct> Acts)
{
    public static FaultSchedule Empty { get; } = new([]);

    /// <summary>
    /// Every act in the order in which it is to be performed, the ends of faults that last among them; at one time ends
    /// come first.
    /// </summary>
    public IReadOnlyList<ScheduledAct> Moments()
    {
        var moments = new List<ScheduledAct>();
        foreach (var item in Acts)
        {
            if (item is { Behind: null, Act: BeginFault { For: { } duration, Fault: { IsMoment: false } fault } begin })
            {
                moments.Add(item with { Act = begin with { For = null } });
                moments.Add(new ScheduledAct(item.At + duration, new EndFault(fault) { Modem = begin.Modem }));
            }
            else
            {
                moments.Add(item);
            }
        }

        return [.. moments.OrderBy(m => m.At).ThenBy(m => m.Act is not EndFault)];
    }

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
