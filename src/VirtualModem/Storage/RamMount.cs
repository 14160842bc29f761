using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// /ram/: up to 8 files without folders, in the system heap; gone at every start (L:luat/vfs/luat_fs_mem.c).
/// </summary>
internal sealed class RamMount(SystemHeap heap, FirmwareLog log) : IMount
{
    private const int MostFiles = 8;
    private const int LongestName = 31;
    private const int HeaderBytes = 40;
    private const int BlockBytes = 1024;
    private const int NameTooLong = -2;

    private readonly RamFile?[] _files = new RamFile?[MostFiles];

    public string Kind => "ram";

    public MountUsage Usage => new(
        64, (_files.Sum(file => file?.Size ?? 0) + BlockBytes - 1) / BlockBytes, BlockBytes, "ram");

    public byte[]? Content(string path) => Find(path)?.Bytes.ToArray();

    public int Size(string path) => Find(path)?.Size ?? 0;

    /// <summary>Only w+ empties a file, and a file that is missing is not made by a.</summary>
    public IMountedFile? Open(string path, string mode)
    {
        if (path.Length > LongestName) return null;
        var file = Find(path);
        switch (mode)
        {
            case "r" or "rb":
                return file is null ? null : new RamHandle(this, file, 0);
            case "a" or "ab" or "a+" or "ab+":
                return file is null ? null : new RamHandle(this, file, file.Size);
            case "w" or "wb" or "w+" or "wb+" or "r+" or "rb+":
                if (file is not null && mode is "w+" or "wb+") Resize(file!, 0);
                file ??= Make(path);
                return file is null ? null : new RamHandle(this, file, 0);
            default:
                return null;
        }
    }

    /// <summary>Never fails.</summary>
    public int Remove(string path)
    {
        for (var i = 0; i < MostFiles; i++)
        {
            if (_files[i] is not { } file || file.Name != path) continue;
            heap.Free(HeaderBytes + file.Size);
            file.IsGone = true;
            _files[i] = null;
        }

        return 0;
    }

    /// <summary>A missing file is no error.</summary>
    public int Rename(string from, string to)
    {
        if (from.Length > LongestName || to.Length > LongestName) return NameTooLong;
        if (Find(from) is { } file) file.Name = to;
        return 0;
    }

    public IReadOnlyList<(string Name, bool IsDirectory)> List(string path, int offset, int count) =>
        [.. _files.OfType<RamFile>().Skip(offset).Take(count).Select(file => (file.Name, false))];

    /// <summary>Changes the size of a file; false: the system heap is full.</summary>
    public bool Resize(RamFile file, int size)
    {
        heap.Free(HeaderBytes + file.Size);
        if (!heap.TryAllocate(HeaderBytes + (long)size))
        {
            heap.TryAllocate(HeaderBytes + file.Size);
            log.Write(LogLevel.Warn, "fs", "/ram out of sys memory!!");
            return false;
        }

        file.Resize(size);
        return true;
    }

    private RamFile? Find(string path) => Array.Find(_files, file => file?.Name == path);

    private RamFile? Make(string path)
    {
        var place = Array.IndexOf(_files, null);
        if (place < 0) return null;
        if (heap.TryAllocate(HeaderBytes)) return _files[place] = new RamFile { Name = path };
        log.Write(LogLevel.Error, "fs", "out of memory when malloc ram_file_t");
        return null;
    }
}
