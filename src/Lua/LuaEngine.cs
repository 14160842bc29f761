using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua;

/// <summary>Where engines come from.</summary>
public static class LuaEngine
{
    /// <summary>
    /// Creates an engine of the number model that the options name, with the standard libraries opened.
    /// </summary>
    public static LuaState Create(LuaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        LuaState state = options.Bits switch
        {
            32 => new Machine<Numbers32>(options),
            64 => new Machine<Numbers64>(options),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Bits, "Bits must be 32 or 64."),
        };
        StandardLibraries.Open(state);
        return state;
    }
}
