using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Catalogue;

/// <summary>A function that the module has and the model has not: it fails loudly, by its name.</summary>
internal static class NotModelled
{
    /// <summary>A body that raises the error for this function ("gpio.setup").</summary>
    public static NativeBody Body(string name) => new Absence(name).Raise;

    /// <summary>Whether this entry of a library is such a body.</summary>
    public static bool Is(LuaValue entry) => entry.AsFunction is NativeFunction { Body.Target: Absence };

    /// <summary>Tells the host and gives the error to throw, with the script's position in front.</summary>
    public static LuaException Error(in LuaCall call, string name)
    {
        call.Host<IFirmwareHost>().NotModelled(name);
        return call.Error($"{name} is not modelled by this virtual Air780E (V1112 has it; see docs/fidelity.md)");
    }

    private sealed class Absence(string name)
    {
        public int Raise(in LuaCall call) => throw Error(call, name);
    }
}
