using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AirHil.Rig.Sessions;

/// <summary>The files of a folder of recordings, one for each run or scenario.</summary>
public static class SessionFiles
{
    private const int LongestReadable = 80;

    private static readonly string[] Ends = [".ndjson", ".ndjson.zst", ".ndjson.gz"];

    /// <summary>
    /// The file's name for a run: its title as far as file names can hold it, and a part of its hash, so that no two
    /// titles share a file.
    /// </summary>
    public static string NameFor(string title, SessionCompression compression = SessionCompression.None)
    {
        var readable = new StringBuilder();
        foreach (var c in title)
        {
            if (readable.Length >= LongestReadable) break;
            if (char.IsAsciiLetterOrDigit(c)) readable.Append(char.ToLowerInvariant(c));
            else if (readable.Length > 0 && readable[^1] != '-') readable.Append('-');
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)))[..8];
        return $"{readable.ToString().Trim('-')}-{hash}".TrimStart('-') + Ends[compression switch
        {
            SessionCompression.Zstandard => 1,
            SessionCompression.Gzip => 2,
            _ => 0,
        }];
    }

    /// <summary>
    /// Takes a name in a folder for a recording, by an empty file of that name: another recording of the same title,
    /// of this process or of another, gets "-2" and so on.
    /// </summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static string Reserve(string folder, string title, SessionCompression compression = SessionCompression.None)
    {
        Directory.CreateDirectory(folder);
        var name = NameFor(title, compression);
        var stem = NameFor(title)[..^Ends[0].Length];
        for (var number = 2; ; number++)
        {
            var path = Path.Combine(folder, name);
            try
            {
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{name[name.IndexOf('.')..]}");
            }
        }
    }

    /// <summary>
    /// The recording of a run: the file itself, or the newest of that title in the folder; null: there is none.
    /// </summary>
    public static string? Find(string fileOrFolder, string title)
    {
        if (File.Exists(fileOrFolder)) return fileOrFolder;
        var name = NameFor(title)[..^Ends[0].Length];
        if (!Directory.Exists(fileOrFolder)) return null;
        return Ends.SelectMany(end => All(fileOrFolder, name, end))
            .OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
    }

    private static IEnumerable<string> All(string folder, string name, string end) =>
        Directory.EnumerateFiles(folder, $"{name}*{end}").Where(path =>
        {
            var number = Path.GetFileName(path)[name.Length..^end.Length];
            return number.Length == 0 || (number[0] == '-' && number[1..].All(char.IsAsciiDigit));
        });
}
