using System.Globalization;
using System.Text;

namespace AirHil.Rig.Service.Ftp;

/// <summary>The files and folders of one FTP server.</summary>
internal sealed class FtpFiles
{
    /// <summary>All files together, in bytes.</summary>
    public const int Limit = 16 << 20;

    private const int MostEntries = 10_000;

    /// <summary>PATH_MAX of Linux. Each folder on the way is an entry of its own.</summary>
    private const int LongestPath = 4096;

    private readonly SortedDictionary<string, FtpFile> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal) { "/" };
    private long _bytes;

    /// <exception cref="FormatException">They are too many, or too large together, or a path is too long.</exception>
    public FtpFiles(IEnumerable<FtpFile> files)
    {
        foreach (var file in files)
        {
            if (file.Path.Length > LongestPath)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the table of files: a path has {file.Path.Length} characters, more than {LongestPath}"));
            }

            for (var at = file.Path.IndexOf('/', 1); at > 0; at = file.Path.IndexOf('/', at + 1))
            {
                _folders.Add(file.Path[..at]);
            }

            if (TryStore(file)) continue;
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"the table of files: there is no room for {file.Path}; an FTP server holds {Limit} bytes and " +
                $"{MostEntries} files and folders"));
        }
    }

    /// <summary>A path of a client, from the root and without "." and "..".</summary>
    /// <param name="folder">Where the client is.</param>
    public static string Resolve(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in (path.StartsWith('/') ? path : folder + "/" + path).Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return "/" + string.Join('/', parts);
    }

    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";

    public bool IsFolder(string path) => _folders.Contains(path);

    public FtpFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Whether a file could have that path.</summary>
    public bool CanStore(string path) => !IsFolder(path) && IsFolder(FolderOf(path));

    /// <returns>False where there is no more room.</returns>
    public bool TryStore(FtpFile file)
    {
        var bytes = _bytes - (Find(file.Path)?.Bytes.Length ?? 0) + file.Bytes.Length;
        if (bytes > Limit || _files.Count + _folders.Count >= MostEntries) return false;
        _files[file.Path] = file;
        _bytes = bytes;
        return true;
    }

    public bool TryDelete(string path)
    {
        if (!_files.Remove(path, out var file)) return false;
        _bytes -= file.Bytes.Length;
        return true;
    }

    public bool TryMake(string folder) => _files.Count + _folders.Count < MostEntries
        && !_files.ContainsKey(folder) && IsFolder(FolderOf(folder)) && _folders.Add(folder);

    /// <returns>False where it is not there, or is not empty.</returns>
    public bool TryRemove(string folder) => folder != "/" && IsFolder(folder)
        && !_files.Keys.Concat(_folders).Any(p => p != folder && FolderOf(p) == folder) && _folders.Remove(folder);

    /// <summary>A folder's list, one line each.</summary>
    /// <param name="namesOnly">As NLST has it; otherwise as Unix servers have it.</param>
    public byte[] List(string path, DateTimeOffset date, bool namesOnly)
    {
        var lines = new StringBuilder();
        void Add(string entry, bool isFolder, int size)
        {
            if (entry == "/" || FolderOf(entry) != path) return;
            var name = entry[(entry.LastIndexOf('/') + 1)..];
            if (namesOnly) lines.Append(CultureInfo.InvariantCulture, $"{name}\r\n");
            else lines.Append(
                CultureInfo.InvariantCulture,
                $"{(isFolder ? 'd' : '-')}rw-r--r--    1 ftp      ftp      {size,8} {date:MMM dd HH:mm} {name}\r\n");
        }

        foreach (var folder in _folders) Add(folder, true, 0);
        foreach (var (entry, file) in _files) Add(entry, false, file.Bytes.Length);
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
