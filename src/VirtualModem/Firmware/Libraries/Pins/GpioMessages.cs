using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>An interrupt on its way to the script: the callback gets the level of the interrupt and the pin.</summary>
internal sealed class PinInterrupted(GpioState.Slot slot, int pin, bool level) : IMailboxMessage
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"interrupt of pin {pin}");

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        if (slot.Callback.Function.IsNil) yield break;
        yield return NativeStep.Call(slot.Callback.Function, LuaValue.Integer(level ? 1 : 0), LuaValue.Integer(pin));
    }
}

/// <summary>
/// A pin that was debounced by a delay. The callback gets the level alone, and only where the pin still has it and it
/// fits the edge (l_gpio_debounce_timer_handler).
/// </summary>
internal sealed class PinDebounced(FirmwareHost host, int pin) : IMailboxMessage
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"debounced pin {pin}");

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        var slot = host.Gpio.Slots[pin];
        var level = slot.LastLevel;
        if (slot.Callback.Function.IsNil || level != host.Pins.Read(pin)) yield break;
        if (slot.DebounceMode != 0 && !Fits(slot.Edge, level)) yield break;
        yield return NativeStep.Call(slot.Callback.Function, LuaValue.Integer(level ? 1 : 0));
    }

    private static bool Fits(int edge, bool level) => edge switch
    {
        GpioLibrary.Rising or GpioLibrary.HighLevel => level,
        GpioLibrary.Falling or GpioLibrary.LowLevel => !level,
        _ => true,
    };
}

/// <summary>gpio.caplevel has measured: the callback gets the length in µs, by the edges known when it runs.</summary>
internal sealed class LevelCaptured(GpioState gpio, int pin) : IMailboxMessage
{
    /// <summary>Ticks of the counter in a microsecond.</summary>
    private const float TicksPerUs = 26;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"captured level of pin {pin}");

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        var callback = gpio.Slots[pin].Callback.Function;
        if (callback.IsNil) yield break;
        var ticks = unchecked((ulong)(gpio.CaptureLevel == 1
            ? gpio.FallingTick - gpio.RisingTick
            : gpio.RisingTick - gpio.FallingTick));
        yield return NativeStep.Call(callback, LuaValue.Float(ticks / TicksPerUs));
    }
}
