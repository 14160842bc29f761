using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// Functions that make their userdata before they read their arguments: it lies on the stack behind them, and C takes
/// it for the first one that is missing, where that must be a number or a string.
/// </summary>
internal static class EarlyUserdata
{
    /// <exception cref="AirHil.Lua.Values.LuaException">The argument is the first that is missing.</exception>
    public static void Refuse(in LuaCall call, int index, string expected)
    {
        if (index == call.Count + 1) throw call.ArgumentError(index, $"{expected} expected, got userdata");
    }

    public static int Int(in LuaCall call, int index)
    {
        Refuse(call, index, "number");
        return call.Int(index);
    }

    public static int IntOr(in LuaCall call, int index, int otherwise)
    {
        Refuse(call, index, "number");
        return call.IntOr(index, otherwise);
    }
}
