using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>
/// u8g2.begin: reads the table of a display and starts it. 1: it is there, 2: there is one already, 4: the mode is not
/// built in. Nobody looks whether the display answers.
/// </summary>
internal static class OledSetup
{
    private const string Tag = "u8g2";
    private const int LongestMode = 16;
    private const string PinMode = "i2c_sw";

    /// <summary>The library waits 2 µs twice for each bit.</summary>
    private const int PinDelayUs = 1;
    private const string SpiMode = "spi_hw_4pin";

    private static readonly string[] Modes = [PinMode, "i2c_hw", "spi_sw_3pin", "spi_sw_4pin", SpiMode];

    public static int Begin(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var state = host.Oled;
        if (state.IsTaken)
        {
            host.Log.Write(LogLevel.Warn, Tag, "disp is aready inited");
            return call.Return(2);
        }

        state.IsTaken = true;
        if (OptionTable.At(call, 1) is not { } table) throw NullPointer.Error(call, "u8g2.begin without a table");
        if (table["mode"].Type is not (LuaType.String or LuaType.Number)) return Refuse(call, "need mode!!!");
        var text = table["mode"].AsString ?? LuaString.Empty;
        if (text.Length is < 1 or > LongestMode) return Refuse(call, "mode string too short or too long!!");
        var mode = LuaText.Path(text);
        if (Array.IndexOf(Modes, mode) >= 0) state.Mode = mode;
        if (state.Mode is not { } known) return Refuse(call, $"no such mode [{mode}]");
        if (table["ic"].AsString is not { } written) throw NullPointer.Error(call, "u8g2.begin without ic");
        var name = LuaText.Path(written);
        host.Log.WriteBytes(LogLevel.Debug, Tag, $"driver {name} mode {mode}");
        if (known.StartsWith("spi_sw", StringComparison.Ordinal))
        {
            (state.IsTaken, state.Panel) = (false, null);
            host.Log.Write(LogLevel.Info, Tag, "no such u8g2 mode!!");
            host.Log.Write(LogLevel.Warn, Tag, "disp init fail");
            return call.Return(4);
        }

        if (OledChip.Of(name, known == SpiMode) is not { } chip)
        {
            state.IsTaken = false;
            throw NotModelled.Error(call, $"u8g2.begin{{ic = \"{name}\", mode = \"{known}\"}}");
        }

        var panel = Read(table, known == SpiMode, chip, known == PinMode ? Pins(host, table) : null);
        return call.Continue(frame => Starting(frame, host, panel, table["x_offset"]));
    }

    private static int Refuse(in LuaCall call, string text)
    {
        call.Host<FirmwareHost>().Log.WriteBytes(LogLevel.Error, Tag, text);
        return call.Return();
    }

    /// <summary>Both are outputs, and nobody looks whether the display acknowledges.</summary>
    private static SoftI2c Pins(FirmwareHost host, OptionTable table)
    {
        var (clock, data) = (TableByte.Read(table, "i2c_scl"), TableByte.Read(table, "i2c_sda"));
        foreach (var pin in new[] { data, clock }) host.Pins.SetOutput(pin, true);
        return host.Buses.NewSoftI2c(clock, data, PinDelayUs, heedsAcknowledges: false);
    }

    private static OledPanel Read(OptionTable table, bool isOnSpi, OledChip chip, SoftI2c? pins) => new(
        chip, Turns(table["direction"]))
    {
        IsOnSpi = isOnSpi,
        Pins = pins,
        Id = TableByte.Read(table, isOnSpi ? "spi_id" : "i2c_id"),
        Speed = TableByte.Read(table, "i2c_speed"),
        Reset = TableByte.Read(table, "spi_res"),
        Data = TableByte.Read(table, "spi_dc"),
        Select = TableByte.Read(table, "spi_cs"),
    };

    private static IEnumerator<NativeStep> Starting(
        NativeFrame frame, FirmwareHost host, OledPanel panel, LuaValue offset)
    {
        if (panel.IsOnSpi)
        {
            host.Log.Write(LogLevel.Debug, Tag, $"setup disp spi.hw  spi_id={panel.Id} spi_dc={panel.Data} " +
                $"spi_cs={panel.Select} spi_res={panel.Reset}");
        }

        foreach (var step in new OledBus(host, panel).Start()) yield return step;
        if (offset.IsInteger && offset.AsInteger != -255)
        {
            host.Log.Write(LogLevel.Debug, Tag, $"设置x偏移量 {offset.AsInteger}");
            if (!panel.Chip.HasFixedOffset) panel.XOffset = unchecked((byte)offset.AsInteger);
        }

        host.Log.Write(LogLevel.Debug, Tag, "setup done");
        host.Oled.Panel = panel;
        frame.Return(1);
    }

    private static int Turns(LuaValue direction) =>
        direction is { IsInteger: true } && direction.AsInteger is 90 or 180 or 270 ? (int)direction.AsInteger / 90 : 0;
}
