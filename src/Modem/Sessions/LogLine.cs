using System.Text;
using AirHil.Modem.Observation;

namespace AirHil.Modem.Sessions;

/// <summary>A record of the log port, and what it means.</summary>
public sealed record LogLine : SessionEvent
{
    /// <param name="at">The run's time.</param>
    /// <param name="tick">The module's own time since its last start.</param>
    /// <param name="bytes">The record as sent, without line end.</param>
    /// <param name="boot">Set on the first line after a start.</param>
    /// <param name="moment">What the line says; null where that is nothing known.</param>
    public LogLine(
        TimeSpan at, TimeSpan tick, ReadOnlyMemory<byte> bytes, Moment.Booted? boot = null, Moment? moment = null)
        : this(at, tick, Encoding.UTF8.GetString(bytes.Span), bytes, boot, moment)
    {
    }

    /// <summary>A line of text.</summary>
    public LogLine(TimeSpan at, TimeSpan tick, string text)
        : this(at, tick, text, Encoding.UTF8.GetBytes(text), null, null)
    {
    }

    internal LogLine(
        TimeSpan at, TimeSpan tick, string text, ReadOnlyMemory<byte> bytes, Moment.Booted? boot, Moment? moment)
        : base(at, bytes) => (Tick, Line, Boot, Moment) = (tick, text, boot, moment);

    public override SessionLane Lane => SessionLane.Log;

    /// <summary>The module's own time since its last start.</summary>
    public override TimeSpan? Tick { get; }

    /// <summary>The record as text: UTF-8, with bytes that are none replaced by U+FFFD.</summary>
    public string Line { get; }

    /// <summary>
    /// Set on the first line after a start; what it tells comes before <see cref="Moment"/>.
    /// </summary>
    public Moment.Booted? Boot { get; init; }

    /// <summary>What the line says; null where that is nothing known.</summary>
    public Moment? Moment { get; init; }
}
