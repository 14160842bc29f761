using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// clock, date, difftime and time of the os library. Time comes from the host alone
/// (<see cref="LuaState.UtcNowSeconds"/>, <see cref="LuaState.CpuSeconds"/>). On V1112 <c>os.date</c> shows local time,
/// but <c>os.time</c> reads a table as UTC and takes <c>mon</c> for <c>month</c> (reference §1.4).
/// </summary>
internal static class OsLibrary
{
    private const int LargestField = int.MaxValue / 2;

    private static readonly LuaString PlainFormat = LuaString.FromText("%c");

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("os")
        .Add("clock", Clock).Add("date", Date).Add("difftime", DiffTime).Add("time", Time);

    private static int Clock(in LuaCall call) =>
        call.Return(call.State.Numbers.Float(call.State.CpuSeconds?.Invoke() ?? 0));

    private static int DiffTime(in LuaCall call) =>
        call.Return(call.State.Numbers.Float(call.Integer(1) - (double)call.Integer(2)));

    private static long Now(LuaState state) => state.UtcNowSeconds?.Invoke() ?? 0;

    private static int Date(in LuaCall call)
    {
        var state = call.State;
        var format = (call.StringOrNull(1) ?? PlainFormat).Span;
        var seconds = call[2].IsNil ? Now(state) : call.Integer(2);
        var utc = format.Length > 0 && format[0] == '!';
        if (utc) format = format[1..];
        else seconds += state.TimezoneOffsetSeconds;
        if (!OsCalendar.TryOf(seconds, out var date))
        {
            throw call.Error("time result cannot be represented in this installation");
        }

        if (format.SequenceEqual("*t"u8))
        {
            var table = state.NewTable(0, 9);
            SetFields(table, date);
            return call.Return(table);
        }

        var text = new OsDateText(date, utc || state.Options.ModuleLibraries ? "GMT" : "UTC",
            utc ? 0 : state.TimezoneOffsetSeconds, withC99: !state.Options.ModuleLibraries);
        var buffer = new StringBuffer(state);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                buffer.Add(format[i]);
                continue;
            }

            if (!text.TryAppend(buffer, format[(i + 1)..], out var used))
            {
                var rest = LuaString.FromBytes(format[(i + 1)..]);
                throw call.ArgumentError(1, $"invalid conversion specifier '%{rest}'");
            }

            i += used;
        }

        return call.Return(buffer.ToLuaString());
    }

    private static void SetFields(LuaTable table, in OsCalendar date)
    {
        table["sec"] = LuaValue.Integer(date.Second);
        table["min"] = LuaValue.Integer(date.Minute);
        table["hour"] = LuaValue.Integer(date.Hour);
        table["day"] = LuaValue.Integer(date.Day);
        table["month"] = LuaValue.Integer(date.Month);
        table["year"] = LuaValue.Integer(date.Year);
        table["wday"] = LuaValue.Integer(date.WeekDay + 1);
        table["yday"] = LuaValue.Integer(date.YearDay + 1);
        table["isdst"] = false;
    }

    private static int Time(in LuaCall call)
    {
        var state = call.State;
        if (call[1].IsNil) return call.Return(state.Numbers.Integer(Now(state)));
        var table = call.Table(1);
        var second = Field(state, table, "sec", 0);
        var minute = Field(state, table, "min", 0);
        var hour = Field(state, table, "hour", 12);
        var day = Field(state, table, "day", null);
        long month, year;
        if (state.Options.ModuleLibraries)
        {
            year = Field(state, table, "year", null);
            month = ModuleMonth(state, table);
        }
        else
        {
            month = Field(state, table, "month", null);
            year = Field(state, table, "year", null);
        }

        var local = (OsCalendar.DaysBefore(year, month) + day - 1) * 86400 + (hour * 3600) + (minute * 60) + second;
        if (OsCalendar.TryOf(local, out var normalised)) SetFields(table, normalised);
        var time = state.Options.ModuleLibraries ? local : local - state.TimezoneOffsetSeconds;
        if (time == -1 || state.Numbers.Wrap(time) != time)
        {
            throw call.Error("time result cannot be represented in this installation");
        }

        return call.Return(LuaValue.Integer(time));
    }

    /// <summary>V1112 takes mon before month, and asks nothing of it: what is no integer is 0.</summary>
    private static long ModuleMonth(LuaState state, LuaTable table)
    {
        var month = table["mon"];
        if (month.IsNil) return Field(state, table, "month", null);
        return state.TryToInteger(month, out var integer) ? unchecked((int)integer) : 0;
    }

    private static long Field(LuaState state, LuaTable table, string name, long? otherwise)
    {
        var value = table[name];
        if (!state.TryToInteger(value, out var integer))
        {
            if (!value.IsNil) throw state.ErrorHere($"field '{name}' is not an integer");
            return otherwise ?? throw state.ErrorHere($"field '{name}' missing in date table");
        }

        return integer is >= -LargestField and <= LargestField
            ? integer
            : throw state.ErrorHere($"field '{name}' is out-of-bound");
    }
}
