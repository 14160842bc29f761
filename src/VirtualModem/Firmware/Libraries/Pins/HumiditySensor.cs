using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// sensor.dht1x: a DHT11 or DHT12 on its one wire (L:luat/modules/luat_lib_sensor.c). The first value is that of the
/// first two bytes, which is the humidity, and it has the sign.
/// </summary>
internal static class HumiditySensor
{
    private const int MostLooks = 100;
    private const int MostLooksOfABit = 200;

    public static int Read(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var (pin, checks) = (call.Int(1), call.Truthy(2));
        return call.Continue(frame => Reading(frame, new PinWork(host), pin, checks));
    }

    private static IEnumerator<NativeStep> Reading(NativeFrame frame, PinWork work, int pin, bool checks)
    {
        work.Output(pin, true);
        work.Set(pin, true);
        yield return work.Wait(100_000);
        work.Set(pin, false);
        yield return work.Wait(20_000);
        work.Set(pin, true);
        work.Input(pin);
        yield return work.Wait(10);
        var looks = new PinWork.Counter();
        foreach (var level in new[] { true, false })
        {
            looks = new PinWork.Counter();
            foreach (var step in work.WaitWhile(pin, level, MostLooks, looks)) yield return step;
            if (looks.Value < MostLooks) continue;
            frame.Return(LuaValue.Integer(0), LuaValue.Integer(0), false);
            yield break;
        }

        foreach (var step in work.WaitWhile(pin, true, MostLooksOfABit, looks)) yield return step;
        var data = new byte[5];
        for (var i = 0; i < data.Length * 8; i++)
        {
            foreach (var step in Looking(work, pin, false)) yield return step;
            yield return work.Wait(30);
            if (work.Get(pin)) data[i / 8] |= (byte)(0x80 >> (i % 8));
            foreach (var step in Looking(work, pin, true)) yield return step;
        }

        var first = ((data[0] & 0x7F) * 100) + data[1];
        frame.Return(
            LuaValue.Integer((data[0] & 0x80) != 0 ? -first : first),
            LuaValue.Integer(((data[2] & 0x7F) * 100) + data[3]),
            !checks || (byte)(data[0] + data[1] + data[2] + data[3]) == data[4]);
    }

    private static IEnumerable<NativeStep> Looking(PinWork work, int pin, bool level) =>
        work.WaitWhile(pin, level, MostLooksOfABit, new PinWork.Counter());
}
