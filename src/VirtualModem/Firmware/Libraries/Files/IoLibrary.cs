using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Storage;
using AirHil.VirtualModem.Storage.Fat;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// <c>io</c> as V1112 has it: open, lines, type and the functions for whole files and folders; no standard streams
/// (L:lua/src/liolib.c).
/// </summary>
internal static class IoLibrary
{
    private const int UsualListing = 10;
    private const int LongestListing = 100;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("io")
        .Add("open", Open)
        .Add("type", TypeOf)
        .Add("lines", Lines)
        .Add("exists", static (in LuaCall call) => call.Return(Files(call).Exists(Path(call))))
        .Add("fileSize", FileSize)
        .Add("readFile", ReadFile)
        .Add("writeFile", WriteFile)
        .Add("mkdir", static (in LuaCall call) => Result(call, Files(call).MakeDirectory(Path(call))))
        .Add("rmdir", static (in LuaCall call) => Result(call, Files(call).RemoveDirectory(Path(call))))
        .Add("lsdir", ListDirectory)
        .Add("mkfs", Format)
        .Add("lsmount", ListMounts)
        .Add("FILE", 0)
        .Add("DIR", 1);

    private static int Format(in LuaCall call)
    {
        var path = Path(call);
        var isFat = Files(call).Mounts.Any(mount => mount.Path == path && mount.Kind == FatMount.Name);
        if (isFat && call.Host<FirmwareHost>().Fat.Disk is FatDisk.Memory or FatDisk.Sdio)
        {
            throw NotModelled.Error(call, "io.mkfs of a medium of fatfs");
        }

        return Result(call, Files(call).Format(path));
    }

    private static FileSystem Files(in LuaCall call) => call.Host<FirmwareHost>().Files;
    private static string Path(in LuaCall call) => LuaText.Path(call.String(1));

    private static int Result(in LuaCall call, int result) => call.Return(result == 0, result);

    private static int Open(in LuaCall call)
    {
        var path = Path(call);
        var mode = Mode(call, 2, "r");
        if (!IsMode(mode)) throw call.ArgumentError(2, "invalid mode");
        return Files(call).Open(path, mode) is { } file
            ? call.Return(FileMethods.Wrap(call.State, file))
            : FileResult.Fail(call, path);
    }

    private static string Mode(in LuaCall call, int index, string usual) =>
        call.StringOrNull(index) is { } mode ? LuaText.Path(mode) : usual;

    /// <summary>One of r, w and a, then perhaps +, then any number of b.</summary>
    private static bool IsMode(string mode)
    {
        if (mode.Length == 0 || mode[0] is not ('r' or 'w' or 'a')) return false;
        var rest = mode.AsSpan(1);
        if (rest.StartsWith("+")) rest = rest[1..];
        return rest.TrimStart('b').IsEmpty;
    }

    private static int TypeOf(in LuaCall call) => call.Any(1).AsUserdata?.Payload is OpenFile file
        ? call.Return(file.IsClosed ? "closed file" : "file")
        : call.Return(default(LuaValue));

    private static int Lines(in LuaCall call)
    {
        // There is no standard input: nil is taken for a file that it is not.
        if (call[1].IsNil) throw call.ArgumentError(1, "FILE* expected, got nil");
        var path = Path(call);
        if (Files(call).Open(path, "r") is { } file)
        {
            return call.Return(FileMethods.Iterator(call, file, closes: true));
        }

        var reason = LuaText.FromPath($"cannot open file '{path}' ({FileResult.Errno})").Span;
        throw new LuaException(
            LuaString.FromBytes([.. LuaString.FromText(call.State.Where(1)).Span, .. reason]));
    }

    private static int FileSize(in LuaCall call)
    {
        if (Files(call).Open(Path(call), "rb") is not { } file) return call.Return(0);
        file.Seek(0, SeekOrigin.End);
        var size = file.Position;
        file.Close();
        return call.Return(size);
    }

    /// <summary>Bytes that io.readFile reads at once.</summary>
    private const int ReadPiece = 512;

    private static int ReadFile(in LuaCall call)
    {
        var path = Path(call);
        var mode = Mode(call, 2, "rb");
        var offset = call.IntOr(3, 0);
        var most = call.IntOr(4, int.MaxValue);
        if (Files(call).Open(path, mode) is not { } file) return call.Return();
        if (offset > 0) file.Seek(offset, SeekOrigin.Begin);
        var bytes = file.Read(most);
        var room = new TextRoom(call.State);
        room.GrowBy(ReadPiece, bytes.Length); // A file whose text finds no room stays open.
        file.Close();
        return call.Return(room.Make(bytes));
    }

    /// <summary>What could not be written is not told.</summary>
    private static int WriteFile(in LuaCall call)
    {
        var path = Path(call);
        var data = call.String(2);
        if (Files(call).Open(path, Mode(call, 3, "wb+")) is not { } file) return call.Return();
        file.Write(data.Span);
        file.Close();
        return call.Return(true);
    }

    private static int ListDirectory(in LuaCall call)
    {
        var path = Path(call);
        var most = call.IntOr(2, UsualListing);
        var skip = Math.Max(0, call.IntOr(3, 0));
        most = most < 0 ? UsualListing : Math.Min(most, LongestListing);
        var list = call.State.NewTable();
        var index = 0L;
        foreach (var (name, isDirectory, size) in Files(call).List(path, skip, most))
        {
            var entry = call.State.NewTable(0, 3);
            entry["type"] = isDirectory ? 1 : 0;
            entry["name"] = LuaText.FromPath(name);
            entry["size"] = size;
            list[++index] = entry;
        }

        return call.Return(true, list);
    }

    private static int ListMounts(in LuaCall call)
    {
        var list = call.State.NewTable();
        var index = 0L;
        foreach (var (path, kind) in Files(call).Mounts)
        {
            var entry = call.State.NewTable();
            entry["path"] = path;
            entry["fs"] = kind;
            list[++index] = entry;
        }

        return call.Return(list);
    }
}
