using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fs</c>: sizes (reference §8).</summary>
internal static class FsLibrary
{
    private const int BlockBytes = 4096;
    private const int RamBlocks = 64;
    private const int RamBlockBytes = 1024;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fs")
        .Add("fsstat", Stat)
        .Add("fsize", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.Read(LuaText.Path(call.String(1)))?.Length ?? 0));

    private static int Stat(in LuaCall call)
    {
        var path = call.StringOrNull(1)?.ToString() ?? "/";
        if (path.StartsWith("/lua/", StringComparison.Ordinal)) return Blocks(call, 0, 0, 512, "inline");
        if (path.StartsWith("/ram/", StringComparison.Ordinal))
        {
            var ram = call.Host<FirmwareHost>().Files.RamUsed;
            return Blocks(call, RamBlocks, (ram + RamBlockBytes - 1) / RamBlockBytes, RamBlockBytes, "ram");
        }

        var flash = call.Host<FirmwareHost>().Files.Flash;
        return Blocks(
            call, flash.Capacity / BlockBytes, (flash.Used + BlockBytes - 1) / BlockBytes, BlockBytes, "lfs");
    }

    private static int Blocks(in LuaCall call, int total, int used, int bytes, string kind)
    {
        LuaValue[] results = [true, total, used, bytes, kind];
        return call.Return(results);
    }
}
