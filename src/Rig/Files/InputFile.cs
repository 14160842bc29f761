using System.Text;

namespace AirHil.Rig.Files;

/// <summary>Files that the user names as input: regular ones, up to a size.</summary>
public static class InputFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Why a path cannot be read as a file, without opening it; null: nothing speaks against it.</summary>
    public static string? WhyNot(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)
            ? $"'{path}' cannot be the name of a file"
            : FileStatus.Of(path).Kind switch
            {
                FileKind.Special => $"'{path}' is a device, a pipe or a socket; name a regular file",
                FileKind.Folder => $"'{path}' is a folder; name a file",
                _ => null,
            };

    /// <summary>Reads a file whole.</summary>
    /// <param name="most">Bytes that it may have at most.</param>
    /// <exception cref="IOException">It cannot be read, is no regular file, or is larger; the message names it.
    /// </exception>
    public static byte[] Read(string path, int most)
    {
        using var file = Open(path);
        // A file may grow while it is read, and those of /proc do not tell their length.
        var content = new byte[file.Length > 0 && file.Length <= most ? (int)file.Length + 1 : most + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= most
            ? content[..length]
            : throw new IOException($"'{path}' has more than {most} bytes, which is the most that is read here");
    }

    /// <summary>Reads the first bytes of a file, so many at most.</summary>
    /// <exception cref="IOException">It cannot be read, or is no regular file; the message names it.</exception>
    public static byte[] ReadHead(string path, int most)
    {
        using var file = Open(path);
        var content = new byte[most];
        return content[..file.ReadAtLeast(content, most, throwOnEndOfStream: false)];
    }

    /// <summary>Reads a text in UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="IOException">As for <see cref="Read"/>; or it is not UTF-8.</exception>
    public static string ReadText(string path, int most)
    {
        var bytes = Read(path, most);
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        try
        {
            return Strict.GetString(bytes.AsSpan(start));
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"'{path}' is not in UTF-8; save it as UTF-8");
        }
    }

    private static FileStream Open(string path)
    {
        if (WhyNot(path) is { } reason) throw new IOException(reason);
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
    }
}
