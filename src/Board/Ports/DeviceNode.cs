using System.Runtime.InteropServices;

namespace AirHil.Board.Ports;

/// <summary>
/// What a device file was when it was opened. After a replug there may be another of the same name, or a link that
/// leads elsewhere, while the old handle says nothing.
/// </summary>
internal sealed partial class DeviceNode
{
    private readonly string _path;
    private readonly Identity? _identity;

    private DeviceNode(string path, string realPath, Identity? identity)
    {
        _path = path;
        RealPath = realPath;
        _identity = identity;
    }

    /// <summary>Where the links led.</summary>
    public string RealPath { get; }

    /// <summary>The node behind a path; null where there is none. A COM port has none and always is.</summary>
    public static DeviceNode? Of(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return new DeviceNode(path, path, null);
        return Resolve(path) is { } real ? new DeviceNode(path, real, IdentityOf(real)) : null;
    }

    /// <summary>Whether the path still leads to the same device.</summary>
    public bool IsSame()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return true;
        // One call of the system, since each open port is looked at ten times a second.
        if (_identity is not null) return IdentityOf(_path) == _identity;
        return string.Equals(Resolve(_path), RealPath, StringComparison.Ordinal);
    }

    private static string? Resolve(string path)
    {
        try
        {
            var real = File.ResolveLinkTarget(path, true)?.FullName ?? path;
            return File.Exists(real) ? real : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Of what the links lead to; null where there is nothing, or the system does not tell.</summary>
    private static Identity? IdentityOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            return Statx(-100, path, 0, 0x7FF, out var s) == 0
                ? new Identity(s.Inode, s.DeviceMajor, s.DeviceMinor)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library before 2018
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out FileStatus status);

    private readonly record struct Identity(ulong Inode, uint Major, uint Minor);

    /// <summary>
    /// The fields of Linux's struct statx that are needed; its layout is the same on every processor.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(128)] public uint DeviceMajor;
        [FieldOffset(132)] public uint DeviceMinor;
    }
}
