using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>lora</c>: a radio of the SX126x kind on SPI (L:components/lora). Without one the busy line stays at its pull-up,
/// and the first command waits for ever. A radio that is there is not modelled.
/// </summary>
internal static class LoraLibrary
{
    private const uint Hertz = 20_000_000;
    private const int BusyTestUs = 1000;

    private static readonly string[] Chips = ["llcc68", "LLCC68", "sx1268", "SX1268"];

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("lora").Add("init", Init);

    private static int Init(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var name = LuaText.Path(call.String(1));
        if (Array.IndexOf(Chips, name) < 0)
        {
            host.Log.WriteBytes(LogLevel.Error, "lora", $"no such ic {name}");
            return call.Return();
        }

        var options = OptionTable.At(call, 2);
        var pins = new Wiring(
            TableByte.Read(options, "cs"), TableByte.Read(options, "res"), TableByte.Read(options, "busy"),
            TableByte.Read(options, "dio1"));
        var bus = TableByte.Read(options, "id");
        SpiLibrary.Controller(host, bus)?.Setup(null, Hertz, false);
        if (options?["lora_init"] is { IsBoolean: true } asked && !asked.IsTruthy)
        {
            throw NotModelled.Error(call, "lora.init(…, {lora_init = false})");
        }

        return call.Continue(frame => Starting(frame, host, bus, pins));
    }

    private static IEnumerator<NativeStep> Starting(NativeFrame frame, FirmwareHost host, int bus, Wiring pins)
    {
        var place = NotModelled.PlaceOf(frame.State);
        var work = new PinWork(host);
        work.Output(pins.Select, true);
        work.Output(pins.Reset, true);
        work.Input(pins.Busy);
        work.Input(pins.Interrupt);
        yield return work.Wait(10_000);
        work.Set(pins.Reset, false);
        yield return work.Wait(20_000);
        work.Set(pins.Reset, true);
        yield return work.Wait(10_000);
        work.Set(pins.Select, false);
        if (SpiLibrary.Controller(host, bus) is { } controller)
        {
            foreach (var command in new byte[] { 0xC0, 0x00 })
            {
                foreach (var step in controller.Run(new[] { command }, new byte[1])) yield return step;
            }
        }

        work.Set(pins.Select, true);
        while (work.Get(pins.Busy)) yield return work.Wait(BusyTestUs);
        throw NotModelled.Error(frame, host, place, "lora.init with a radio");
    }

    private sealed record Wiring(int Select, int Reset, int Busy, int Interrupt);
}
