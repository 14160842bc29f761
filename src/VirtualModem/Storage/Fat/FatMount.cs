using System.Globalization;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Storage.Fat;

/// <summary>A path that leads to FatFs (L:luat/vfs/luat_fs_fatfs.c). All paths lead to the same volume.</summary>
internal sealed class FatMount(FatVolume volume, FirmwareLog log) : IMount
{
    /// <summary>As fs.mount and io.lsmount name it.</summary>
    public const string Name = "fatfs";

    private const int BlockBytes = 512;

    public string Kind => Name;

    /// <summary>Nobody has filled the numbers; the module's memory is taken for zeros.</summary>
    public MountUsage Usage => new(0, 0, BlockBytes, Name);

    public byte[]? Content(string path)
    {
        _ = volume.Access(path);
        return null;
    }

    public bool? Exists(string path) => Content(path) is not null;

    public IMountedFile? Open(string path, string mode)
    {
        log.WriteBytes(LogLevel.Debug, Name, string.Create(
            CultureInfo.InvariantCulture, $"f_open {path} {volume.Access(path)}"));
        return null;
    }

    public IReadOnlyList<(string Name, bool IsDirectory)> List(string path, int offset, int count)
    {
        log.WriteBytes(LogLevel.Debug, Name, string.Create(
            CultureInfo.InvariantCulture, $"opendir {path} {volume.Access(path)}"));
        return [];
    }

    public int Remove(string path) => volume.Access(path);

    public int Rename(string from, string to) => volume.Access(from);

    public int MakeDirectory(string path) => Failed("mkdir", path);

    public int RemoveDirectory(string path) => Failed("rmdir", path);

    /// <summary>Whoever calls it looks at <see cref="FatVolume.Disk"/> first: no medium is formatted.</summary>
    public int? Format()
    {
        var result = volume.Start();
        log.Write(LogLevel.Debug, Name, string.Create(CultureInfo.InvariantCulture, $"format ret {result}"));
        return result;
    }

    private int Failed(string what, string path)
    {
        log.Write(LogLevel.Debug, Name, string.Create(
            CultureInfo.InvariantCulture, $"{what} ret {volume.Access(path)}"));
        return -1;
    }
}
