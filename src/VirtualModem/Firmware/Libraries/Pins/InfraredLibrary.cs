using AirHil.Lua.Run;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>ir</c>: remote controls of the NEC kind (L:luat/modules/luat_lib_ir.c). The processor makes the carrier too,
/// which is seen as bursts of pulses.
/// </summary>
internal static class InfraredLibrary
{
    private const double CarrierHigh = 7;
    private const int RepeatPause = 110_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("ir").Add("sendNEC", Send);

    private static int Send(in LuaCall call)
    {
        var work = new PinWork(call.Host<FirmwareHost>());
        var pin = call.Int(1);
        var code = call.Int(2);
        var (first, second) = code > 0xFF
            ? (unchecked((byte)code), unchecked((byte)(code / 256)))
            : (unchecked((byte)code), unchecked((byte)~code));
        var data = unchecked((byte)call.Int(3));
        var repeats = unchecked((uint)call.IntOr(4, 0));
        var wire = new Wire(call.Host<FirmwareHost>(), work, pin, !call.Truthy(5));
        byte[] bytes = [first, second, data, (byte)~data];
        return call.Continue(frame => Sending(wire, bytes, repeats));
    }

    private static IEnumerator<NativeStep> Sending(Wire wire, byte[] bytes, uint repeats)
    {
        wire.Begin();
        foreach (var step in wire.Mark(9000, 18, 375).Concat(wire.Space(4500))) yield return step;
        foreach (var b in bytes)
        {
            for (var i = 0; i < 8; i++)
            {
                foreach (var step in wire.Mark(560, 17, 23).Concat(wire.Bit((b >> i & 1) != 0))) yield return step;
            }
        }

        for (; repeats > 0; repeats--)
        {
            foreach (var step in wire.Mark(9000, 18, 375).Concat(wire.Space(2250)).Concat(wire.Mark(560, 17, 23))
                .Concat(wire.Space(RepeatPause)))
            {
                yield return step;
            }
        }

        foreach (var step in wire.Mark(560, 17, 23)) yield return step;
    }

    /// <summary>The pin, with a carrier or with one from elsewhere.</summary>
    private sealed class Wire(FirmwareHost host, PinWork work, int pin, bool hasCarrier)
    {
        public void Begin() => work.Output(pin, false, false);

        /// <summary>A one is a longer space; with a carrier it is 10 µs shorter than without.</summary>
        public IEnumerable<NativeStep> Bit(bool isOne) => Space(isOne ? hasCarrier ? 1680 : 1690 : 560);

        public IEnumerable<NativeStep> Space(double microseconds)
        {
            yield return work.Wait(microseconds);
        }

        /// <param name="microseconds">Without a carrier.</param>
        /// <param name="low">Microseconds that the pin is low in each period of the carrier.</param>
        /// <param name="periods">Of the carrier.</param>
        public IEnumerable<NativeStep> Mark(double microseconds, int low, int periods)
        {
            var period = CarrierHigh + low;
            if (!hasCarrier) work.Set(pin, true);
            else if ((uint)pin < ModulePin.Wakeup0)
            {
                host.Pins.SetPulses(
                    pin, (uint)Math.Round(1e6 / period), (uint)(1000 * CarrierHigh / period), (uint)periods);
            }

            yield return work.Wait(hasCarrier ? period * periods : microseconds);
            if (hasCarrier) work.Output(pin, false, false);
            else work.Set(pin, false);
        }
    }
}
