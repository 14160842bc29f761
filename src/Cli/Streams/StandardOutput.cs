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
        var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a real file this stream counts its place by itself, and `> FILE 2>&1` would write over what others wrote
        // there; nobody can leave who reads a file.
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }
}
