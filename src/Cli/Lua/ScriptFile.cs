namespace AirHil.Cli.Lua;

/// <summary>The file of a script, read to its end; a pipe is one too, as `airhil lua &lt;(…)` gives it.</summary>
internal static class ScriptFile
{
    private const int MostBytes = 64 << 20;
    private const int Step = 1 << 16;

    /// <exception cref="IOException">It cannot be read, or has no end within 64 MiB.</exception>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        return Read(file, path);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static byte[] Read(Stream file, string name)
    {
        using var content = new MemoryStream();
        var piece = new byte[Step];
        while (file.Read(piece) is > 0 and var count)
        {
            if (content.Length + count > MostBytes) throw new IOException($"{name} has more than {MostBytes} bytes");
            content.Write(piece, 0, count);
        }

        return content.ToArray();
    }
}
