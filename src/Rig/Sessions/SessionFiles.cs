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
    /// The recording of a run: the file itself, or the one of that title in the folder; null: there is none.
    /// </summary>
    public static string? Find(string fileOrFolder, string title)
    {
        if (File.Exists(fileOrFolder)) return fileOrFolder;
        var name = NameFor(title)[..^Ends[0].Length];
        return Ends.Select(end => Path.Combine(fileOrFolder, name + end)).FirstOrDefault(File.Exists);
    }
}
