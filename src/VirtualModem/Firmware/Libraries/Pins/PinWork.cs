using AirHil.Lua.Run;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Pins;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// Pins that C code drives and reads in loops of microseconds. What is around the module goes on meanwhile; Lua
/// does not.
/// </summary>
internal sealed class PinWork(FirmwareHost host)
{
    private PinBank Pins => host.Pins;

    /// <summary>
    /// The pin becomes an output (luat_gpio_mode): it begins with the level of its pull, and gets the wanted one at
    /// once.
    /// </summary>
    public void Output(int pin, bool level, bool pullUp = true)
    {
        if (Pins.SetOutput(pin, pullUp)) Pins.Write(pin, level);
    }

    /// <summary>The pin becomes an input with pull-up.</summary>
    public void Input(int pin) => Pins.SetInput(pin, PinDrive.PullUp);

    public void Set(int pin, bool level) => Pins.Write(pin, level);

    /// <summary>The level of an input; an output reads low.</summary>
    public bool Get(int pin) => Pins.Read(pin);

    /// <summary>The processor counts so many microseconds.</summary>
    public NativeStep Wait(double microseconds) => host.Cpu.Poll(TimeSpan.FromMicroseconds(microseconds));

    /// <summary>
    /// Looks once a microsecond, so many times, until the pin has left the level. The counter tells how often.
    /// </summary>
    public IEnumerable<NativeStep> WaitWhile(int pin, bool level, int most, Counter counter)
    {
        while (Get(pin) == level && counter.Value < most)
        {
            counter.Value++;
            yield return Wait(1);
        }
    }

    /// <summary>The number of looks, which some loops share.</summary>
    internal sealed class Counter
    {
        public int Value { get; set; }
    }
}
