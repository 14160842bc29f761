using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The one cell that the virtual module sees, an example of a place, and what scripts learn of it (hardware reference
/// §10.2).
/// </summary>
internal static class MobileCell
{
    public const int Band = 39;
    public const int Id = 0x0A1B2C01;
    public const int TrackingArea = 0x6A21;
    public const int RsrqDb = -8;
    public const int SnrDb = 18;

    private const int PhysicalId = 387;
    private const int Channel = 38_400;
    private const int Bandwidth = 5;
    private const int CountryCode = 460;
    private const int NetworkCode = 0;
    private const int DefaultSeconds = 15;
    private const int LeastSeconds = 5;
    private const int MostSeconds = 60;

    /// <summary>From the power of the reference signal to that of the whole band, as 10 MHz cells have it.</summary>
    public static int Rssi(ModemParameters parameters) => parameters.RsrpDbm + 25;

    /// <summary>mobile.reqCellInfo: seconds that the search may take.</summary>
    public static int RequestInfo(in LuaCall call)
    {
        var seconds = Math.Clamp(call.IntOr(1, DefaultSeconds), LeastSeconds, MostSeconds);
        call.Host<FirmwareHost>().Cellular.Search.Start(TimeSpan.FromSeconds(seconds));
        return call.Return();
    }

    /// <summary>mobile.getCellInfo: a list of the serving cell alone, or empty; there are no neighbours here.</summary>
    public static int GetInfo(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var list = call.State.NewTable();
        if (!host.Cellular.Search.HasResult)
        {
            var registered = host.Cellular is { Emm: EmmState.Registered, Covered: true };
            host.Log.Write(
                registered ? LogLevel.Warn : LogLevel.Info, "mobile",
                registered ? "请先调用 mobile.reqCellInfo()!!" : "lte cell info not found");
            return call.Return(list);
        }

        var cell = call.State.NewTable();
        cell["pci"] = PhysicalId;
        cell["cid"] = Id;
        cell["earfcn"] = Channel;
        cell["rsrp"] = host.Parameters.RsrpDbm;
        cell["rsrq"] = RsrqDb;
        cell["rssi"] = Rssi(host.Parameters);
        cell["tdd"] = 1;
        cell["snr"] = SnrDb;
        cell["mcc"] = CountryCode;
        cell["mnc"] = NetworkCode;
        cell["tac"] = TrackingArea;
        cell["band"] = Band;
        cell["ulbandwidth"] = Bandwidth;
        cell["dlbandwidth"] = Bandwidth;
        list[1] = cell;
        return call.Return(list);
    }
}
