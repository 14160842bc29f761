using AirHil.Modem;
using AirHil.Modem.Units;

namespace AirHil.Board.Emulator;

/// <summary>
/// The module's way onto the USB bus: it enumerates again whenever the module becomes something else there, and the
/// cable can be pulled out.
/// </summary>
/// <param name="enumeration">From a start of the module to its ports.</param>
/// <param name="joined">The module is on the bus, in that mode.</param>
/// <param name="left">It is off the bus.</param>
/// <param name="told">Hears in words what happens to the cable.</param>
internal sealed class UsbCable(
    BoardTime time, TimeSpan enumeration, Action<UsbMode, TimeSpan> joined, Action<TimeSpan> left,
    Action<string, TimeSpan> told)
{
    private static readonly TimeSpan LongestUnplug = TimeSpan.FromSeconds(3);

    private UsbMode _present = UsbMode.Absent;
    private UsbMode _offered = UsbMode.Absent;
    private bool _isOut;
    private int _enumeration;

    /// <summary>The module leaves the bus, and comes back as what it is then.</summary>
    public void Offer(UsbMode mode, TimeSpan now)
    {
        _offered = mode;
        Leave(now);
        if (!_isOut) Enumerate(now);
    }

    /// <summary>The cable is pulled out, and plugged in again after that time. The module runs on.</summary>
    public void PullOut(TimeSpan duration, TimeSpan now)
    {
        if (_isOut) return;
        told($"the USB cable is pulled out for {DurationText.Format(duration)}", now);
        _isOut = true;
        Leave(now);
        time.At(now + duration, then =>
        {
            _isOut = false;
            told("the USB cable is plugged in", then);
            Enumerate(then);
        });
    }

    /// <summary>Plans to pull it out at random moments, so often on average.</summary>
    public void PlanPullingOut(TimeSpan mean, SplitMix64 random, TimeSpan now)
    {
        // Exponentially distributed gaps: at every moment it is equally likely.
        var gap = mean * -Math.Log(1 - random.NextDouble());
        time.At(now + gap, then =>
        {
            PullOut(TimeSpan.FromMilliseconds(1 + random.Below((int)LongestUnplug.TotalMilliseconds)), then);
            PlanPullingOut(mean, random, then);
        });
    }

    private void Enumerate(TimeSpan now)
    {
        var number = ++_enumeration;
        if (_offered == UsbMode.Absent) return;
        time.At(now + enumeration, then =>
        {
            if (number != _enumeration) return;
            _present = _offered;
            joined(_present, then);
        });
    }

    private void Leave(TimeSpan now)
    {
        _enumeration++;
        if (_present == UsbMode.Absent) return;
        _present = UsbMode.Absent;
        left(now);
    }
}
