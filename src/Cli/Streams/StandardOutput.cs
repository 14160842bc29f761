using Microsoft.Win32.SafeHandles;

namespace AirHil.Cli.Streams;

/// <summary>
/// Standard output as a file, because the console's stream keeps silent about a pipe whose reader has left (`| head`).
/// </summary>
internal static class StandardOutput
{
    /// <summary>Throws <see cref="IOException"/> when nobody reads any more.</summary>
    public static Stream Open()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        FileStream file;
        try
        {
            file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
        catch (UnauthorizedAccessException)
        {
            return Console.OpenStandardOutput(); // open for reading only; its first write tells
        }

        // In a real file this stream counts its place by itself, and `> FILE 2>&1` would write over what others wrote
        // there; nobody can leave who reads a file.
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }
}
