using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// <c>io</c> as V1112 has it: open, lines, type and the whole-file functions; no standard streams (reference §1.4, §8).
/// </summary>
internal static class IoLibrary
{
    private const int NoSuchFile = 2;
    private const int LongestListing = 100;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("io")
        .Add("open", Open)
        .Add("type", TypeOf)
        .Add("lines", Lines)
        .Add("exists", static (in LuaCall call) => call.Return(Opened(call, "r") is not null))
        .Add("fileSize", static (in LuaCall call) => call.Return(Opened(call, "rb")?.Length ?? 0))
        .Add("readFile", ReadFile)
        .Add("writeFile", WriteFile)
        .Add("mkdir",
            static (in LuaCall call) => Made(call, Files(call).MakeDirectory(LuaText.Path(call.String(1)).Trim('/'))))
        .Add("rmdir",
            static (in LuaCall call) => Made(call, Files(call).RemoveDirectory(LuaText.Path(call.String(1)).Trim('/'))))
        .Add("lsdir", ListDirectory)
        .Add("mkfs", NotModelled.Body("io.mkfs"))
        .Add("lsmount", ListMounts)
        .Add("FILE", 0)
        .Add("DIR", 1);

    private static FileTree Files(in LuaCall call) => call.Host<FirmwareHost>().Files;

    /// <summary>Opens the file that the first argument names; a failure is a log line (luat_vfs.c:188).</summary>
    private static OpenFile? Opened(in LuaCall call, string mode)
    {
        var name = call.String(1);
        var file = OpenFile.Open(Files(call), LuaText.Path(name), mode);
        if (file is null)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, "vfs", $"fopen {name} {mode} not found");
        }

        return file;
    }

    private static int Open(in LuaCall call)
    {
        var name = call.String(1);
        var mode = call.StringOrNull(2)?.ToString() ?? "r";
        if (mode.Length == 0 || mode[0] is not ('r' or 'w' or 'a')) throw call.ArgumentError(2, "invalid mode");
        if (Opened(call, mode) is not { } file) return call.Return(default, $"{name}: {NoSuchFile}", NoSuchFile);
        return call.Return(FileMethods.Wrap(call.State, call.Host<FirmwareHost>(), file));
    }

    private static int TypeOf(in LuaCall call) => call.Any(1).AsUserdata?.Payload is OpenFile file
        ? call.Return(file.IsClosed ? "closed file" : "file")
        : call.Return(default(LuaValue));

    private static int Lines(in LuaCall call)
    {
        var name = call.String(1);
        var file = Opened(call, "r") ?? throw call.Error($"cannot open file '{name}' ({NoSuchFile})");
        return call.Return(FileMethods.Iterator(call.State, file));
    }

    private static int ReadFile(in LuaCall call)
    {
        if (Opened(call, call.StringOrNull(2)?.ToString() ?? "rb") is not { } file) return call.Return();
        var bytes = file.Read(int.MaxValue).ToArray();
        file.Close();
        var offset = (int)Math.Clamp(call.IntegerOr(3, 0), 0, bytes.Length);
        var length = (int)Math.Clamp(call.IntegerOr(4, bytes.Length - offset), 0, bytes.Length - offset);
        return call.Return(call.State.NewString(bytes.AsSpan(offset, length).ToArray()));
    }

    private static int WriteFile(in LuaCall call)
    {
        var data = call.String(2).Span.ToArray();
        var mode = call.StringOrNull(3)?.ToString() ?? "wb+";
        if (Opened(call, mode) is not { } file) return call.Return();
        file.Write(data); // V1112 does not look at what was written (liolib.c: io_writeFile)
        file.Close();
        return call.Return(true);
    }

    private static int Made(in LuaCall call, bool done) => done ? call.Return(true, 0) : call.Return(false, -1);

    private static int ListDirectory(in LuaCall call)
    {
        var entries = Files(call).List(LuaText.Path(call.String(1)));
        if (entries is null) return call.Return(true, call.State.NewTable());
        var most = Math.Clamp(call.IntegerOr(2, 10), 0, LongestListing);
        var skip = call.IntegerOr(3, 0);
        var list = call.State.NewTable();
        var index = 0L;
        foreach (var (name, size) in entries)
        {
            if (skip-- > 0) continue;
            if (index >= most) break;
            var entry = call.State.NewTable(0, 3);
            entry["name"] = LuaText.FromPath(name);
            entry["size"] = Math.Max(size, 0);
            entry["type"] = size < 0 ? 1 : 0;
            list[++index] = entry;
        }

        return call.Return(true, list);
    }

    private static int ListMounts(in LuaCall call)
    {
        var list = call.State.NewTable();
        var index = 0L;
        foreach (var (path, kind) in (ReadOnlySpan<(string, string)>)
        [
            ("", "ec618"), ("/lua/", "inline"), ("/ram/", "ram"), ("/luadb/", "luadb"),
        ])
        {
            var entry = call.State.NewTable(0, 2);
            entry["path"] = path;
            entry["fs"] = kind;
            list[++index] = entry;
        }

        return call.Return(list);
    }
}
