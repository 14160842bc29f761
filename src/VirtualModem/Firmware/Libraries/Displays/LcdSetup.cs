using System.Globalization;
using System.Text;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Sessions;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>lcd.init: reads the table of a display and starts it (L:components/lcd/luat_lib_lcd.c).</summary>
internal static class LcdSetup
{
    private const string Tag = "lcd";
    private static readonly int[] ModesWithDataPin = [6, 14];

    public static int Init(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (host.Lcd.Panel is not null)
        {
            host.Log.Write(LogLevel.Debug, Tag, "lcd was inited, skip");
            return call.Return(true);
        }

        var device = call[3].AsUserdata;
        var name = LuaText.Path(call.String(1));
        if (LcdChip.Find(name) is not { } chip)
        {
            host.Log.WriteBytes(LogLevel.Error, Tag, $"ic not support: {name}");
            return call.Return(false);
        }

        host.Log.Write(LogLevel.Debug, Tag, $"ic support: {name}");
        if (call.Count < 2) throw NullPointer.Error(call, "lcd.init without a table");
        if (OptionTable.At(call, 2) is not { } table)
        {
            throw call.Error($"attempt to index a {call[2].TypeName} value (?)");
        }

        if (device is { Payload: not SpiDevice })
        {
            throw NullPointer.Error(call, "lcd.init with another object than that of spi.deviceSetup");
        }

        var panel = new LcdPanel { Chip = name == "custom" ? chip with { Start = Custom(call, table) } : chip };
        panel.Device = device?.Payload as SpiDevice;
        if (Wrong(table, panel.Device is not null) is { } wrong)
        {
            host.Log.Write(LogLevel.Error, Tag, wrong);
            return call.Return(false);
        }

        Read(table, panel);
        if (Math.Max(panel.Width, panel.Height) > DisplayShown.MostPixels ||
            Math.Min(panel.Width, panel.Height) < 0)
        {
            throw NotModelled.Error(call, $"lcd.init of {panel.Width} x {panel.Height} pixels");
        }

        return call.Continue(frame => Starting(frame, host, panel));
    }

    /// <summary>The kind of port must go with the third argument.</summary>
    private static string? Wrong(OptionTable table, bool hasDevice) => (hasDevice, table["port"].Type) switch
    {
        (true, LuaType.Number) => "port is not device but find luat_spi_device_t",
        (false, LuaType.String) => "port is device but not find luat_spi_device_t",
        _ => null,
    };

    private static IEnumerator<NativeStep> Starting(NativeFrame frame, FirmwareHost host, LcdPanel panel)
    {
        var bus = new LcdBus(frame.State, panel);
        foreach (var step in bus.Run(panel.Start())) yield return step;
        if (host.Lcd.First is not null)
        {
            host.Log.Write(LogLevel.Error, Tag, "lcd init fail -1");
            frame.Return();
            yield break;
        }

        host.Lcd.Panel = host.Lcd.First = panel;
        frame.Return(true);
    }

    private static void Read(OptionTable table, LcdPanel panel)
    {
        panel.Port = panel.Device is not null ? LcdPanel.DevicePort : (byte)(Number(table, "port") ?? 0);
        panel.DataPin = (byte)(Number(table, "pin_dc") ?? LcdPanel.NoPin);
        panel.PowerPin = (byte)(Number(table, "pin_pwr") ?? LcdPanel.NoPin);
        panel.ResetPin = (byte)(Number(table, "pin_rst") ?? 0);
        panel.Direction = (byte)(Number(table, "direction") ?? 0);
        for (var i = 0; i < 4; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"direction{i * 90}");
            if (Number(table, key) is { } value) panel.Chip.Directions[i] = (byte)value;
        }

        panel.Width = (short)(Number(table, "w") ?? 0);
        panel.Height = (short)(Number(table, "h") ?? 0);
        panel.XOffset = (byte)(Number(table, "xoffset") ?? 0);
        panel.YOffset = (byte)(Number(table, "yoffset") ?? 0);
        panel.SleepCommand = (byte)(Number(table, "sleepcmd") ?? 0);
        panel.WakeCommand = (byte)(Number(table, "wakecmd") ?? 0);
        panel.HasDataPin = Array.IndexOf(ModesWithDataPin, (byte)(Number(table, "interface_mode") ?? 6)) >= 0;
    }

    /// <summary>A whole number; null: another type, which is not looked at.</summary>
    private static long? Number(OptionTable table, string key) => table[key] switch
    {
        { IsInteger: true } whole => whole.AsInteger,
        { IsFloat: true } real => (long)real.AsFloat,
        _ => null,
    };

    /// <summary>The words of a display of another kind: a table, or a file of numbers with commas.</summary>
    private static ushort[] Custom(in LuaCall call, OptionTable table)
    {
        var given = table["initcmd"];
        if (OptionTable.Of(call.State, given) is { } words)
        {
            var start = new ushort[words.Length];
            for (var i = 0; i < start.Length; i++) start[i] = Word(call.IntOf(words[i + 1], -1));
            return start;
        }

        if (given.AsString is not { } path) return [];
        var host = call.Host<FirmwareHost>();
        if (host.Files.Open(path.ToString(), "rb") is { } file)
        {
            file.Close();
            return Lines(host.Files.Content(path.ToString()) ?? default);
        }

        host.Log.Write(LogLevel.Error, Tag, "init_cmd fail open error");
        return [];
    }

    private static ushort[] Lines(ReadOnlyMemory<byte> content) =>
    [
        .. Encoding.Latin1.GetString(content.Span).Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .SelectMany(line => line.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Hex)
                .TakeWhile(word => word is not null)).Select(word => Word(word!.Value)),
    ];

    /// <summary>As sscanf reads it with %x: from the front, as far as it goes.</summary>
    private static uint? Hex(string text)
    {
        var digits = text.TrimStart();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        var length = digits.TakeWhile(char.IsAsciiHexDigit).Count();
        return length is > 0 and <= 8
            ? uint.Parse(digits.AsSpan(0, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : null;
    }

    private static ushort Word(long given) => unchecked((ushort)(((given >> 8) & 0xFF00) | (given & 0xFF)));
}
