using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Catalogue;

/// <summary>A function that the module has and the model has not: it fails loudly, by its name.</summary>
internal static class NotModelled
{
    private const int DeepestLevel = 8;

    /// <summary>A body that raises the error for this function ("gpio.setup").</summary>
    public static NativeBody Body(string name) => new Absence(name).Raise;

    /// <summary>Whether this entry of a library is such a body.</summary>
    public static bool Is(LuaValue entry) => entry.AsFunction is NativeFunction { Body.Target: Absence };

    /// <summary>Reports the call and gives the error to throw, with the script's position in front.</summary>
    /// <param name="function">As the script called it, with the argument that is not modelled:
    /// "pm.request(pm.LIGHT)".</param>
    public static LuaException Error(in LuaCall call, string function)
    {
        call.Host<IFirmwareHost>().NotModelled(function, PlaceOf(call.State));
        return call.Error($"{function} is not modelled by this virtual Air780E (V1112 has it; see docs/fidelity.md)");
    }

    /// <summary>The nearest Lua function on the stack; functions such as pcall may be between.</summary>
    internal static string PlaceOf(LuaState state)
    {
        for (var level = 1; level <= DeepestLevel; level++)
        {
            if (state.Where(level) is { Length: > 0 } where) return where.TrimEnd(' ', ':');
        }

        return "";
    }

    private sealed class Absence(string name)
    {
        public int Raise(in LuaCall call) => throw Error(call, name);
    }
}
