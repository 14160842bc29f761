using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Gnss;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Serial;

/// <summary><c>libgnss</c> (hardware reference §12, L:components/minmea/luat_lib_libgnss.c).</summary>
internal static class GnssLibrary
{
    private const string Tag = "gnss";

    /// <summary>The mode in which the getters give the sentence itself.</summary>
    private const int RawMode = 3;

    private const double MetresPerMile = 1852;
    private const int GsvLifeMs = 3500;
    private const int GsaLifeMs = 1500;
    private const int GsaSatellitesLifeMs = 1000;

    /// <summary>Room that tables are made with.</summary>
    private const int GsvSlots = 24;

    private const int GsaSlots = 7;
    private const int GsaSatellites = 12;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("libgnss")
        .Add("parse", Parse)
        .Add("bind", Bind)
        .Add("clear", static (in LuaCall call) =>
        {
            Of(call).Clear();
            return call.Return();
        })
        .Add("isFix", static (in LuaCall call) => call.Return(Of(call).Position.IsValid))
        .Add("getIntLocation", IntLocation)
        .Add("getRmc", Rmc)
        .Add("getGsv", Gsv)
        .Add("getGsa", static (in LuaCall call) => call.IntOr(1, 0) == 1 ? AllGsa(call) : FirstGsa(call))
        .Add("getVtg", Vtg)
        .Add("getGga", Gga)
        .Add("getGll", Gll)
        .Add("getZda", Zda)
        .Add("getTxt", static (in LuaCall call) =>
            call.Return(Of(call).Last("TXT") is { } line ? Text(call, NmeaSentences.ReadTxt(line)) : ""))
        .Add("locStr", Location)
        .Add("debug", Debug)
        .Add("rtcAuto", ClockAuto)
        .Add("casic_aid", CasicAid)
        .Add("on", On);

    private static GnssReceiver Of(in LuaCall call) => call.Host<FirmwareHost>().Gnss;

    private static int Parse(in LuaCall call)
    {
        if (call[1].AsString is { } text) Of(call).Parse(text.Span);
        else if (call[1].Type is LuaType.Userdata or LuaType.LightUserdata)
        {
            Of(call).Parse(ZbuffLibrary.Argument(call, 1).Data);
        }

        return call.Return();
    }

    /// <summary>From now on the port's bytes are read and parsed. There is no way back.</summary>
    private static int Bind(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var port = call.Int(1);
        host.Gnss.Clear();
        if (host.Gnss.TakeBuffer()) host.Uarts.Listen(port, id => new GnssPort(host.Gnss, host.Uarts, id));
        if (call[2].IsInteger) host.Gnss.CopiesTo = call.Int(2);
        return call.Return();
    }

    private static int IntLocation(in LuaCall call)
    {
        var position = Of(call).Position;
        if (!position.IsValid) return call.Return(0, 0, 0);
        var knots = position.Speed.ToFloat();
        LuaValue speed = call.IntOr(1, 0) switch
        {
            1 => LuaValue.Float(knots * 1852 / 3600),
            2 => LuaValue.Float((float)(knots * (MetresPerMile / 1000))),
            3 => LuaValue.Float(knots),
            _ => (int)(knots * 1852),
        };
        return call.Return(position.Latitude.Value, position.Longitude.Value, speed);
    }

    private static int Rmc(in LuaCall call)
    {
        var mode = call.IntOr(1, 0);
        if (mode == RawMode) return Raw(call, "RMC");
        var position = Of(call).Position;
        var table = call.State.NewTable(0, 12);
        table["valid"] = position.IsValid;
        (string Name, NmeaNumber Number, int Mode)[] numbers =
        [
            ("lat", position.Latitude, mode), ("lng", position.Longitude, mode), ("speed", position.Speed, 0),
            ("course", position.Course, 0), ("variation", position.Variation, 0),
        ];
        foreach (var (name, number, form) in numbers) table[name] = position.IsValid ? Value(number, form) : 0;
        PutTime(table, position.Date, position.Time);
        return call.Return(table);
    }

    private static int Gsv(in LuaCall call)
    {
        var receiver = Of(call);
        var table = call.State.NewTable(0, 2);
        var list = call.State.NewTable(GsvSlots);
        var count = 0;
        foreach (var kept in receiver.Gsv)
        {
            if (!receiver.IsFresh(kept, GsvLifeMs)) continue;
            foreach (var (number, elevation, azimuth, snr) in NmeaSentences.ReadGsv(kept.Text).Satellites)
            {
                if (number == 0) continue;
                var satellite = call.State.NewTable(0, 4);
                satellite["nr"] = number;
                satellite["snr"] = snr;
                satellite["elevation"] = elevation;
                satellite["azimuth"] = azimuth;
                satellite["tp"] = SystemOf(kept.Text);
                satellite["tpstr"] = kept.Text.Substring(1, 2);
                list[++count] = satellite;
            }
        }

        table["sats"] = list;
        table["total_sats"] = count;
        return call.Return(table);
    }

    private static int SystemOf(string sentence) => sentence[1..3] switch
    {
        "BD" or "GB" => 1,
        "GL" => 2,
        "GA" => 3,
        "QZ" => 4,
        _ => 0,
    };

    /// <summary>The values of the first sentence that is fresh, and the satellites of all.</summary>
    private static int FirstGsa(in LuaCall call)
    {
        var receiver = Of(call);
        var table = call.State.NewTable(0, 12);
        foreach (var kept in receiver.Gsa)
        {
            var gsa = NmeaSentences.ReadGsa(kept.Text);
            if (!receiver.IsFresh(kept, GsaLifeMs) || !gsa.IsWhole) continue;
            PutGsa(table, gsa);
            break;
        }

        var list = call.State.NewTable(GsaSlots);
        var count = 0;
        foreach (var gsa in FreshGsa(receiver)) PutSatellites(list, gsa, ref count);
        table["sats"] = list;
        return call.Return(table);
    }

    private static int AllGsa(in LuaCall call)
    {
        var all = call.State.NewTable(GsaSlots);
        var place = 0;
        foreach (var gsa in FreshGsa(Of(call)))
        {
            var table = call.State.NewTable(0, 12);
            PutGsa(table, gsa);
            var list = call.State.NewTable(GsaSatellites);
            var count = 0;
            PutSatellites(list, gsa, ref count);
            table["sats"] = list;
            all[++place] = table;
        }

        return call.Return(all);
    }

    private static IEnumerable<NmeaSentences.Gsa> FreshGsa(GnssReceiver receiver) => receiver.Gsa
        .Where(kept => receiver.Ticks - kept.At <= GsaSatellitesLifeMs)
        .Select(kept => NmeaSentences.ReadGsa(kept.Text)).Where(gsa => gsa.IsWhole);

    private static void PutGsa(LuaTable table, NmeaSentences.Gsa gsa)
    {
        table["fix_type"] = gsa.FixType;
        table["pdop"] = Value(gsa.Pdop);
        table["hdop"] = Value(gsa.Hdop);
        table["vdop"] = Value(gsa.Vdop);
        table["sysid"] = gsa.System;
    }

    private static void PutSatellites(LuaTable list, NmeaSentences.Gsa gsa, ref int count)
    {
        foreach (var satellite in gsa.Satellites)
        {
            if (satellite != 0) list[++count] = satellite;
        }
    }

    private static int Vtg(in LuaCall call)
    {
        if (call.IntOr(1, 0) == RawMode) return Raw(call, "VTG");
        if (Of(call).Last("VTG") is not { } line) return call.Return();
        var vtg = NmeaSentences.ReadVtg(line);
        var table = call.State.NewTable(0, 10);
        table["true_track_degrees"] = Value(vtg.TrueTrack);
        table["magnetic_track_degrees"] = Value(vtg.MagneticTrack);
        table["speed_knots"] = Value(vtg.Knots);
        table["speed_kph"] = Value(vtg.KilometresPerHour);
        return call.Return(table);
    }

    private static int Gga(in LuaCall call)
    {
        var mode = call.IntOr(1, 0);
        if (mode == RawMode) return Raw(call, "GGA");
        if (Of(call).Last("GGA") is not { } line) return call.Return();
        var gga = NmeaSentences.ReadGga(line);
        var table = call.State.NewTable();
        table["altitude"] = Value(gga.Altitude);
        table["latitude"] = Value(gga.Latitude, mode);
        table["longitude"] = Value(gga.Longitude, mode);
        table["fix_quality"] = gga.FixQuality;
        table["satellites_tracked"] = gga.Satellites;
        table["hdop"] = Value(gga.Hdop);
        table["height"] = Value(gga.Height);
        table["dgps_age"] = Value(gga.DgpsAge);
        return call.Return(table);
    }

    /// <summary>Mode 3 gives the VTG sentence; without one the C code follows a null pointer.</summary>
    private static int Gll(in LuaCall call)
    {
        var mode = call.IntOr(1, 0);
        if (Of(call).Last("GLL") is not { } line) return call.Return();
        if (mode == RawMode) return Raw(call, "VTG");
        var gll = NmeaSentences.ReadGll(line);
        var table = call.State.NewTable();
        table["latitude"] = Value(gll.Latitude, mode);
        table["longitude"] = Value(gll.Longitude, mode);
        table["mode"] = Letter(gll.Mode);
        table["status"] = Letter(gll.Status);
        var time = gll.Time ?? new NmeaTime(-1, -1, -1, -1);
        table["hour"] = time.Hour;
        table["us"] = time.Microsecond;
        table["min"] = time.Minute;
        table["sec"] = time.Second;
        return call.Return(table);
    }

    /// <summary>As lua_pushfstring shows "%c": where there was no letter it is the number of the byte.</summary>
    private static string Letter(char letter) => letter == '\0' ? @"<\0>" : letter.ToString();

    private static int Zda(in LuaCall call)
    {
        var table = call.State.NewTable(0, 9);
        if (Of(call).Last("ZDA") is { } line)
        {
            var zda = NmeaSentences.ReadZda(line);
            table["hour_offset"] = zda.HourOffset;
            table["minute_offset"] = zda.MinuteOffset;
            PutTime(table, zda.Date, zda.Time);
        }

        return call.Return(table);
    }

    private static int Location(in LuaCall call)
    {
        var position = Of(call).Position;
        var (latitude, longitude) = (position.Latitude.ToFloat(), position.Longitude.ToFloat());
        return call.Return(call.IntOr(1, 0) switch
        {
            0 => $"{Significant(latitude)},{(latitude > 0 ? 'N' : 'S')},{Significant(longitude)}," +
                $"{(longitude > 0 ? 'E' : 'W')},1.0",
            1 => FormattableString.Invariant($"{position.Latitude.Value},{position.Longitude.Value}"),
            _ => "",
        });
    }

    private static string Significant(float value) => ModulePrintf.FormatFloat('g', 7, Math.Abs(value));

    private static int Debug(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        host.Gnss.IsDebug = call[1].IsBoolean && call.Truthy(1);
        host.Log.Write(LogLevel.Debug, Tag, host.Gnss.IsDebug ? "Debug ON" : "Debug OFF");
        return call.Return();
    }

    private static int ClockAuto(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        host.Gnss.SetsClock = call[1].IsBoolean && call.Truthy(1);
        host.Log.Write(
            LogLevel.Debug, Tag, $"GNSS->RTC Auto-Set now is {(host.Gnss.SetsClock ? "ON" : "OFF")}");
        return call.Return();
    }

    /// <summary>
    /// The message AID-INI of a time and a place. A time counts from 2023 on, a place where neither number is about 0.
    /// </summary>
    private static int CasicAid(in LuaCall call)
    {
        var state = call.State;
        var (time, place) = (OptionTable.At(call, 1), OptionTable.At(call, 2));
        int Number(string name) =>
            time?[name] is { IsNumber: true } value && state.TryToInteger(value, out var number) ? (int)number : 0;
        double Degrees(string name) =>
            place?[name] is { IsNumber: true } value ? value.AsNumber
            : place?[name].AsString is { } text ? LuaText.LeadingNumber(text) ?? 0
            : 0;
        // os.date and rtc.get name the month differently; the last one that is a number counts.
        var (year, month) = (Number("year"), Number(time?["mon"].IsNumber == true ? "mon" : "month"));
        var (latitude, longitude) = (Degrees("lat"), Degrees("lng"));
        var aid = new CasicAid(
            year, month, Number("day"), Number("hour"), Number("min"), Number("sec"), year > 2022,
            latitude, longitude, place?["alt"] is { IsNumber: true } metres ? metres.AsNumber : 0,
            latitude is > 0.001 or < -0.01 && longitude is > 0.001 or < -0.01);
        var host = call.Host<FirmwareHost>();
        if (month > Gnss.CasicAid.LastMonth)
        {
            host.Board.Notice($"libgnss.casic_aid: there is no month {month}; the firmware reads beyond an array.");
        }

        host.Log.Write(LogLevel.Debug, "casic",
            $"date time {year} {month} {aid.Day} {aid.Hour} {aid.Minute} {aid.Second}");
        host.Log.Write(LogLevel.Debug, "casic", $"lat {aid.Latitude,7:F6}");
        host.Log.Write(LogLevel.Debug, "casic", $"lng {aid.Longitude,7:F6}");
        host.Log.Write(
            LogLevel.Debug, "casic", $"lls {(aid.HasPlace ? "ok" : "no")}, time {(aid.HasTime ? "ok" : "no")}");
        return call.Return(state.NewString(aid.ToBytes()));
    }

    private static int On(in LuaCall call)
    {
        var receiver = Of(call);
        ScriptCallback? callback = LuaText.Path(call.String(1)) switch
        {
            "raw" => receiver.Raw,
            "txt" => receiver.Txt,
            "other" => receiver.Other,
            _ => null,
        };
        callback?.Replace(call.State, call[2].AsFunction);
        return call.Return();
    }

    private static int Raw(in LuaCall call, string kind) =>
        Of(call).Last(kind) is { } line ? call.Return(Text(call, line)) : call.Return();

    /// <summary>A sentence has one byte a character.</summary>
    private static LuaValue Text(in LuaCall call, string text) =>
        call.State.NewString(System.Text.Encoding.Latin1.GetBytes(text));

    /// <summary>A value of zero is an integer.</summary>
    private static LuaValue Value(NmeaNumber number, int mode = 0) => number.Value == 0 ? 0 : mode switch
    {
        0 => LuaValue.Float(number.ToFloat()),
        1 => LuaValue.Integer((int)number.ToScaledDegrees()),
        _ => LuaValue.Float(number.ToDegrees()),
    };

    private static void PutTime(LuaTable table, (int Day, int Month, int Year)? date, NmeaTime? time)
    {
        var (year, month, day, at) = NmeaTime.With(date, time);
        table["year"] = year;
        table["month"] = month;
        table["day"] = day;
        table["hour"] = at.Hour;
        table["min"] = at.Minute;
        table["sec"] = at.Second;
    }
}
