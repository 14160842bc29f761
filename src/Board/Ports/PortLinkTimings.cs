namespace AirHil.Board.Ports;

/// <summary>The periods of a <see cref="PortLink"/>, in the wall clock's time.</summary>
public sealed record PortLinkTimings
{
    /// <summary>How often the system is asked whether the device is still there.</summary>
    public TimeSpan PresencePeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often an absent device is looked for.</summary>
    public TimeSpan AbsencePeriod { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The longest pause between two attempts to open a device that is there and cannot be opened; the pauses double
    /// up to it. A port may be busy for seconds after a plug-in (reference bench §1.3).
    /// </summary>
    public TimeSpan MostBackOff { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long <see cref="PortLink.Dispose"/> waits for its threads.</summary>
    public TimeSpan DisposeLimit { get; init; } = TimeSpan.FromSeconds(3);
}
