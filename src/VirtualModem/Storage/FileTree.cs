namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The module's mounts (reference §1.5): "" the flash, /luadb/ the download, /lua/ the built-in scripts, /ram/ gone at
/// every start. Paths are the script's bytes read as Latin-1.
/// </summary>
internal sealed class FileTree(IReadOnlyMount download, IReadOnlyMount builtIn, FlashFileSystem flash)
{
    private const int RamBytes = 64 * 1024;

    private readonly FlashFileSystem _ram = new(RamBytes);

    public FlashFileSystem Flash => flash;

    /// <summary>Bytes of the files of /ram/.</summary>
    public int RamUsed => _ram.Bytes;

    public byte[]? Read(string path) => Locate(path) switch
    {
        (Mount.Download, var name) => download.Find(name),
        (Mount.BuiltIn, var name) => builtIn.Find(name),
        (Mount.Ram, var name) => _ram.Read(name),
        (_, var name) => flash.Read(name),
    };

    public bool Exists(string path) => Read(path) is not null;

    public bool Write(string path, byte[] bytes) => Writable(path, out var name)?.Write(name, bytes) ?? false;

    public bool Remove(string path) => Writable(path, out var name)?.Remove(name) ?? false;

    public bool Rename(string from, string to)
    {
        var source = Writable(from, out var oldName);
        return source is not null && source == Writable(to, out var newName) && source.Rename(oldName, newName);
    }

    public bool MakeDirectory(string path) => Writable(path, out var name)?.MakeDirectory(name) ?? false;

    public bool RemoveDirectory(string path) => Writable(path, out var name)?.RemoveDirectory(name) ?? false;

    /// <summary>What is directly in a directory, or null where there is none.</summary>
    public IEnumerable<(string Name, int Size)>? List(string directory)
    {
        switch (Locate(directory.EndsWith('/') ? directory : directory + "/"))
        {
            case (Mount.Download, _): return download.List();
            case (Mount.BuiltIn, _): return builtIn.List();
            default:
                var files = Writable(directory.EndsWith('/') ? directory : directory + "/", out var name)!;
                name = name.TrimEnd('/');
                return files.IsDirectory(name) ? files.List(name) : null;
        }
    }

    private FlashFileSystem? Writable(string path, out string name)
    {
        (var mount, name) = Locate(path);
        return mount switch
        {
            Mount.Flash => flash,
            Mount.Ram => _ram,
            _ => null,
        };
    }

    private enum Mount
    {
        Flash,
        Download,
        BuiltIn,
        Ram,
    }

    private static (Mount Mount, string Name) Locate(string path)
    {
        if (path.StartsWith("/luadb/", StringComparison.Ordinal)) return (Mount.Download, path["/luadb/".Length..]);
        if (path.StartsWith("/lua/", StringComparison.Ordinal)) return (Mount.BuiltIn, path["/lua/".Length..]);
        if (path.StartsWith("/ram/", StringComparison.Ordinal)) return (Mount.Ram, path["/ram/".Length..]);
        return (Mount.Flash, path.TrimStart('/'));
    }
}
