using System.Runtime.CompilerServices;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>Finds the vendor simulator's programs: a folder shared/fidelity beside the repository.</summary>
internal static class FidelityFolder
{
    /// <summary>The folder, or null where there is none.</summary>
    /// <param name="sourceFile">This file: the repository may be built into a folder elsewhere.</param>
    public static string? Find([CallerFilePath] string sourceFile = "") =>
        FindAbove(Path.GetDirectoryName(sourceFile)) ?? FindAbove(AppContext.BaseDirectory);

    private static string? FindAbove(string? start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Here(folder) is { } found) return found;
        }

        return null;
    }

    private static string? Here(string folder)
    {
        var candidate = Path.Combine(folder, "shared", "fidelity");
        return File.Exists(Path.Combine(candidate, "_pre.lua")) ? candidate : null;
    }
}
