using System.Runtime.InteropServices;
using AirHil.Rig.Files;

namespace AirHil.Board.Lease;

/// <summary>
/// Where leases are kept: a folder of the user on this machine, which does not depend on a session, since runs from
/// cron and from a terminal must meet.
/// </summary>
internal static partial class LeaseFolder
{
    /// <summary>The environment variable that names another folder, as for several users of one bench.</summary>
    public const string Variable = "AIRHIL_RUNTIME_DIR";

    /// <summary>The folder; it is made where it is missing, for this user alone.</summary>
    /// <exception cref="IOException">It cannot be made, or belongs to somebody else.</exception>
    public static string Open() => Open(Environment.GetEnvironmentVariable(Variable));

    /// <param name="named">What the variable says; null or empty: the user's own folder.</param>
    internal static string Open(string? named)
    {
        var folder = named is { Length: > 0 } ? Path.GetFullPath(named) : OfUser();
        try
        {
            if (OperatingSystem.IsWindows() || named is { Length: > 0 }) Directory.CreateDirectory(folder);
            else MakePrivate(folder);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"the folder {folder} for leases cannot be made: {e.Message} {Variable} names "
                + "another", e);
        }

        // In a folder of everybody's, somebody else may have been there first.
        return FileStatus.WhyNotTrusted(folder) is { } reason
            ? throw new IOException(
                $"the folder {folder} for leases is not used: {reason}; remove it, or name another by {Variable}")
            : folder;
    }

    private static string OfUser()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "airhil", "leases");
        }

        // Not TMPDIR and not XDG_RUNTIME_DIR: they differ between the sessions of one user.
        var parent = Directory.Exists("/run/lock") && Access("/run/lock", 2) == 0 ? "/run/lock" : "/tmp";
        return $"{parent}/airhil-{UserId()}";
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakePrivate(string folder)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, Private);
        var info = new DirectoryInfo(folder);
        // The parent is open to all, so somebody else may have been there first.
        if (info.LinkTarget is not null || info.UnixFileMode != Private)
        {
            throw new IOException(
                $"the folder {folder} for leases is a link or open to others; remove it, or name another by "
                    + $"{Variable}");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
