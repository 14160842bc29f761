using AirHil.Lua.Run;
using AirHil.Lua.Values;
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
    private const string I2cMode = "i2c_hw";
    private const string SpiMode = "spi_hw_4pin";

    private static readonly string[] Modes = ["i2c_sw", I2cMode, "spi_sw_3pin", "spi_sw_4pin", SpiMode];

    /// <summary>Displays of which V1112 knows more than that they are like the first one.</summary>
    private static readonly string[] Others =
    [
        "ssd1322", "sh1108", "st7567", "uc1701", "st7565", "st7565_jlx12864g109pc", "custom",
    ];

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
        var chip = OledChip.Of(name);
        if (known.StartsWith("spi_sw", StringComparison.Ordinal))
        {
            (state.IsTaken, state.Panel) = (false, null);
            host.Log.Write(LogLevel.Info, Tag, "no such u8g2 mode!!");
            host.Log.Write(LogLevel.Warn, Tag, "disp init fail");
            return call.Return(4);
        }

        var isOther = Array.IndexOf(Others, name) >= 0
            || (known == SpiMode && (name != chip.Name || chip.SpiHertz == 0));
        if (isOther || known == Modes[0])
        {
            state.IsTaken = false;
            throw NotModelled.Error(call, $"u8g2.begin{{ic = \"{name}\", mode = \"{known}\"}}");
        }

        var panel = Read(table, known == SpiMode, chip);
        return call.Continue(frame => Starting(frame, host, panel, table["x_offset"]));
    }

    private static int Refuse(in LuaCall call, string text)
    {
        call.Host<FirmwareHost>().Log.WriteBytes(LogLevel.Error, Tag, text);
        return call.Return();
    }

    private static OledPanel Read(OptionTable table, bool isOnSpi, OledChip chip) => new(
        chip, Turns(table["direction"]))
    {
        IsOnSpi = isOnSpi,
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
            panel.XOffset = unchecked((byte)offset.AsInteger);
        }

        host.Log.Write(LogLevel.Debug, Tag, "setup done");
        host.Oled.Panel = panel;
        frame.Return(1);
    }

    private static int Turns(LuaValue direction) =>
        direction is { IsInteger: true } && direction.AsInteger is 90 or 180 or 270 ? (int)direction.AsInteger / 90 : 0;
}
