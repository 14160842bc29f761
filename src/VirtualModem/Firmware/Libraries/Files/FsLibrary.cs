using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fs</c>: sizes (L:luat/modules/luat_lib_fs.c).</summary>
internal static class FsLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fs")
        .Add("fsstat", Stat)
        .Add("fsize", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.Size(LuaText.Path(call.String(1)))))
        .Add("mkdir", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.MakeDirectory(LuaText.Path(call.String(1)))))
        .Add("rmdir", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.RemoveDirectory(LuaText.Path(call.String(1)))));

    private static int Stat(in LuaCall call)
    {
        var path = call.StringOrNull(1) is { } text ? LuaText.Path(text) : "/";
        var usage = call.Host<FirmwareHost>().Files.Usage(path);
        LuaValue[] results = [true, usage.Blocks, usage.Used, usage.BlockBytes, usage.Kind];
        return call.Return(results);
    }
}
