using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// Arguments that outlive the call, for routines: the same checks and errors as <see cref="Run.LuaCall"/>.
/// </summary>
internal readonly struct RoutineArguments(LuaState state, LuaValue[] values)
{
    public LuaState State { get; } = state;
    public int Count => values.Length;

    /// <summary>Argument <paramref name="index"/>, from 1; nil beyond the last.</summary>
    public LuaValue this[int index] => (uint)(index - 1) < (uint)values.Length ? values[index - 1] : default;

    public long Integer(int index)
    {
        var value = this[index];
        if (State.TryToInteger(value, out var integer)) return integer;
        throw State.TryToNumber(value, out _)
            ? State.ArgumentError(index, "number has no integer representation")
            : TypeError(index, "number");
    }

    public double Number(int index) =>
        State.TryToNumber(this[index], out var number)
            ? State.Numbers.Round(number.AsNumber)
            : throw TypeError(index, "number");

    public LuaException TypeError(int index, string expected) => State.ArgumentError(
        index, $"{expected} expected, got {State.TypeNameForError(this[index], index > Count)}");
}
