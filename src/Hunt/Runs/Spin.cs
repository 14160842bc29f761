using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Runs;

/// <summary>
/// How long the script has kept the processor without a rest. It costs a hunt as much as thousands of quiet seconds.
/// </summary>
internal sealed class Spin
{
    /// <summary>How far apart the samples are from which it is read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What is kept so long is kept by a loop that does not end soon.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    /// <summary>A run is not worth more: a watchdog of the default 9 s has bitten twice.</summary>
    public static readonly TimeSpan MostOfRun = TimeSpan.FromSeconds(40);

    private const double Busy = 0.95;
    private TimeSpan _last;
    private TimeSpan _now;

    /// <summary>The longest time without a rest.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>All of it together.</summary>
    public TimeSpan Total { get; private set; }

    public void Feed(SessionEvent happened)
    {
        if (happened is not VitalsSampled { Vitals.CpuBusy: var busy }) return;
        var length = happened.At - _last;
        _last = happened.At;
        if (busy < Busy)
        {
            _now = TimeSpan.Zero;
            return;
        }

        _now += length;
        Total += length;
        if (_now > Longest) Longest = _now;
    }
}
