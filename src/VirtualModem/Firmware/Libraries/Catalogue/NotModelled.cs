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
        return call.Error(Text(function));
    }

    /// <summary>The same where it is found out while the function goes on.</summary>
    /// <param name="place">Where the script called it (<see cref="PlaceOf"/>), taken before time went by.</param>
    public static LuaException Error(NativeFrame frame, IFirmwareHost host, string place, string function)
    {
        host.NotModelled(function, place);
        return frame.State.ErrorHere(Text(function));
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

    private static string Text(string function) =>
        $"{function} is not modelled by this virtual Air780E (V1112 has it; see docs/fidelity.md)";

    private sealed class Absence(string name)
    {
        public int Raise(in LuaCall call) => throw Error(call, name);
    }
}
