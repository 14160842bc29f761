using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AirHil.Rig.Files;

/// <summary>What the system tells of a path without opening it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">The number of the user whom it belongs to; null where the system has no such numbers.</param>
/// <param name="Mode">Who may do what with it; null where the system has no such bits.</param>
public readonly partial record struct FileStatus(FileKind Kind, uint? Owner, UnixFileMode? Mode)
{
    // From <linux/stat.h>: struct statx has the same layout on all machines.
    private const int Size = 256;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int NumberAt = 32;
    private const int DeviceAt = 136;
    private const int TypeBits = 0xF000;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7FF;

    /// <summary>The same for every path to one file; null where the system does not tell.</summary>
    public (ulong Device, ulong Number)? Identity { get; private init; }

    /// <summary>Asks the system.</summary>
    /// <param name="follow">Whether a link is followed; else it is <see cref="FileKind.Special"/>.</param>
    public static FileStatus Of(string path, bool follow = true)
    {
        if (!OperatingSystem.IsLinux()) return Portable(path, follow);
        Span<byte> buffer = stackalloc byte[Size];
        int result;
        try
        {
            ref var first = ref MemoryMarshal.GetReference(buffer);
            result = StatX(CurrentFolder, path, follow ? 0 : NoFollow, BasicFields, ref first);
        }
        catch (EntryPointNotFoundException)
        {
            return Portable(path, follow);
        }

        // Whatever hides it will be told by who opens it.
        if (result != 0) return Portable(path, follow);
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer[ModeAt..]);
        var kind = (mode & TypeBits) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            _ => FileKind.Special,
        };
        return new FileStatus(
            kind, BinaryPrimitives.ReadUInt32LittleEndian(buffer[OwnerAt..]), (UnixFileMode)(mode & 0xFFF))
        {
            Identity = (
                BinaryPrimitives.ReadUInt64LittleEndian(buffer[DeviceAt..]),
                BinaryPrimitives.ReadUInt64LittleEndian(buffer[NumberAt..])),
        };
    }

    /// <summary>
    /// Why a file or a folder is not to be trusted: it is a link, belongs to somebody who is neither the user nor root,
    /// or everybody may write to it; null: it may be, or the system does not tell.
    /// </summary>
    public static string? WhyNotTrusted(string path)
    {
        var status = Of(path, follow: false);
        if (new FileInfo(path).LinkTarget is not null) return "it is a link";
        if (status.Owner is { } owner && owner != 0 && owner != UserId())
        {
            return FormattableString.Invariant($"it belongs to the user {owner}, who is neither you nor root");
        }

        return status.Mode is { } mode && mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit)
            ? "everybody may write to it"
            : null;
    }

    private static FileStatus Portable(string path, bool follow)
    {
        var isLink = !follow && new FileInfo(path).LinkTarget is not null;
        var kind = isLink ? FileKind.Special
            : Directory.Exists(path) ? FileKind.Folder
            : File.Exists(path) ? FileKind.Regular
            : FileKind.Missing;
        return new FileStatus(kind, null, null);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte buffer);
}
