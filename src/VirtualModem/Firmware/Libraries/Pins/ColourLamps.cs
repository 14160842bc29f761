using System.Numerics;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// The three ways in which <c>sensor</c> drives WS2812B lamps: by a pin, by a timer and by SPI. The bits of the first
/// two take 1.25 µs each and are seen as pulses.
/// </summary>
internal static class ColourLamps
{
    private const uint BitHertz = 800_000;
    private const uint SpiHertz = 5_000_000;
    private const int OneDuty = 660;
    private const int ZeroDuty = 330;

    /// <summary>The timing is in the arguments, which the driver counts in its own loops.</summary>
    public static int ByPin(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var pin = call.Int(1);
        var data = Data(call) ?? throw NullPointer.Error(call, "sensor.ws2812b without data");
        for (var i = 3; i <= 7; i++) _ = call.IntOr(i, 0);
        var work = new PinWork(host);
        work.Output(pin, false, false);
        if ((uint)pin >= ModulePin.Wakeup0 || data.Length == 0) return call.Return();
        host.Pins.SetPulses(pin, BitHertz, Duty(data), (uint)data.Length * 8);
        host.Cpu.Take(TimeSpan.FromSeconds(data.Length * 8.0 / BitHertz));
        work.Output(pin, false, false);
        return call.Return();
    }

    /// <summary>Each bit sets the timer up for one pulse.</summary>
    public static int ByTimer(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var channel = call.Int(1);
        if (Data(call) is not { } data) return call.Return();
        return call.Continue(frame => Pulsing(frame, host, channel, data));
    }

    private static IEnumerator<NativeStep> Pulsing(NativeFrame frame, FirmwareHost host, int channel, byte[] data)
    {
        for (var i = 0; i < data.Length * 8; i++)
        {
            var isOne = (data[i / 8] & (0x80 >> (i % 8))) != 0;
            if (!host.Pwm.Setup(channel, BitHertz, (uint)(isOne ? OneDuty : ZeroDuty), 1))
            {
                host.Log.Write(LogLevel.Warn, "sensor", "luat_pwm_setup ret -1, end of PWM output");
                break;
            }

            host.Cpu.Take(host.Parameters.PwmSetupTime);
            if (frame.State.BudgetLeft <= 0) yield return NativeStep.Pause;
        }

        frame.Return();
    }

    public static int BySpi(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        if (Data(call) is not { } data) return call.Return();
        if (SpiLibrary.Controller(host, id) is not { } controller) return call.Return();
        controller.Setup(null, SpiHertz, true);
        var bits = new byte[data.Length * 8];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = (data[i / 8] & (0x80 >> (i % 8))) != 0 ? (byte)0xF8 : (byte)0xC0;
        }

        return call.Continue(frame => Sending(frame, controller, bits));
    }

    private static IEnumerator<NativeStep> Sending(NativeFrame frame, SpiController controller, byte[] bits)
    {
        foreach (var step in controller.Run(new byte[1], new byte[1])) yield return step;
        foreach (var step in controller.Run(bits, new byte[bits.Length])) yield return step;
        frame.Return();
    }

    /// <summary>A zbuff from its first byte to its end, or a string; null: neither.</summary>
    private static byte[]? Data(in LuaCall call)
    {
        if (call[2].AsUserdata is not null) return ZbuffLibrary.Argument(call, 2).Memory.ToArray();
        if (call[2].Type is not (LuaType.String or LuaType.Number)) return null;
        return call.String(2).Span.ToArray();
    }

    private static uint Duty(byte[] data)
    {
        var ones = data.Sum(b => BitOperations.PopCount(b));
        return (uint)(((ones * OneDuty) + (((data.Length * 8) - ones) * ZeroDuty)) / (data.Length * 8));
    }
}
