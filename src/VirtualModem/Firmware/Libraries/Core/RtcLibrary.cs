using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>rtc</c>, always UTC (reference §7.4, L:luat/modules/luat_lib_rtc.c, S:interface/src/luat_rtc_ec618.c).
/// </summary>
internal static class RtcLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("rtc")
        .Add("get", Get)
        .Add("set", Set)
        .Add("timezone", Timezone)
        .Add("timerStart", TimerStart)
        .Add("timerStop", TimerStop)
        .Add("setBaseYear", SetBaseYear);

    /// <summary>The fields of a time, in the order in which they are looked for.</summary>
    private static readonly string[] Fields = ["year", "mon", "day", "hour", "min", "sec"];

    /// <summary>The year that the driver counts from; rtc.setBaseYear makes what scripts see differ from it.</summary>
    private const int DriverBaseYear = 1900;

    private static int Get(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var utc = host.Calendar.UtcAt(host.Board.Now);
        int[] values =
        [
            utc.Year - DriverBaseYear + host.BaseYear, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second,
        ];
        var table = call.State.NewTable(0, Fields.Length);
        for (var i = 0; i < values.Length; i++) table[Fields[i]] = values[i];
        return call.Return(table);
    }

    private static int Set(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (call[1].AsTable is null && call[1].IsInteger)
        {
            host.Calendar.Set(DateTimeOffset.FromUnixTimeSeconds((uint)call[1].AsInteger), host.Board.Now);
            return call.Return(true);
        }

        if (Time(call, 1) is not { } time) return call.Return();
        var seconds = UnixSeconds(host, time);
        host.Calendar.Set(DateTimeOffset.FromUnixTimeSeconds(seconds), host.Board.Now);
        return call.Return(true);
    }

    /// <summary>The six fields of the table at that place; null, and a line of the log, where one is missing.</summary>
    private static long[]? Time(in LuaCall call, int index)
    {
        var log = call.Host<FirmwareHost>().Log;
        if (OptionTable.At(call, index) is not { } table)
        {
            log.Write(LogLevel.Warn, "rtc", "rtc time need table");
            return null;
        }

        var values = new long[Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            var value = table[Fields[i]];
            if (!call.State.TryToNumber(value, out _))
            {
                log.Write(LogLevel.Warn, "rtc", $"rtc time miss {Fields[i]}");
                return null;
            }

            values[i] = call.IntOf(value, -1);
        }

        return values;
    }

    /// <summary>
    /// No field is checked: what is too large runs over into the next one. The driver keeps 16 bits of the year, 8 of
    /// each other field (S:PLAT/core/common/include/bsp_common.h) and 32 of the seconds.
    /// </summary>
    private static long UnixSeconds(FirmwareHost host, long[] time)
    {
        const int cycleYears = 400;
        const int cycleDays = 146097;
        int year = unchecked((ushort)(time[0] - host.BaseYear + DriverBaseYear));
        var month = (byte)time[1];
        if (month is < 1 or > 12)
        {
            host.Notice($"rtc.set: in month {month} V1112 reads beside its table of days. Give a month of 1 to 12.");
        }

        // Years of the same place in the cycle have the same calendar.
        var alike = (year % cycleYears) + (4 * cycleYears);
        var first = new DateTime(alike, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(month - 1);
        var days = (long)(first - DateTime.UnixEpoch).TotalDays + ((year - alike) / cycleYears * cycleDays);
        days += (byte)time[2] - 1;
        return (uint)((((((days * 24) + (byte)time[3]) * 60) + (byte)time[4]) * 60) + (byte)time[5]);
    }

    /// <summary>In quarter hours, an int8 that nobody checks.</summary>
    private static int Timezone(in LuaCall call)
    {
        var calendar = call.Host<FirmwareHost>().Calendar;
        if (call[1].IsInteger)
        {
            calendar.TimezoneQuarters = (sbyte)call[1].AsInteger;
            call.State.TimezoneOffsetSeconds = calendar.OffsetSeconds;
        }

        return call.Return(calendar.TimezoneQuarters);
    }

    private static int TimerStart(in LuaCall call)
    {
        call.Int(1);
        if (Time(call, 2) is null) return call.Return();
        call.Host<FirmwareHost>().Log.Raw("luat_rtc_timer_start 74:rtc timer isn't support");
        return call.Return(false);
    }

    private static int TimerStop(in LuaCall call)
    {
        call.Int(1);
        return call.Return(false);
    }

    private static int SetBaseYear(in LuaCall call)
    {
        call.Host<FirmwareHost>().BaseYear = call.Int(1);
        return call.Return();
    }
}
