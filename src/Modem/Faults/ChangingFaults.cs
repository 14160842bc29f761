using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>A fault that is another one at each time: plain faults take each other's place while it acts.</summary>
public abstract record ChangingFault : NetworkFault
{
    /// <summary>What it is so long after its begin; null: nothing.</summary>
    public abstract NetworkFault? Now(TimeSpan elapsed);

    /// <summary>When it changes next, counted from its begin; null: it stays as it is.</summary>
    public abstract TimeSpan? NextChange(TimeSpan elapsed);
}

/// <summary>
/// The signal goes from some values to others, by one decibel of the value that changes most at a time, and stays
/// there.
/// </summary>
/// <param name="Over">1 ms or more; then it has the last values.</param>
public sealed record FadeSignal(ChangeSignal From, ChangeSignal To, TimeSpan Over) : ChangingFault
{
    public override string Needs => Capability.Cell;

    public override TimeSpan Extent => Over;

    internal override string Words => string.Create(
        CultureInfo.InvariantCulture, $"fade {Values(From)} to {Values(To)} over {FaultPhrase.Duration(Over)}");

    private int Steps => Math.Max(
        1,
        Math.Max(
            Math.Abs(To.RsrpDbm - From.RsrpDbm),
            Math.Max(Math.Abs(To.RsrqDb - From.RsrqDb), Math.Abs(To.SnrDb - From.SnrDb))));

    public override Fault WithExtent(TimeSpan extent) => this with { Over = extent };

    public override NetworkFault Now(TimeSpan elapsed)
    {
        var step = StepAt(elapsed);
        return new ChangeSignal(
            Between(From.RsrpDbm, To.RsrpDbm), Between(From.RsrqDb, To.RsrqDb), Between(From.SnrDb, To.SnrDb));

        int Between(int from, int to) => from + ((to - from) * step / Steps);
    }

    public override TimeSpan? NextChange(TimeSpan elapsed)
    {
        var next = StepAt(elapsed) + 1;
        return next > Steps ? null : new TimeSpan(((Over.Ticks * next) + Steps - 1) / Steps);
    }

    private int StepAt(TimeSpan elapsed) => elapsed >= Over ? Steps : (int)(elapsed.Ticks * Steps / Over.Ticks);

    private static string Values(ChangeSignal signal) =>
        string.Create(CultureInfo.InvariantCulture, $"{signal.RsrpDbm} {signal.RsrqDb} {signal.SnrDb}");
}

/// <summary>
/// Nothing passes either way for a short time, again and again, and neither end gets an error: at the edge of a cell.
/// </summary>
/// <param name="Gap">1 ms or more. The first begins at once.</param>
/// <param name="Every">From the begin of one to that of the next; more than <paramref name="Gap"/>.</param>
public sealed record InterruptLink(TimeSpan Gap, TimeSpan Every) : ChangingFault
{
    public override TimeSpan Extent => Gap;

    internal override string Words =>
        $"interrupt link {FaultPhrase.Duration(Gap)} every {FaultPhrase.Duration(Every)}";

    public override Fault WithExtent(TimeSpan extent) => this with { Gap = extent };

    public override NetworkFault? Now(TimeSpan elapsed) => elapsed.Ticks % Every.Ticks < Gap.Ticks
        ? new BlackHole()
        : null;

    public override TimeSpan? NextChange(TimeSpan elapsed)
    {
        var start = new TimeSpan(elapsed.Ticks - (elapsed.Ticks % Every.Ticks));
        return elapsed < start + Gap ? start + Gap : start + Every;
    }
}
