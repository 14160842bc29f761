using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware;

/// <summary>Where V1112 leaves its memory: what a module does then is not defined.</summary>
internal static class ModuleCrash
{
    /// <summary>Notes it, and gives the error to throw.</summary>
    /// <param name="what">What the script did.</param>
    /// <param name="why">What V1112 does with it, as a sentence.</param>
    public static LuaException Error(in LuaCall call, string what, string why)
    {
        call.Host<IFirmwareHost>().Notice($"{what}: {why}");
        return call.Error($"{what} (V1112 crashes here)");
    }
}
