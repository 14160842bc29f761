using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>mobile</c>: identities, signal, registration, flight mode (reference §4.2).</summary>
internal static class MobileLibrary
{
    /// <summary>What the virtual cell tells: an example of a place.</summary>
    private const int CellId = 0x0A1B2C01;

    private const int TrackingArea = 0x6A21;
    private const int RsrqDb = -8;
    private const int SnrDb = 18;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("mobile")
        .Add("imei", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Identity.Imei))
        .Add("imsi", static (in LuaCall call) => OfSim(call, call.Host<FirmwareHost>().Identity.Imsi))
        .Add("iccid", static (in LuaCall call) => OfSim(call, call.Host<FirmwareHost>().Identity.Iccid))
        .Add("number", static (in LuaCall call) => OfSim(call, null))
        .Add("sn", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Identity.SerialNumber))
        .Add("muid", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Identity.Muid))
        .Add("status", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Cellular.Status))
        .Add("simid", SimId)
        .Add("csq", static (in LuaCall call) => OfCell(call, static p => Math.Clamp((Rssi(p) + 113) / 2, 0, 31)))
        .Add("rssi", static (in LuaCall call) => OfCell(call, Rssi))
        .Add("rsrp", static (in LuaCall call) => OfCell(call, static p => p.RsrpDbm))
        .Add("rsrq", static (in LuaCall call) => OfCell(call, static _ => RsrqDb))
        .Add("snr", static (in LuaCall call) => OfCell(call, static _ => SnrDb))
        .Add("eci", static (in LuaCall call) => OfCell(call, static _ => CellId))
        .Add("tac", static (in LuaCall call) => OfCell(call, static _ => TrackingArea))
        .Add("enbid", static (in LuaCall call) => OfCell(call, static _ => CellId >> 8))
        .Add("apn", Apn)
        .Add("ipv6", Ipv6)
        .Add("flymode", FlightMode)
        .Add("setAuto", static (in LuaCall call) => call.Return())
        .Add("rtime", static (in LuaCall call) => call.Return(true))
        .Add("syncTime", static (in LuaCall call) => call.Return(true));

    private static int OfSim(in LuaCall call, string? value)
    {
        var ready = call.Host<FirmwareHost>().Cellular.Sim == SimState.Ready;
        return call.Return(ready && value is not null ? value : default(LuaValue));
    }

    private static int OfCell(in LuaCall call, Func<ModemParameters, int> value)
    {
        var host = call.Host<FirmwareHost>();
        return call.Return(host.Cellular is { Covered: true, Emm: EmmState.Registered } ? value(host.Parameters) : 0);
    }

    /// <summary>From the power of the reference signal to that of the whole band, as 10 MHz cells have it.</summary>
    private static int Rssi(ModemParameters parameters) => parameters.RsrpDbm + 25;

    private static int SimId(in LuaCall call)
    {
        var id = call.IntegerOr(1, 0);
        if (id is not (0 or 2)) throw NotModelled.Error(call, $"mobile.simid({id})");
        return call.Return(0);
    }

    private static int Apn(in LuaCall call)
    {
        if (!call[3].IsNil) throw NotModelled.Error(call, "mobile.apn(index, cid, APN)");
        return call.Host<FirmwareHost>().Cellular.Emm == EmmState.Registered ? call.Return("cmiot") : call.Return();
    }

    private static int Ipv6(in LuaCall call)
    {
        if (call.Truthy(1)) throw NotModelled.Error(call, "mobile.ipv6(true)");
        return call.Return(false);
    }

    private static int FlightMode(in LuaCall call)
    {
        var cellular = call.Host<FirmwareHost>().Cellular;
        var before = cellular.FlightMode;
        if (call[2].IsBoolean) cellular.SetFlightMode(call.Truthy(2));
        return call.Return(before);
    }
}
