using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// The fields of the table that <c>os.time</c> gets, in the order in which they are read and judged. V1112 reads
/// <c>mon</c> first, takes it as it is, and asks for <c>month</c> only where there is none (L:lua/src/loslib.c).
/// </summary>
internal sealed class TimeFields(LuaState state)
{
    private const int LargestField = int.MaxValue / 2;

    private static readonly string[] ModuleOrder = ["sec", "min", "hour", "day", "year", "isdst", "mon", "month"];

    private static readonly string[] PlainOrder = ["sec", "min", "hour", "day", "month", "year", "isdst"];

    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
    private int _at;

    private string[] Order => state.Options.ModuleLibraries ? ModuleOrder : PlainOrder;

    /// <summary>The field to read next; null: all are read.</summary>
    public string? Next => _at < Order.Length ? Order[_at] : null;

    /// <summary>Seconds since 1970 of what the fields say, when all are read.</summary>
    public long Seconds => ((OsCalendar.DaysBefore(_values["year"], _values["month"]) + _values["day"] - 1) * 86400)
        + (_values["hour"] * 3600) + (_values["min"] * 60) + _values["sec"];

    /// <summary>Takes the value of <see cref="Next"/>.</summary>
    /// <exception cref="LuaException">It is missing, no integer, or too large.</exception>
    public void Take(in LuaValue value)
    {
        var name = Order[_at++];
        if (name == "isdst") return;
        if (name != "mon")
        {
            _values[name] = Read(value, name, name switch { "hour" => 12, "sec" or "min" => 0, _ => null });
            return;
        }

        if (value.IsNil) return;
        _values["month"] = state.TryToInteger(value, out var month) ? unchecked((int)month) : 0;
        _at++;
    }

    private long Read(in LuaValue value, string name, long? otherwise)
    {
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
