using System.Globalization;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Uart;

namespace AirHil.VirtualModem.Firmware.Libraries.Serial;

/// <summary>uart.createSoft and the setup of what it makes (hardware reference §7.2).</summary>
internal static class SoftUartFunctions
{
    private const int MostBaud = 1_000_000;

    private static readonly byte[] Timers = [0, 1, 2, 4];

    /// <summary>One at a time; the id is the first that no hardware has.</summary>
    public static int Create(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var uarts = host.Uarts;
        uarts.HasSoft = true;
        if (uarts.SoftPort.IsMade) return call.Return(default(Lua.Values.LuaValue));
        host.Log.Write(LogLevel.Debug, "uart", string.Create(
            CultureInfo.InvariantCulture, $"find free uart id, {UartPorts.Soft}"));
        uarts.SoftPort.Claim();
        var (transmitPin, transmitTimer) = (Byte(call, 1), Byte(call, 2));
        var (receivePin, receiveTimer) = (Byte(call, 3), Byte(call, 4));
        var wiring = new SoftUart.Wiring(transmitPin, receivePin, call.IntOr(5, 0), call.IntOr(6, 0));
        if (Array.IndexOf(Timers, transmitTimer) < 0 || Array.IndexOf(Timers, receiveTimer) < 0)
        {
            uarts.SoftPort.GiveUp();
            return call.Return(default(Lua.Values.LuaValue));
        }

        uarts.SoftPort.Make(wiring);
        return call.Return(UartPorts.Soft);
    }

    public static int Setup(in LuaCall call, UartSettings settings)
    {
        if (settings.Baud is < 1 or > MostBaud || settings.DataBits is < 1 or > 15)
        {
            throw call.Error(
                $"uart.setup: a soft UART with {settings.Baud} baud and {settings.DataBits} data bits " +
                "(on a module this is undefined)");
        }

        var host = call.Host<FirmwareHost>();
        if (!host.Uarts.SoftPort.IsWired)
        {
            throw call.Error("uart.setup: the soft UART has no pins (V1112 uses memory that nobody set)");
        }

        if (host.Uarts.SoftPort.Setup(settings)) return call.Return(0);
        host.Log.Write(LogLevel.Error, "uart", "soft uart no mem!");
        return call.Return(-1);
    }

    private static byte Byte(in LuaCall call, int index) => unchecked((byte)call.IntOr(index, 255));
}
