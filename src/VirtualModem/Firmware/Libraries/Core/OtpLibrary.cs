using System.Globalization;
using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>otp</c>: flash that can be locked (L:luat/modules/luat_lib_otp.c, S:interface/src/luat_otp_ec618.c).
/// </summary>
internal static class OtpLibrary
{
    /// <summary>The binding's own bounds, wider than the chip's.</summary>
    private const int HighestZone = 16;

    private const int MostBytes = 4096;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("otp")
        .Add("read", Read)
        .Add("write", Write)
        .Add("erase", Erase)
        .Add("lock", Lock);

    private static SecurityRegisters Registers(in LuaCall call) => call.Host<FirmwareHost>().Retained.Otp;

    /// <summary>Nothing comes back for what neither the binding nor the chip has.</summary>
    private static int Read(in LuaCall call)
    {
        var (zone, offset, length) = (call.Int(1), call.Int(2), call.Int(3));
        if (!IsTaken(zone, offset, length)) return call.Return();
        var room = new TextRoom(call.State);
        room.Grow(length);
        return IsThere(zone, offset, length)
            ? call.Return(room.Make(Registers(call).Read(zone).Slice(offset, length).ToArray()))
            : call.Return();
    }

    private static int Write(in LuaCall call)
    {
        var zone = call.Int(1);
        var data = call.String(2);
        var offset = call.Int(3);
        if (!IsTaken(zone, offset, data.Length)) return call.Return();
        if (!IsThere(zone, offset, data.Length)) return call.Return(false);
        Registers(call).Write(zone, offset, data.Span);
        return call.Return(true);
    }

    private static int Erase(in LuaCall call)
    {
        var zone = call.Int(1);
        if (!SecurityRegisters.Exists(zone)) return call.Return(false);
        Log(call, LogLevel.Info, "erase", zone);
        Registers(call).Erase(zone);
        return call.Return(true);
    }

    private static int Lock(in LuaCall call)
    {
        var zone = call.IntOr(1, 0);
        if (!SecurityRegisters.Exists(zone)) return call.Return(false);
        Log(call, LogLevel.Warn, "lock", zone);
        Registers(call).Lock(zone);
        return call.Return(true);
    }

    private static bool IsTaken(int zone, int offset, int length) =>
        zone is >= 0 and <= HighestZone && offset is >= 0 and <= MostBytes && length is >= 0 and <= MostBytes
        && offset + length <= MostBytes;

    private static bool IsThere(int zone, int offset, int length) =>
        SecurityRegisters.Exists(zone) && offset + length <= SecurityRegisters.ZoneBytes;

    private static void Log(in LuaCall call, LogLevel level, string what, int zone) =>
        call.Host<FirmwareHost>().Log.Write(
            level, "otp", string.Create(CultureInfo.InvariantCulture, $"otp {what} zone {zone} {zone << 12:X8}"));
}
