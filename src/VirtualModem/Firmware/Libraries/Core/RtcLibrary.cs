using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>rtc</c>, always UTC (reference §7.4).</summary>
internal static class RtcLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("rtc")
        .Add("get", Get)
        .Add("set", Set)
        .Add("timezone", Timezone);

    private static int Get(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var utc = host.Calendar.UtcAt(host.Board.Now);
        var table = call.State.NewTable(0, 6);
        table["year"] = utc.Year;
        table["mon"] = utc.Month;
        table["day"] = utc.Day;
        table["hour"] = utc.Hour;
        table["min"] = utc.Minute;
        table["sec"] = utc.Second;
        return call.Return(table);
    }

    private static int Set(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        DateTimeOffset utc;
        if (call[1].AsTable is { } table)
        {
            try
            {
                utc = new DateTimeOffset(
                    Field(call, table, "year"), Field(call, table, "mon"), Field(call, table, "day"),
                    Field(call, table, "hour"), Field(call, table, "min"), Field(call, table, "sec"), TimeSpan.Zero);
            }
            catch (ArgumentOutOfRangeException)
            {
                return call.Return(false);
            }
        }
        else
        {
            utc = DateTimeOffset.FromUnixTimeSeconds(call.Integer(1));
        }

        host.Calendar.Set(utc, host.Board.Now);
        return call.Return(true);
    }

    private static int Field(in LuaCall call, LuaTable table, string name) =>
        call.State.TryToInteger(table[name], out var value) ? (int)value : throw call.Error($"rtc time need {name}");

    private static int Timezone(in LuaCall call)
    {
        var calendar = call.Host<FirmwareHost>().Calendar;
        if (call[1].IsInteger)
        {
            calendar.TimezoneQuarters = (int)Math.Clamp(call[1].AsInteger, -48, 56);
            call.State.TimezoneOffsetSeconds = calendar.OffsetSeconds;
        }

        return call.Return(calendar.TimezoneQuarters);
    }
}
