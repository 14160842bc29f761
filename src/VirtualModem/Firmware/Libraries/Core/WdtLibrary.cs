using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>wdt</c> with V1112's oddities: init in ms, setTimeout in seconds, close only feeds (reference §7.1).
/// </summary>
internal static class WdtLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("wdt")
        .Add("init", static (in LuaCall call) => Init(call, call.IntOr(1, 10) / 1000))
        .Add("setTimeout", static (in LuaCall call) => Init(call, call.IntOr(1, 10)))
        .Add("feed", Feed)
        .Add("close", Feed);

    private static int Init(in LuaCall call, long seconds)
    {
        var host = call.Host<FirmwareHost>();
        return call.Return(host.Watchdog.Init(seconds, host.Board.Now));
    }

    private static int Feed(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        host.Watchdog.Feed(host.Board.Now);
        return call.Return(true);
    }
}
