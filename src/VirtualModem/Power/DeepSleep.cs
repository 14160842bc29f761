using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Pins;

namespace AirHil.VirtualModem.Power;

/// <summary>
/// A module in a sleep that has ended its script: nothing but the always-on domain works. It waits for a timer, a
/// wake-up pad, the power key or UART 1 (hardware reference §8.5).
/// </summary>
/// <param name="mode">How deep it is.</param>
/// <param name="timers">When the timers expire.</param>
/// <param name="pads">The wake-up pads that interrupt, with their edges and their levels at the last look.</param>
/// <param name="hearsUart">Whether UART 1 has a rate of the low-power UART.</param>
internal sealed class DeepSleep(
    SleepMode mode, TimeSpan?[] timers, Dictionary<int, (PinEdge Edge, bool WasHigh)> pads, bool hearsUart)
{
    /// <summary>When the first timer expires; null: none runs.</summary>
    public TimeSpan? Next => timers.Min();

    /// <summary>The timer that is due.</summary>
    public WakeUp? Expire(TimeSpan now)
    {
        for (var id = 0; id < timers.Length; id++)
        {
            if (!(timers[id] <= now)) continue;
            timers[id] = null;
            return new WakeUp(mode, WakeSource.Timer, id);
        }

        return null;
    }

    /// <summary>The rig holds a pin in another way.</summary>
    public WakeUp? WireChanged(int pin, bool isHigh)
    {
        if (pin == ModulePin.PowerKey) return isHigh ? null : new WakeUp(mode, WakeSource.PowerKey, 0);
        if (!pads.TryGetValue(pin, out var pad) || pad.WasHigh == isHigh) return null;
        pads[pin] = (pad.Edge, isHigh);
        var wakes = pad.Edge == PinEdge.Both || pad.Edge == (isHigh ? PinEdge.Rising : PinEdge.Falling);
        return wakes ? new WakeUp(mode, WakeSource.Pad, pin) : null;
    }

    /// <summary>Bytes come to a serial line. They are lost.</summary>
    public WakeUp? Arriving(int port) =>
        port == 1 && hearsUart ? new WakeUp(mode, WakeSource.Uart, 0) : null;
}
