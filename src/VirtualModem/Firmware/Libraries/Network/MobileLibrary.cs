using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>mobile</c>: identities, signal, registration, flight mode (reference §4.2).</summary>
internal static class MobileLibrary
{
    private const int HighestSim = 2;

    /// <summary>What the driver makes of a value that the modem calls not detectable.</summary>
    private const int NotDetectable = -999;

    /// <summary>The context of the default bearer.</summary>
    private const int DefaultCid = 1;

    /// <summary>From this 4th argument of mobile.rtime on, the driver's other call takes 1 second as it is.</summary>
    private const int LongIdle = 10;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("mobile")
        .Add("imei", static (in LuaCall call) => OfIndex(call, call.Host<FirmwareHost>().Identity.Imei))
        .Add("imsi", static (in LuaCall call) => OfSim(call, static (card, identity) => card.Imsi ?? identity.Imsi))
        .Add("iccid", static (in LuaCall call) => OfSim(call, static (card, identity) => identity.IccidOf(card)))
        .Add("number", static (in LuaCall call) => OfSim(call, static (card, _) => card.Number))
        .Add("sn", SerialNumber)
        .Add("muid", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Identity.Muid))
        .Add("status", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Cellular.Status))
        .Add("simid", SimId)
        .Add("csq", static (in LuaCall call) =>
            OfCell(call, MobileCell.Csq, none: 0))
        .Add("rssi", static (in LuaCall call) => OfCell(call, MobileCell.Rssi, NotDetectable))
        .Add("rsrp", static (in LuaCall call) => OfCell(call, static c => c.RsrpDbm, NotDetectable))
        .Add("rsrq", static (in LuaCall call) => OfCell(call, static c => c.RsrqDb, NotDetectable))
        .Add("snr", static (in LuaCall call) => OfCell(call, static c => c.SnrDb, none: 0))
        .Add("eci", static (in LuaCall call) => OfCell(call, static c => c.Id, none: -1, before: -1))
        .Add("tac", static (in LuaCall call) => OfCell(call, static c => c.TrackingArea, none: -1, before: -1))
        .Add("enbid", static (in LuaCall call) => OfCell(call, static c => c.Id >> 8, none: -1, before: -1))
        .Add("apn", Apn)
        .Add("ipv6", Ipv6)
        .Add("simPin", SimPin)
        .Add("getCellInfo", MobileCell.GetInfo)
        .Add("reqCellInfo", MobileCell.RequestInfo)
        .Add("reset", Reset)
        .Add("dataTraffic", DataTraffic)
        .Add("config", Config)
        .Add("getBand", MobileBands.Get)
        .Add("setBand", MobileBands.Set)
        .Add("vsimInit", static (in LuaCall call) => call.Return())
        .Add("vsimOnOff", SoftSim)
        .Add("nstOnOff", RadioTest)
        .Add("nstInput", RadioTestInput)
        .Add("flymode", FlightMode)
        .Add("setAuto", SetAuto)
        .Add("rtime", ReleaseTime)
        .Add("syncTime", SyncTime);

    /// <summary>The whole place in the memory of the factory, whatever of it was written.</summary>
    private static int SerialNumber(in LuaCall call)
    {
        const int place = 32;
        var bytes = new byte[place];
        Encoding.ASCII.GetBytes(call.Host<FirmwareHost>().Identity.SerialNumber, bytes);
        return call.Return(call.State.NewString(bytes));
    }

    private static int OfIndex(in LuaCall call, LuaValue value)
    {
        call.IntOr(1, 0); // The slot; the chip has one answer.
        return call.Return(value);
    }

    private static int OfSim(in LuaCall call, Func<SimCard, ModuleIdentity, string?> value)
    {
        var host = call.Host<FirmwareHost>();
        return OfIndex(
            call, host.Cellular.KnownCard is { } card && value(card, host.Identity) is { } text
                ? text
                : default(LuaValue));
    }

    /// <param name="call">The call.</param>
    /// <param name="value">Reads it from the serving cell.</param>
    /// <param name="none">The result while there is no cell any more.</param>
    /// <param name="before">The result before the first cell.</param>
    private static int OfCell(in LuaCall call, Func<Cell, int> value, int none, int before = 0)
    {
        var host = call.Host<FirmwareHost>();
        return call.Return(
            host.Cellular is { Covered: true, Emm: EmmState.Registered } ? value(MobileCell.Of(host))
            : host.Cellular.HasMeasured ? none : before);
    }

    /// <summary>V1112 FULL has no virtual card: its initialisation is empty, and the real card stays chosen.</summary>
    private static int SoftSim(in LuaCall call)
    {
        if (call[1].IsBoolean && call.Truthy(1)) throw NotModelled.Error(call, "mobile.vsimOnOff(true)");
        return call.Return();
    }

    /// <summary>The test of the radio is not modelled; to end it where it is not on changes nothing.</summary>
    private static int RadioTest(in LuaCall call)
    {
        const int usbPort = 0x20;
        call.IntOr(2, usbPort);
        if (call.Truthy(1)) throw NotModelled.Error(call, "mobile.nstOnOff(true)");
        return call.Return();
    }

    /// <summary>
    /// A zbuff or a text goes to the modem's software, everything else ends the transmission; only userdata of another
    /// type is refused. V1112 writes capital letters over the script's own string.
    /// </summary>
    private static int RadioTestInput(in LuaCall call)
    {
        _ = ZbuffLibrary.ArgumentOrNull(call, 1);
        throw NotModelled.Error(call, "mobile.nstInput");
    }

    private static int SimId(in LuaCall call)
    {
        if (call[1].IsInteger)
        {
            var id = (int)call[1].AsInteger;
            if (id is < 0 or 1) throw NotModelled.Error(call, $"mobile.simid({id})"); // another card
            call.Host<FirmwareHost>().Log.Write(
                LogLevel.Info, "mobile", $"sim set to {id} , ret {(id > HighestSim ? -1 : 0)}");
        }

        return call.Return(0);
    }

    /// <summary>
    /// Gives the access point of the default bearer, and sets another one for the next attach; the virtual network
    /// takes any, with any user and password.
    /// </summary>
    private static int Apn(in LuaCall call)
    {
        call.IntOr(1, 0);
        var cid = call.IntOr(2, 0);
        var cellular = call.Host<FirmwareHost>().Cellular;
        var before = cid <= DefaultCid ? cellular.AccessPoint : null;
        if (call[3].AsString is not null || call[3].IsNumber)
        {
            var name = call.String(3);
            call.String(4);
            call.String(5);
            call.IntOr(6, 1);
            call.IntOr(7, 3);
            if (cid > DefaultCid) throw NotModelled.Error(call, $"mobile.apn(index, {cid}, APN)");
            cellular.WantedAccessPoint = name.Length == 0 ? default(ReadOnlyMemory<byte>?) : name.Memory;
        }
        else if (call[8].IsBoolean && call.Truthy(8))
        {
            throw NotModelled.Error(call, "mobile.apn(index, cid, nil, …, true)");
        }

        return call.Return(before is { } point ? call.State.NewString(Held(point).ToArray()) : default(LuaValue));
    }

    /// <summary>What the driver's place holds of an access point, up to a zero byte.</summary>
    private static ReadOnlyMemory<byte> Held(ReadOnlyMemory<byte> point)
    {
        const int place = 63;
        var end = point.Span.IndexOf((byte)0);
        return point[..Math.Min(end < 0 ? point.Length : end, place)];
    }

    /// <summary>What the next attach asks for; the virtual network gives IPv4 alone.</summary>
    private static int Ipv6(in LuaCall call)
    {
        var cellular = call.Host<FirmwareHost>().Cellular;
        if (call[1].IsBoolean) cellular.WantsIpv6 = call.Truthy(1);
        return call.Return(cellular.WantsIpv6);
    }

    /// <summary>Without an operation it tells whether the card is ready.</summary>
    private static int SimPin(in LuaCall call)
    {
        call.IntOr(1, 0);
        var operation = call.IntOr(2, -1);
        var cellular = call.Host<FirmwareHost>().Cellular;
        return call.Return(operation == -1
            ? cellular.Sim == SimState.Ready
            : cellular.OperatePin((byte)operation, PinOf(call, 3), PinOf(call, 4)));
    }

    /// <summary>The C code copies 8 characters at most; what is no string is an empty one.</summary>
    private static string PinOf(in LuaCall call, int argument)
    {
        if (call[argument].AsString is null && !call[argument].IsNumber) return "";
        var pin = LuaText.Path(call.String(argument));
        return pin.Length > 8 ? pin[..8] : pin;
    }

    private static int Reset(in LuaCall call)
    {
        call.Host<FirmwareHost>().Cellular.ResetStack();
        return call.Return();
    }

    /// <summary>
    /// The bytes of the link up and down, each as units of 2^30 and the rest. Before the first link there are none; how
    /// the modem's closed software counts is not known.
    /// </summary>
    private static int DataTraffic(in LuaCall call)
    {
        if (call.Host<FirmwareHost>().Cellular.HadLink) throw NotModelled.Error(call, "mobile.dataTraffic");
        return call.Return([0, 0, 0, 0]);
    }

    /// <summary>
    /// Settings of the radio's closed software, which takes them; the virtual radio is not changed by them. One deletes
    /// what is saved: after the next start the defaults count (L:components/mobile/luat_lib_mobile.c). The last ones of
    /// the catalogue are unknown to this chip's driver.
    /// </summary>
    private static int Config(in LuaCall call)
    {
        const int attachType = 7;
        const int simWrites = 8;
        const int factoryReset = 10;
        const int lastKnown = factoryReset;
        var item = (byte)call.IntOr(1, 0);
        var value = call.UIntOr(2, 0);
        var host = call.Host<FirmwareHost>();
        if (item == attachType) host.Log.Raw($"luat_mobile_set_attach_type_ec618 887:CE MODE {(int)value}");
        if (item == simWrites) host.Cellular.SimWrites.Ask((byte)value);
        if (item == factoryReset) host.Retained.ForgetsBands = true;
        return call.Return(item is > 0 and <= lastKnown);
    }

    /// <summary>
    /// Tells CFUN as it was before: true for normal operation, false in flight mode (the binding takes 1 for "in
    /// flight mode").
    /// </summary>
    private static int FlightMode(in LuaCall call)
    {
        call.IntOr(1, 0);
        var cellular = call.Host<FirmwareHost>().Cellular;
        var before = !cellular.FlightMode;
        if (call[2].IsBoolean) cellular.SetFlightMode(call.Truthy(2));
        return call.Return(before);
    }

    /// <summary>
    /// The first argument is the period of looks at the card, the second that of cell searches, ms. The driver ignores
    /// the fourth. The fifth is the longest time without a link, ms; what it does then is the vendor's text.
    /// </summary>
    private static int SetAuto(in LuaCall call)
    {
        var period = call.UIntOr(2, 0);
        var simPeriod = call.UIntOr(1, 0);
        call.IntOr(3, 0);
        var cellular = call.Host<FirmwareHost>().Cellular;
        cellular.CheckSimEvery(TimeSpan.FromMilliseconds(simPeriod));
        cellular.Search.SetPeriod(TimeSpan.FromMilliseconds(period));
        if (call[5].IsInteger) cellular.RestartAfterOutage(TimeSpan.FromMilliseconds(call.UIntOr(5, 0)));
        return call.Return();
    }

    /// <summary>Seconds after the last packet until the module gives the radio connection up; 0: never.</summary>
    private static int ReleaseTime(in LuaCall call)
    {
        var seconds = (byte)call.IntOr(1, 0);
        var idle = call.UIntOr(4, 0);
        if (seconds == 1 && idle < LongIdle) seconds = 2;
        call.Host<FirmwareHost>().Cellular.Rrc.ReleaseAfter =
            seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
        return call.Return();
    }

    private static int SyncTime(in LuaCall call)
    {
        var cellular = call.Host<FirmwareHost>().Cellular;
        if (call[1].IsBoolean) cellular.TakesNetworkTime = call.Truthy(1);
        return call.Return(cellular.TakesNetworkTime);
    }
}
