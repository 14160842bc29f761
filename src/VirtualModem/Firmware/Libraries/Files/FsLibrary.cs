using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// <c>fs</c>: sizes, folders and mounts (L:luat/modules/luat_lib_fs.c, L:luat/vfs/luat_vfs.c,
/// S:interface/src/luat_fs_ec618.c).
/// </summary>
internal static class FsLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fs")
        .Add("fsstat", Stat)
        .Add("fsize", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.Size(LuaText.Path(call.String(1)))))
        .Add("mkdir", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.MakeDirectory(LuaText.Path(call.String(1)))))
        .Add("rmdir", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.RemoveDirectory(LuaText.Path(call.String(1)))))
        .Add("mkfs", Format)
        .Add("mount", Mount)
        .Add("umount", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Files.Unmount(LuaText.Path(call.String(1)))));

    /// <summary>V1112 looks for the mount point of a configuration that has none.</summary>
    private static int Format(in LuaCall call)
    {
        call.String(1);
        call.String(2);
        var host = call.Host<FirmwareHost>();
        host.Notice(
            "fs.mkfs compares the paths of all mounts with a null pointer in V1112. What a module does is not " +
            "defined. Use io.mkfs with a path.");
        host.Log.Write(LogLevel.Error, "vfs", "no such mount point (null)");
        return call.Return(-1);
    }

    /// <summary>Only the kinds that are there from the start can be mounted again, at another path.</summary>
    private static int Mount(in LuaCall call)
    {
        call.String(1);
        var kind = LuaText.Path(call.String(2));
        var path = LuaText.Path(call.String(3));
        call.String(4);
        if (kind is "lfs2" or "luadb") throw NotModelled.Error(call, $"fs.mount(…, '{kind}', …)");
        var host = call.Host<FirmwareHost>();
        var result = host.Files.Mount(kind, path);
        if (result == 0 && path.Length > FileSystem.LongestMountPath)
        {
            host.Notice(
                $"fs.mount writes a path of {path.Length} bytes into {FileSystem.LongestMountPath + 1} bytes of " +
                "memory: a module overwrites what lies behind. Give a path of at most 15 bytes.");
        }

        return call.Return(result);
    }

    private static int Stat(in LuaCall call)
    {
        var path = call.StringOrNull(1) is { } text ? LuaText.Path(text) : "/";
        var usage = call.Host<FirmwareHost>().Files.Usage(path);
        LuaValue[] results = [true, usage.Blocks, usage.Used, usage.BlockBytes, usage.Kind];
        return call.Return(results);
    }
}
