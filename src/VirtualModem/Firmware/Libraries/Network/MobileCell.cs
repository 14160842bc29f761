using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Air;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The cell that serves the virtual module, and what scripts learn of it and of its neighbours (hardware reference
/// §10.2). Where the rig says nothing else, it is an example of a place, and the only one.
/// </summary>
internal static class MobileCell
{
    private const int UsualBand = 39;
    private const int UsualId = 0x0A1B2C01;
    private const int UsualTrackingArea = 0x6A21;
    private const int UsualPhysicalId = 387;
    private const int UsualChannel = 38_400;
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
    public static int Rssi(Cell cell) => cell.RsrpDbm - cell.RsrqDb + ResourceBlocksDb;

    /// <summary>The steps of 2 dB that AT+CSQ counts; from -52 dBm on the highest one.</summary>
    public static int Csq(Cell cell) => Rssi(cell) switch
    {
        <= -113 => 0,
        < -52 and var rssi => (rssi + 113) >> 1,
        _ => 31,
    };

    /// <summary>The cell as the air has it now.</summary>
    public static Cell Of(FirmwareHost host) => Of(host, host.Cellular.Conditions);

    private static Cell Of(FirmwareHost host, CellConditions cell) => new(
        cell.CellId ?? UsualId, cell.TrackingArea ?? UsualTrackingArea, cell.Band ?? UsualBand,
        cell.PhysicalId ?? UsualPhysicalId, cell.RsrpDbm ?? host.Parameters.RsrpDbm,
        cell.RsrqDb ?? Cell.UsualRsrqDb, cell.SnrDb ?? Cell.UsualSnrDb, cell.Channel ?? UsualChannel);

    /// <summary>mobile.reqCellInfo: seconds that the search may take.</summary>
    public static int RequestInfo(in LuaCall call)
    {
        var seconds = Math.Clamp(call.IntOr(1, DefaultSeconds), LeastSeconds, MostSeconds);
        call.Host<FirmwareHost>().Cellular.Search.Start(TimeSpan.FromSeconds(seconds));
        return call.Return();
    }

    /// <summary>
    /// mobile.getCellInfo: the serving cell and its neighbours, as the last search found them, or an empty table. With
    /// a result it cuts the stack to one value, so that a first argument is given back; neighbours are put into that
    /// argument (L:components/mobile/luat_lib_mobile.c, l_mobile_get_cell_info).
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

        list[1] = Serving(call, Of(host, found));
        var result = call.Count > 0 ? call[1] : list;
        var neighbours = found.Neighbours.Cells;
        if (neighbours.Count > 0 && result.AsTable is null)
        {
            throw new LuaException(LuaString.FromText(
                $"attempt to index a {call.State.TypeNameForError(result, false)} value"));
        }

        for (var i = 0; i < neighbours.Count; i++) result.AsTable![i + 2] = Neighbour(call, neighbours[i]);
        return call.Return(result);
    }

    private static LuaTable Measured(in LuaCall call, Cell seen)
    {
        var cell = call.State.NewTable();
        cell["pci"] = seen.PhysicalId;
        cell["cid"] = seen.Id;
        cell["earfcn"] = seen.Channel;
        cell["rsrp"] = seen.RsrpDbm;
        cell["rsrq"] = seen.RsrqDb;
        return cell;
    }

    private static LuaTable Serving(in LuaCall call, Cell serving)
    {
        var cell = Measured(call, serving);
        cell["rssi"] = Rssi(serving);
        cell["tdd"] = LteBand.IsTdd(serving.Band) ? 1 : 0;
        cell["snr"] = serving.SnrDb;
        cell["mcc"] = CountryCode;
        cell["mnc"] = NetworkCode;
        cell["tac"] = serving.TrackingArea;
        cell["band"] = serving.Band;
        cell["ulbandwidth"] = Bandwidth;
        cell["dlbandwidth"] = Bandwidth;
        return cell;
    }

    /// <summary>Of a neighbour whose system information was not read, the modem knows no identity.</summary>
    private static LuaTable Neighbour(in LuaCall call, Cell seen)
    {
        var isRead = seen.Id != 0;
        var cell = Measured(call, seen);
        cell["mcc"] = isRead ? CountryCode : 0;
        cell["mnc"] = isRead ? NetworkCode : 0;
        cell["snr"] = seen.SnrDb;
        cell["tac"] = isRead ? seen.TrackingArea : 0;
        return cell;
    }
}
