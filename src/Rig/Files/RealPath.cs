using System.Runtime.InteropServices;

namespace AirHil.Rig.Files;

/// <summary>
/// Where a path leads, with every link followed as the system does it. .NET shortens "folder/.." before it looks
/// whether that folder is a link, and so takes some files for others.
/// </summary>
internal static partial class RealPath
{
    /// <summary>The path without links; null: it leads to nothing.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            var file = new FileInfo(path);
            return file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        }

        var found = Resolve(path, 0);
        if (found == 0) return null;
        try
        {
            return Marshal.PtrToStringUTF8(found);
        }
        finally
        {
            Free(found);
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
