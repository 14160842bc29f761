using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// A table of options, which the firmware reads by lua_gettable: a field that it lacks comes from <c>__index</c>. An
/// <c>__index</c> that is a function fails by name.
/// </summary>
internal sealed class OptionTable(LuaState state, LuaTable table)
{
    /// <summary>MAXTAGLOOP of Lua.</summary>
    private const int LongestChain = 2000;

    /// <summary>An argument; null where it is no table.</summary>
    public static OptionTable? At(in LuaCall call, int index) =>
        Of(call.State, call[index]);

    /// <summary>A value; null where it is no table.</summary>
    public static OptionTable? Of(LuaState state, LuaValue value) =>
        value.AsTable is { } table ? new OptionTable(state, table) : null;

    /// <summary>The raw length, as of lua_rawlen.</summary>
    public long Length => table.Length;

    /// <exception cref="LuaException">The chain of <c>__index</c> does not end, or has a function or another value in
    /// it.</exception>
    public LuaValue this[LuaValue key]
    {
        get
        {
            LuaValue place = table;
            for (var i = 0; i < LongestChain; i++)
            {
                if (place.AsUserdata is LuaLibrary library) return library[key];
                if (place.AsTable is { } fields && fields[key] is { IsNil: false } value) return value;
                var handler = state.GetMetatable(place) is { } metatable ? metatable["__index"] : default;
                if (handler.AsFunction is not null)
                {
                    const string what = "__index as a function, in a table of options";
                    (state.Host as IFirmwareHost)?.NotModelled(what, state.Where(1).TrimEnd(' ', ':'));
                    throw state.ErrorHere($"{what} is not modelled by this virtual Air780E");
                }

                if (handler.IsNil && place.AsTable is not null) return default;
                if (handler.IsNil)
                {
                    throw state.ErrorHere($"attempt to index a {state.TypeNameForError(place, false)} value");
                }

                place = handler;
            }

            throw state.ErrorHere("'__index' chain too long; possible loop");
        }
    }
}
