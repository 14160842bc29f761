using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Clock;

/// <summary>
/// The module's UTC clock: an obviously old date until the network (or the script) tells the time, then that time; it
/// runs on over resets and is lost when the supply goes (reference §1.4, §4.7).
/// </summary>
/// <param name="parameters">Where the world's calendar and the date of an unset clock come from.</param>
internal sealed class Calendar(ModemParameters parameters)
{
    private DateTimeOffset? _zeroTime;
    private TimeSpan _powerOn;

    /// <summary>Quarter hours east of Greenwich (rtc.timezone); 32 is UTC+8.</summary>
    public int TimezoneQuarters { get; set; } = 32;

    /// <summary>What os.date adds to UTC: quarter hours are cut to whole hours (reference §1.4).</summary>
    public int OffsetSeconds => TimezoneQuarters / 4 * 3600;

    /// <summary>What the module believes.</summary>
    public DateTimeOffset UtcAt(TimeSpan now) =>
        _zeroTime is { } zero ? zero + now : parameters.UnsetDate + (now - _powerOn);

    public long UnixSecondsAt(TimeSpan now) => UtcAt(now).ToUnixTimeSeconds();

    /// <summary>The network has told the time.</summary>
    /// <param name="ahead">How far its clock is ahead of the world's.</param>
    public void Synchronise(TimeSpan ahead) => _zeroTime = parameters.StartDate + ahead;

    /// <summary>The script or SNTP sets the time.</summary>
    public void Set(DateTimeOffset utc, TimeSpan now) => _zeroTime = utc - now;

    /// <summary>The supply came on: nothing is known.</summary>
    public void ForgetAt(TimeSpan now)
    {
        _zeroTime = null;
        _powerOn = now;
        TimezoneQuarters = 32;
    }
}
