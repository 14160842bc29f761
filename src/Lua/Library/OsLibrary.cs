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
        if (!TryDate(state, seconds, out var date))
        {
            throw call.Error("time result cannot be represented in this installation");
        }

        if (UpToZero(format).SequenceEqual("*t"u8))
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
                var rest = LuaString.FromBytes(UpToZero(format[(i + 1)..]));
                throw call.ArgumentError(1, $"invalid conversion specifier '%{rest}'");
            }

            i += used;
        }

        return call.Return(buffer.ToLuaString());
    }

    private static bool TryDate(LuaState state, long seconds, out OsCalendar date)
    {
        if (state.OnDateUnset is not { } tell) return OsCalendar.TryOf(seconds, out date);
        if (seconds is >= 0 and < 86400) tell();
        date = OsCalendar.OfUnsigned(seconds);
        return true;
    }

    /// <summary>What strcmp and %s of C see of a string.</summary>
    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text;

    /// <summary>The fields of a table of date and time, in the order in which they are set.</summary>
    private static (string Name, LuaValue Value)[] Fields(in OsCalendar date) =>
    [
        ("sec", LuaValue.Integer(date.Second)), ("min", LuaValue.Integer(date.Minute)),
        ("hour", LuaValue.Integer(date.Hour)), ("day", LuaValue.Integer(date.Day)),
        ("month", LuaValue.Integer(date.Month)), ("year", LuaValue.Integer(date.Year)),
        ("wday", LuaValue.Integer(date.WeekDay + 1)), ("yday", LuaValue.Integer(date.YearDay + 1)), ("isdst", false),
    ];

    private static void SetFields(LuaTable table, in OsCalendar date)
    {
        foreach (var (name, value) in Fields(date)) table[name] = value;
    }

    private static int Time(in LuaCall call)
    {
        var state = call.State;
        if (call[1].IsNil) return call.Return(state.Numbers.Integer(Now(state)));
        var table = call.Table(1);
        if (!TableAccess.IsPlain(table)) return call.Continue(TimeByMeta);
        var fields = new TimeFields(state);
        while (fields.Next is { } name) fields.Take(table[name]);
        if (OsCalendar.TryOf(fields.Seconds, out var normalised)) SetFields(table, normalised);
        return call.Return(Represented(state, fields.Seconds));
    }

    /// <summary>Fields are read and written with metamethods: a table may take its defaults from another one.</summary>
    private static IEnumerator<NativeStep> TimeByMeta(NativeFrame frame)
    {
        var (state, table) = (frame.State, frame.Arguments[0]);
        var fields = new TimeFields(state);
        while (fields.Next is { } name)
        {
            if (!TableAccess.TryIndex(state, table, (LuaValue)name, out var value, out var step))
            {
                yield return step;
                value = frame.Result(0);
            }

            fields.Take(value);
        }

        var normalised = OsCalendar.TryOf(fields.Seconds, out var date) ? Fields(date) : [];
        foreach (var (name, value) in normalised)
        {
            if (!TableAccess.TrySet(state, table, (LuaValue)name, value, out var step)) yield return step;
        }

        frame.Return(Represented(state, fields.Seconds));
    }

    private static LuaValue Represented(LuaState state, long local)
    {
        var time = state.Options.ModuleLibraries ? local : local - state.TimezoneOffsetSeconds;
        return time != -1 && state.Numbers.Wrap(time) == time
            ? LuaValue.Integer(time)
            : throw state.ErrorHere("time result cannot be represented in this installation");
    }
}
