using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>Where V1112 follows a pointer that leads nowhere: what a module does then is not defined.</summary>
internal static class NullPointer
{
    /// <summary>Notes it, and gives the error to throw.</summary>
    public static LuaException Error(in LuaCall call, string what) =>
        ModuleCrash.Error(call, what, "V1112 follows a null pointer here.");
}
