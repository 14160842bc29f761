using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fs</c>: sizes (reference §8).</summary>
internal static class FsLibrary
{
    private const int BlockBytes = 4096;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fs")
        .Add("fsstat", Stat)
        .Add("fsize", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.Read(LuaText.Path(call.String(1)))?.Length ?? 0));

    private static int Stat(in LuaCall call)
    {
        var path = call.StringOrNull(1)?.ToString() ?? "/";
        if (path is not ("" or "/")) return call.Return(false);
        var flash = call.Host<FirmwareHost>().Files.Flash;
        LuaValue[] results =
        [
            true, flash.Capacity / BlockBytes, (flash.Used + BlockBytes - 1) / BlockBytes, BlockBytes, "lfs",
        ];
        return call.Return(results);
    }
}
