using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>Colours with five bits of red, six of green and five of blue.</summary>
internal static class LcdColour
{
    /// <summary>lcd.rgb565: one number or three; the bytes change places unless false is behind them.</summary>
    public static int Rgb565(in LuaCall call)
    {
        var (red, green, blue) = call.Count switch
        {
            1 or 2 => Parts(call.UInt(1)),
            3 or 4 => (Low(call.UInt(1)), Low(call.UInt(2)), Low(call.UInt(3))),
            _ => default,
        };
        if (call.Count is 0 or > 4)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Warn, "lcd",
                string.Create(CultureInfo.InvariantCulture, $"unkown args count {call.Count}"));
        }

        var index = call.Count is 1 or 2 ? 2 : 4;
        var colour = ((red & 0xF8) << 8) | ((green & 0xFC) << 3) | (blue >> 3);
        var swaps = call.Count is >= 1 and <= 4 && !(call[index].IsBoolean && !call.Truthy(index));
        return call.Return(LuaValue.Integer(swaps ? (colour >> 8) | ((colour & 0xFF) << 8) : colour));
    }

    private static byte Low(uint value) => unchecked((byte)value);

    private static (byte Red, byte Green, byte Blue) Parts(uint rgb) => (Low(rgb >> 16), Low(rgb >> 8), Low(rgb));
}
