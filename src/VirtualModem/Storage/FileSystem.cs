using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The module's files: the mounts by the start of a path, and 16 that may be open at a time (L:luat/vfs/luat_vfs.c).
/// Paths are the script's bytes read as Latin-1. Nothing closes a file but the script.
/// </summary>
internal sealed class FileSystem
{
    private const int MostOpen = 16;
    private const int MostMounts = 8;

    /// <summary>Bytes for the path of a mount, without the final zero.</summary>
    public const int LongestMountPath = 15;

    private const string Tag = "vfs";

    private readonly List<(string Prefix, IMount Mount)> _mounts;
    private readonly IMount[] _kinds;
    private readonly FirmwareLog _log;
    private readonly bool[] _taken = new bool[MostOpen];

    /// <param name="root">The flash.</param>
    /// <param name="builtIn">/lua/.</param>
    /// <param name="ram">/ram/.</param>
    /// <param name="download">/luadb/.</param>
    /// <param name="fat">What is mounted by scripts alone.</param>
    /// <param name="log">Takes the log lines of the firmware.</param>
    public FileSystem(IMount root, IMount builtIn, IMount ram, IMount download, IMount fat, FirmwareLog log)
    {
        _kinds = [root, builtIn, ram, download, fat];
        _mounts = [("", root), ("/lua/", builtIn), ("/ram/", ram), ("/luadb/", download)];
        _log = log;
    }

    /// <summary>Hears how many files are open.</summary>
    public Action<int>? OpenChanged { get; init; }

    /// <summary>All mounts in the order in which the firmware made them: path and kind.</summary>
    public IEnumerable<(string Path, string Kind)> Mounts => _mounts.Select(mount => (mount.Prefix, mount.Mount.Kind));

    /// <summary>
    /// Mounts a file system of the module at another path, where its files can be found from then on. 0, or an error
    /// with the firmware's log line.
    /// </summary>
    /// <param name="kind">"ec618", "inline", "ram" or "fatfs"; others have no memory that a script could name.</param>
    /// <param name="path">What its paths begin with; of two that fit, the later one counts.</param>
    public int Mount(string kind, string path)
    {
        if (Array.Find(_kinds, mount => mount.Kind == kind) is not { } known)
        {
            _log.WriteBytes(LogLevel.Error, Tag, $"no such filesystem {kind}");
            return -1;
        }

        if (_mounts.Count == MostMounts)
        {
            _log.Write(LogLevel.Error, Tag, "too many filesystem mounted!!");
            return -2;
        }

        _mounts.Add((path, known));
        return 0;
    }

    /// <summary>0 for a mount of exactly that path, which stays mounted; else an error with the log line.</summary>
    public int Unmount(string path)
    {
        if (_mounts.Exists(mount => mount.Prefix == path && mount.Mount.CanUnmount)) return 0;
        _log.WriteBytes(LogLevel.Error, Tag, $"no such mount point {path}");
        return -1;
    }

    /// <summary>fopen; null where it fails, with the log line of the firmware.</summary>
    public OpenFile? Open(string path, string mode)
    {
        var (mount, rest) = Locate(path);
        if (mount.Open(rest, mode) is { } file)
        {
            var slot = Array.IndexOf(_taken, false);
            if (slot >= 0)
            {
                Take(slot, true);
                return new OpenFile(file, slot + 1, () => Take(slot, false));
            }

            file.Close();
            _log.WriteBytes(LogLevel.Error, Tag, $"fopen {path} {mode} too many open file!!!");
        }

        _log.WriteBytes(LogLevel.Debug, Tag, $"fopen {path} {mode} not found");
        return null;
    }

    private void Take(int slot, bool isTaken)
    {
        _taken[slot] = isTaken;
        OpenChanged?.Invoke(_taken.Count(taken => taken));
    }

    /// <summary>Whether there is such a file; where the mount has to open it, that is logged.</summary>
    public bool Exists(string path)
    {
        var (mount, rest) = Locate(path);
        if (mount.Exists(rest) is { } known) return known;
        var file = Open(path, "r");
        file?.Close();
        return file is not null;
    }

    /// <summary>The bytes of a file without opening it; null: there is none.</summary>
    public byte[]? Content(string path)
    {
        var (mount, rest) = Locate(path);
        return mount.Content(rest);
    }

    /// <summary>Writes a whole file; false: no room.</summary>
    public bool Write(string path, byte[] bytes)
    {
        var (mount, rest) = Locate(path);
        if (mount.Open(rest, "wb+") is not { } file) return false;
        var isWritten = file.Write(bytes);
        file.Close();
        return isWritten;
    }

    /// <summary>0 or an error.</summary>
    public int Remove(string path)
    {
        var (mount, rest) = Locate(path);
        return mount.Remove(rest);
    }

    /// <summary>0 or an error; nothing moves from one mount to another.</summary>
    public int Rename(string from, string to)
    {
        var (mount, old) = Locate(from);
        var (target, renamed) = Locate(to);
        return mount == target ? mount.Rename(old, renamed) : -1;
    }

    /// <summary>0 or an error.</summary>
    public int MakeDirectory(string path)
    {
        var (mount, rest) = Locate(path);
        return mount.MakeDirectory(rest);
    }

    /// <summary>0 or an error.</summary>
    public int RemoveDirectory(string path)
    {
        var (mount, rest) = Locate(path);
        return mount.RemoveDirectory(rest);
    }

    /// <summary>Bytes of a file, 0 for none.</summary>
    public int Size(string path)
    {
        var (mount, rest) = Locate(path);
        return mount.Size(rest);
    }

    /// <summary>Formats the mount of exactly that path; 0 or an error.</summary>
    public int Format(string path)
    {
        foreach (var (prefix, mount) in _mounts)
        {
            if (prefix == path && mount.Format() is { } result) return result;
        }

        _log.WriteBytes(LogLevel.Error, Tag, $"no such mount point {path}");
        return -1;
    }

    public MountUsage Usage(string path) => Locate(path).Mount.Usage;

    /// <summary>
    /// What is in a directory. The size is that of the path and the name put together: without a slash between them it
    /// is another file's, or 0.
    /// </summary>
    public IEnumerable<(string Name, bool IsDirectory, int Size)> List(string path, int offset, int count)
    {
        if (count == 0) return [];
        var (mount, rest) = Locate(path);
        if (mount.List(rest, offset, count) is { } items)
        {
            return items.Select(item => (item.Name, item.IsDirectory, item.IsDirectory ? 0 : Size(path + item.Name)));
        }

        _log.Write(LogLevel.Debug, Tag, "such mount not support lsdir");
        return [];
    }

    private (IMount Mount, string Name) Locate(string path)
    {
        for (var i = _mounts.Count - 1; i > 0; i--)
        {
            if (path.StartsWith(_mounts[i].Prefix, StringComparison.Ordinal))
            {
                return (_mounts[i].Mount, path[_mounts[i].Prefix.Length..]);
            }
        }

        return (_mounts[0].Mount, path);
    }
}
