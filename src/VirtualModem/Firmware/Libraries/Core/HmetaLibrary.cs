using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>hmeta</c> (reference §2.7).</summary>
internal static class HmetaLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("hmeta")
        .Add("model", static (in LuaCall call) => call.Return("Air780E"))
        .Add("hwver", static (in LuaCall call) => call.Return("A17"));
}
