using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// <c>wlan</c>: V1112 has the search for networks and nothing else (L:components/wlan/luat_lib_wlan.c:41-240 with
/// LUAT_USE_WLAN_SCANONLY, S:project/luatos/src/luat_wlan_ec618.c).
/// </summary>
internal static class WlanLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("wlan")
        .Add("init", Init)
        .Add("scan", Scan)
        .Add("scanResult", Result);

    private static int Init(in LuaCall call)
    {
        call.Host<FirmwareHost>().Log.Raw("luat_wlan_init 44:only wifi-scan supported");
        return call.Return(true);
    }

    private static int Scan(in LuaCall call)
    {
        call.Host<FirmwareHost>().WifiScan.Start();
        return call.Return();
    }

    /// <summary>Nothing sends around the virtual module.</summary>
    private static int Result(in LuaCall call)
    {
        const int usual = 20;
        const int least = 8;
        const int most = 32;
        const int placeBytes = 44; // sizeof(luat_wlan_scan_result_t)
        var host = call.Host<FirmwareHost>();
        var bytes = Math.Clamp(call.IntOr(1, usual), least, most) * placeBytes;
        if (host.SystemHeap.TryAllocate(bytes)) host.SystemHeap.Free(bytes);
        else host.Log.Write(LogLevel.Error, "wlan", "out of memory when malloc scan result");
        return call.Return(call.State.NewTable());
    }
}
