using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>sensor</c>: devices on single pins that the processor serves bit by bit while all else of Lua waits
/// (hardware reference §16; L:luat/modules/luat_lib_sensor.c).
/// </summary>
internal static class SensorLibrary
{
    private const int MostReadAtOnce = 255;
    private const int Hx711Divisor = 100;

    /// <summary>Nothing waits between the edges of a scale's clock; the calls themselves take this time.</summary>
    [Guess("Two calls of the driver between two edges of a scale's clock; a few dozen clocks of the processor.")]
    private const double EdgeMicroseconds = 0.2;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("sensor")
        .Add("w1_reset", static (in LuaCall call) =>
        {
            var wire = Wire(call);
            return call.Continue(frame => wire.Reset().GetEnumerator());
        })
        .Add("w1_connect", static (in LuaCall call) =>
        {
            var wire = Wire(call);
            return call.Continue(frame => Connecting(frame, wire));
        })
        .Add("w1_write", Write)
        .Add("w1_read", Read)
        .Add("ds18b20", TemperatureSensor.Read)
        .Add("dht1x", HumiditySensor.Read)
        .Add("hx711", static (in LuaCall call) => Weigh(call, Hx711Divisor))
        .Add("cs1237", static (in LuaCall call) => Weigh(call, 1))
        .Add("sc12a", TouchKeys.Read)
        .Add("ws2812b", ColourLamps.ByPin)
        .Add("ws2812b_pwm", ColourLamps.ByTimer)
        .Add("ws2812b_spi", ColourLamps.BySpi);

    private static OneWire Wire(in LuaCall call) => new(new PinWork(call.Host<FirmwareHost>()), call.Int(1));

    private static IEnumerator<NativeStep> Connecting(NativeFrame frame, OneWire wire)
    {
        foreach (var step in wire.Connect()) yield return step;
        frame.Return(wire.IsThere);
    }

    private static int Write(in LuaCall call)
    {
        var wire = Wire(call);
        var data = new byte[Math.Max(0, call.Count - 1)];
        for (var i = 0; i < data.Length; i++) data[i] = unchecked((byte)call.Int(i + 2));
        return call.Continue(frame => data.SelectMany(wire.Write).GetEnumerator());
    }

    private static int Read(in LuaCall call)
    {
        var wire = Wire(call);
        var count = call.Int(2);
        if (count <= 0) return call.Return();
        if (count > MostReadAtOnce) throw NullPointer.Error(call, $"sensor.w1_read of {count} bytes at once");
        return call.Continue(frame => Reading(frame, wire, new LuaValue[count]));
    }

    private static IEnumerator<NativeStep> Reading(NativeFrame frame, OneWire wire, LuaValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var step in wire.Read()) yield return step;
            values[i] = LuaValue.Integer(wire.Value);
        }

        frame.Return(values);
    }

    /// <summary>24 bits of a scale's converter; without one, all are the pull-up's.</summary>
    private static int Weigh(in LuaCall call, int divisor)
    {
        var work = new PinWork(call.Host<FirmwareHost>());
        var (data, clock) = (call.Int(1), call.Int(2));
        return call.Continue(frame => Weighing(frame, work, (data, clock), divisor));
    }

    private static IEnumerator<NativeStep> Weighing(
        NativeFrame frame, PinWork work, (int Data, int Clock) pins, int divisor)
    {
        work.Output(pins.Data, false);
        work.Set(pins.Data, true);
        yield return work.Wait(1);
        work.Output(pins.Clock, false);
        work.Set(pins.Clock, false);
        work.Input(pins.Data);
        yield return work.Wait(1);
        for (var i = 0; i < 50 && work.Get(pins.Data); i++) yield return work.Wait(100);
        var count = 0;
        for (var i = 0; i < 24; i++)
        {
            work.Set(pins.Clock, true);
            yield return work.Wait(EdgeMicroseconds);
            work.Set(pins.Clock, false);
            yield return work.Wait(EdgeMicroseconds);
            count = (count << 1) | (work.Get(pins.Data) ? 1 : 0);
        }

        work.Set(pins.Clock, true);
        yield return work.Wait(1);
        work.Set(pins.Clock, false);
        frame.Return(LuaValue.Integer(count / divisor));
    }
}
