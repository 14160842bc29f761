using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Storage;

/// <summary>/luadb/: the download, read-only, without folders (L:luat/vfs/luat_fs_luadb.c).</summary>
internal sealed class DownloadMount(IReadOnlyMount download, FirmwareLog log) : IMount
{
    private const int MostOpen = 7;
    private const int BlockBytes = 512;

    /// <summary>128 KiB for scripts (S:project/luatos/inc/luat_conf_bsp.h:229).</summary>
    private const int Blocks = 256;

    /// <summary>The size of what precedes the bytes of each file, its name not counted.</summary>
    private const int FileHeader = 18;

    private int _open;

    public string Kind => "luadb";

    /// <summary>From the first file's bytes to the end of the last, and up to two blocks more.</summary>
    public MountUsage Usage
    {
        get
        {
            var bytes = download.List().Select((file, i) => file.Size + (i == 0 ? 0 : FileHeader + file.Name.Length));
            return new(Blocks, ((bytes.Sum() + BlockBytes) / BlockBytes) + 1, BlockBytes, "luadb");
        }
    }

    public byte[]? Content(string path) => download.Find(path);

    /// <summary>A mode that writes is a warning; the file is opened for reading.</summary>
    public IMountedFile? Open(string path, string mode)
    {
        if (mode is not ("r" or "rb" or "r+" or "rb+"))
        {
            log.WriteBytes(LogLevel.Warn, "luadb", $"/luadb is readonly {path} {mode}");
        }

        if (_open == MostOpen || download.Find(path) is not { } bytes) return null;
        _open++;
        return new DownloadFile(bytes, () => _open--);
    }

    public IReadOnlyList<(string Name, bool IsDirectory)> List(string path, int offset, int count) =>
        [.. download.List().Skip(offset).Take(count).Select(file => (file.Name, false))];
}
