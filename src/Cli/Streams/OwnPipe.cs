using System.Globalization;

namespace AirHil.Cli.Streams;

/// <summary>
/// A standard output or error that is closed as the process begins: the runtime's own first pipe gets its number, and
/// what is written there ends the process. Only Linux tells.
/// </summary>
internal static class OwnPipe
{
    private const string Descriptors = "/proc/self/fd";
    private const int FirstOther = 3;
    private const int AccessMode = 3;

    /// <summary>Whether the descriptor is the end of a pipe whose other end this process has too.</summary>
    public static bool Has(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || PipeOf(descriptor) is not { } pipe) return false;
        var access = AccessOf(descriptor);
        foreach (var entry in Directory.EnumerateFiles(Descriptors))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var other)
                && other >= FirstOther && PipeOf(other) == pipe && AccessOf(other) != access)
            {
                return true;
            }
        }

        return false;
    }

    private static string? PipeOf(int descriptor)
    {
        try
        {
            var target = new FileInfo($"{Descriptors}/{descriptor}").LinkTarget;
            return target?.StartsWith("pipe:", StringComparison.Ordinal) == true ? target : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>0 to read, 1 to write; -1: it is gone.</summary>
    private static int AccessOf(int descriptor)
    {
        try
        {
            const string name = "flags:";
            var line = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
                .First(text => text.StartsWith(name, StringComparison.Ordinal));
            return Convert.ToInt32(line[name.Length..].Trim(), 8) & AccessMode;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}
