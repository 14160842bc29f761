using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>sensor.sc12a: twelve touch keys on two wires that look like I2C at 0x40.</summary>
internal static class TouchKeys
{
    private const byte ReadAddress = 0x81;
    private const int MostLooks = 3000;

    public static int Read(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var (data, clock) = (call.Int(1), call.Int(2));
        return call.Continue(frame => Reading(frame, host, data, clock));
    }

    private static IEnumerator<NativeStep> Reading(NativeFrame frame, FirmwareHost host, int data, int clock)
    {
        var work = new PinWork(host);
        foreach (var step in Address(work, data, clock)) yield return step;
        work.Set(data, true);
        work.Input(data);
        yield return work.Wait(5);
        work.Set(clock, true);
        yield return work.Wait(15);
        var looks = 0;
        while (looks++ < MostLooks && work.Get(data)) yield return work.Wait(1);
        if (looks > MostLooks)
        {
            // Two stops, and the bits of −1.
            foreach (var step in Stop(work, data, clock, true).Concat(Stop(work, data, clock, true)))
            {
                yield return step;
            }

            frame.Return(Turned(host, uint.MaxValue));
            yield break;
        }

        work.Set(clock, false);
        work.Set(data, true);
        work.Input(data);
        var keys = 0u;
        for (var i = 0; i < 16; i++)
        {
            work.Set(clock, false);
            yield return work.Wait(5);
            work.Set(clock, true);
            yield return work.Wait(5);
            keys = (keys << 1) | (work.Get(data) ? 1u : 0);
        }

        work.Set(clock, false);
        work.Output(data, true);
        yield return work.Wait(5);
        work.Set(clock, true);
        yield return work.Wait(5);
        foreach (var step in Stop(work, data, clock, false)) yield return step;
        frame.Return(Turned(host, keys));
    }

    private static LuaValue Turned(FirmwareHost host, uint keys) => LuaValue.Integer(
        host.Parameters.Bits == 32 ? unchecked((int)(keys ^ 0xFFFF)) : keys ^ 0xFFFF);

    private static IEnumerable<NativeStep> Address(PinWork work, int data, int clock)
    {
        work.Output(clock, true);
        work.Output(data, true);
        yield return work.Wait(5);
        work.Set(clock, true);
        yield return work.Wait(5);
        work.Set(data, false);
        yield return work.Wait(5);
        work.Set(clock, false);
        yield return work.Wait(5);
        work.Output(data, false);
        for (var i = 7; i >= 0; i--)
        {
            work.Set(clock, false);
            yield return work.Wait(10);
            work.Set(data, (ReadAddress >> i & 1) != 0);
            yield return work.Wait(5);
            work.Set(clock, true);
            yield return work.Wait(5);
            work.Set(clock, false);
            yield return work.Wait(5);
        }
    }

    private static IEnumerable<NativeStep> Stop(PinWork work, int data, int clock, bool drives)
    {
        if (drives) work.Output(data, true);
        work.Set(clock, false);
        if (!drives) work.Output(data, true);
        yield return work.Wait(5);
        work.Set(data, false);
        yield return work.Wait(5);
        work.Set(clock, true);
        yield return work.Wait(5);
        work.Set(data, true);
        yield return work.Wait(5);
    }
}
