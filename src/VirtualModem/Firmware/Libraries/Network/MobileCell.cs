using AirHil.Lua.Run;
using AirHil.Modem.Air;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The one cell that the virtual module sees, an example of a place, and what scripts learn of it (hardware reference
/// §10.2).
/// </summary>
/// <param name="Id">E-UTRAN cell identity.</param>
/// <param name="TrackingArea">Tracking area code.</param>
/// <param name="RsrpDbm">Power of the reference signal.</param>
/// <param name="RsrqDb">Its quality.</param>
/// <param name="SnrDb">Signal to noise.</param>
internal sealed record MobileCell(int Id, int TrackingArea, int RsrpDbm, int RsrqDb, int SnrDb)
{
    public const int Band = 39;

    private const int UsualId = 0x0A1B2C01;
    private const int UsualTrackingArea = 0x6A21;
    private const int UsualRsrqDb = -8;
    private const int UsualSnrDb = 18;
    private const int PhysicalId = 387;
    private const int Channel = 38_400;
    private const int Bandwidth = 5;
    private const int ResourceBlocksDb = 20;
    private const int CountryCode = 460;
    private const int NetworkCode = 0;
    private const int DefaultSeconds = 15;
    private const int LeastSeconds = 5;
    private const int MostSeconds = 60;

    /// <summary>
    /// The power of the whole band, dBm, as the driver calculates it. A board that had a cell of 20 MHz added 20 dB for
    /// its 100 resource blocks (hardware reference §10.2).
    /// </summary>
    public int Rssi => RsrpDbm - RsrqDb + ResourceBlocksDb;

    /// <summary>The steps of 2 dB that AT+CSQ counts; from -52 dBm on the highest one.</summary>
    public int Csq => Rssi <= -113 ? 0 : Rssi < -52 ? (Rssi + 113) >> 1 : 31;

    /// <summary>The cell as the air has it now.</summary>
    public static MobileCell Of(FirmwareHost host) => Of(host, host.Cellular.Conditions);

    private static MobileCell Of(FirmwareHost host, CellConditions cell) => new(
        cell.CellId ?? UsualId, cell.TrackingArea ?? UsualTrackingArea, cell.RsrpDbm ?? host.Parameters.RsrpDbm,
        cell.RsrqDb ?? UsualRsrqDb, cell.SnrDb ?? UsualSnrDb);

    /// <summary>mobile.reqCellInfo: seconds that the search may take.</summary>
    public static int RequestInfo(in LuaCall call)
    {
        var seconds = Math.Clamp(call.IntOr(1, DefaultSeconds), LeastSeconds, MostSeconds);
        call.Host<FirmwareHost>().Cellular.Search.Start(TimeSpan.FromSeconds(seconds));
        return call.Return();
    }

    /// <summary>
    /// mobile.getCellInfo: a list of the serving cell alone, as the last search found it, or empty; there are no
    /// neighbours here. With a result it cuts the stack to one value, so that a first argument is given back.
    /// </summary>
    public static int GetInfo(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var list = call.State.NewTable();
        if (host.Cellular.Search.Found is not { } found)
        {
            var registered = host.Cellular is { Emm: EmmState.Registered, Covered: true };
            host.Log.Write(
                registered ? LogLevel.Warn : LogLevel.Info, "mobile",
                registered ? "请先调用 mobile.reqCellInfo()!!" : "lte cell info not found");
            return call.Return(list);
        }

        if (call.Count > 0) return call.Return(call[1]);
        var serving = Of(host, found);
        var cell = call.State.NewTable();
        cell["pci"] = PhysicalId;
        cell["cid"] = serving.Id;
        cell["earfcn"] = Channel;
        cell["rsrp"] = serving.RsrpDbm;
        cell["rsrq"] = serving.RsrqDb;
        cell["rssi"] = serving.Rssi;
        cell["tdd"] = 1;
        cell["snr"] = serving.SnrDb;
        cell["mcc"] = CountryCode;
        cell["mnc"] = NetworkCode;
        cell["tac"] = serving.TrackingArea;
        cell["band"] = Band;
        cell["ulbandwidth"] = Bandwidth;
        cell["dlbandwidth"] = Bandwidth;
        list[1] = cell;
        return call.Return(list);
    }
}
