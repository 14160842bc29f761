using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>The text of a failed expectation: what, the events around with their times, and the likely cause.</summary>
internal static class FailureReport
{
    /// <summary>How many lines of events are shown.</summary>
    public const int Lines = 10;

    public static string Write(
        string what, IReadOnlyList<(Sighting Sighting, string Again)> around, Sighting? culprit, string? hint)
    {
        var text = new StringBuilder(what);
        text.Append(around.Count == 0 ? "\n  nothing was recorded" : "\n  the events before:");
        foreach (var (sighting, again) in around)
        {
            text.Append(sighting.Index == culprit?.Index ? "\n  > " : "\n    ").Append(Line(sighting.Event))
                .Append(again);
        }

        if (hint is not null) text.Append("\n  likely cause: ").Append(hint);
        return text.ToString();
    }

    /// <summary>One event on one line: run's time, modem, kind or tick, and what it says.</summary>
    public static string Line(SessionEvent e)
    {
        var at = e.At.TotalSeconds.ToString("0000.000000", CultureInfo.InvariantCulture);
        var modem = e.Modem is "" or Bench.OnlyModem ? "" : $" modem {e.Modem}";
        var kind = e is { Lane: SessionLane.Log, Tick: { } tick }
            ? string.Create(CultureInfo.InvariantCulture, $"log [{tick.TotalSeconds:0.000}]")
            : e.Kind;
        var said = e.Text.Length > 0 ? TextView.Visible(e.Text, 160) : "";
        var bytes = e.Bytes.Length > 0 && e.Lane != SessionLane.Log ? " " + TextView.Visible(e.Bytes.Span, 160) : "";
        return $"{at}{modem} {kind} {said}{bytes}".TrimEnd();
    }
}
