using AirHil.Modem;
using AirHil.Modem.Messages;

namespace AirHil.VirtualModem;

/// <summary>
/// Looks at a module whenever it is about to do something and an interval has passed. It sets no alarm: a wake-up of
/// its own could change the order in which others act at the same time.
/// </summary>
internal sealed class VitalsSampler
{
    private PowerCycle? _seen;
    private TimeSpan _last;
    private TimeSpan _usedBefore;

    public void Sample(PowerCycle? cycle, TimeSpan interval, TimeSpan now, Action<ModemOutput, TimeSpan> emit)
    {
        if (cycle?.Task.State is not { } lua) return;
        if (!ReferenceEquals(cycle, _seen))
        {
            // The first sample of a power cycle tells where its heap begins.
            (_seen, _last, _usedBefore) = (cycle, cycle.Board.Clock.StartedAt, TimeSpan.Zero);
        }
        else if (now - _last < interval)
        {
            return;
        }

        var host = cycle.Host;
        var used = host.Cpu.UsedUntil(now);
        var busy = now > _last ? Math.Clamp((used - _usedBefore) / (now - _last), 0, 1) : 0;
        (_last, _usedBefore) = (now, used);
        emit(
            new ModemReport.Vitals(
                lua.HeapUsed, lua.HeapPeak, lua.HeapLimit, host.SystemHeap.Used, host.SystemHeap.Peak,
                host.SystemHeap.Total, busy, host.Watchdog.Left(now), 2 * host.Watchdog.Timeout),
            now);
    }
}
