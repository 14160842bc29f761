using Microsoft.Win32.SafeHandles;

namespace AirHil.Cli.Output;

/// <summary>
/// Standard output as a file, because the console's stream keeps silent about a pipe whose reader has left (`| head`).
/// </summary>
internal static class StandardOutput
{
    /// <summary>Throws <see cref="IOException"/> when nobody reads any more.</summary>
    public static Stream Open() => Console.IsOutputRedirected && !OperatingSystem.IsWindows()
        ? new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0)
        : Console.OpenStandardOutput();
}
