using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Storage;

/// <summary>The root: littlefs in flash, through its port (S:interface/src/luat_fs_ec618.c).</summary>
internal sealed class RootMount(LittlefsVolume volume, Action<string> notice) : IMount
{
    private const int LongestDirectory = 63;
    private const int BadName = -2;

    public string Kind => "ec618";

    public MountUsage Usage => new(volume.BlockCount, volume.UsedBlocks, BlockChain.BlockBytes, "lfs");

    public byte[]? Content(string path)
    {
        NoteNameless(path);
        return volume.Content(path);
    }

    /// <summary>A path that ends with a slash is none of a file (is_file of the port).</summary>
    public IMountedFile? Open(string path, string mode)
    {
        if (path.Length == 0 || path[^1] == '/') return null;
        NoteNameless(path);
        return volume.Open(path, Modes(mode)) is { } file ? new RootFile(volume, file, path, notice) : null;
    }

    public int? Format()
    {
        volume.Format();
        return 0;
    }

    public int Remove(string path) => volume.Remove(path);

    public int Rename(string from, string to)
    {
        NoteNameless(to);
        return volume.Rename(from, to);
    }

    public int RemoveDirectory(string path) => volume.Remove(path);

    /// <summary>One slash at the end goes; a name of one character is refused.</summary>
    public int MakeDirectory(string path)
    {
        if (path.Length is < 2 or > LongestDirectory) return BadName;
        return volume.MakeDirectory(path.EndsWith('/') ? path[..^1] : path);
    }

    /// <summary>The offset counts "." and ".." too, which no list shows.</summary>
    public IReadOnlyList<(string Name, bool IsDirectory)> List(string path, int offset, int count)
    {
        var entries = volume.List(path) ?? [];
        return
        [
            .. entries.Skip(Math.Max(0, offset - 2)).Take(count)
                .Select(entry => (entry.Name, entry.Directory is not null)),
        ];
    }

    /// <summary>
    /// littlefs 2.4 goes on without the file's number: after a removal it takes another entry of the folder for the
    /// file, and a write or a move damages the folder.
    /// </summary>
    private void NoteNameless(string path)
    {
        if (!volume.IsNameless(path)) return;
        notice($"'{path}' names a file and goes on behind its name: littlefs may take another entry for it, or " +
            "damage the folder. Here there is no such file. Write the path without what is behind the name.");
    }

    /// <summary>A mode that is not listed reads.</summary>
    private static LittlefsModes Modes(string mode)
    {
        const LittlefsModes both = LittlefsModes.Read | LittlefsModes.Write | LittlefsModes.Create;
        return mode switch
        {
            "r+" or "r+b" or "rb+" => both,
            "w+" or "w+b" or "wb+" or "w" or "wb" => both | LittlefsModes.Truncate,
            "a+" or "a+b" or "ab+" => both | LittlefsModes.Append,
            "a" or "ab" => LittlefsModes.Write | LittlefsModes.Create | LittlefsModes.Append,
            _ => LittlefsModes.Read,
        };
    }
}
