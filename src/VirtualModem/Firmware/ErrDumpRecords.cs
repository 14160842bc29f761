using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// One file of error records in flash, with the two counters by which errDump sees what is new
/// (L:components/network/errdump/luat_lib_errdump.c).
/// </summary>
internal sealed class ErrDumpRecords(FileSystem files, string path)
{
    public const int Limit = 4096;

    private int _written;
    private int _read;

    /// <summary>Whether something was recorded since the last reading.</summary>
    public bool HasNews => _written != _read;

    public bool IsEmpty => files.Size(path) == 0;

    /// <summary>Appends a record; the oldest bytes go where there are too many.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        byte[] whole = [.. files.Content(path) ?? [], .. message];
        files.Write(path, whole.Length > Limit ? whole[^Limit..] : whole);
    }

    /// <summary>Counts a record, whether it was kept or not.</summary>
    public void Count() => _written++;

    /// <summary>All of it; nothing is new any more.</summary>
    public byte[] Read()
    {
        _read = _written;
        return files.Content(path) ?? [];
    }

    public void Clear() => files.Remove(path);
}
