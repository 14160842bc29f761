using AirHil.Modem.Sessions;

namespace AirHil.Reports;

/// <summary>A session as reports draw it.</summary>
/// <param name="Title">What to call it: "virtual", a file's name, ….</param>
/// <param name="Events">
/// Its events, samples of vitals among them, by time. They are read once, from first to last, and not kept.
/// </param>
public sealed record ReportSession(string Title, IEnumerable<SessionEvent> Events)
{
    /// <summary>The run's time at the end; null: that of the last event.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>The session's hash; "" where it is not known.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Calendar time at the run's time 0; null where it is not known.</summary>
    public DateTimeOffset? StartDate { get; init; }
}
