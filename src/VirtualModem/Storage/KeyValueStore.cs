using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The flash area of fskv: a littlefs of its own with a file a key (L:components/sfd/luat_sfd_lfs.c). It outlives
/// resets and power cuts.
/// </summary>
internal sealed class KeyValueStore
{
    public const int BlockBytes = BlockChain.BlockBytes;
    public const int TotalBytes = 64 * 1024;

    /// <summary>Bytes of the largest value, with its type byte.</summary>
    public const int LargestValue = 4096;

    private const int LongestName = 63;

    private readonly LittlefsVolume _volume = new(TotalBytes / BlockBytes, LongestName);

    /// <summary>Told of each commit; gives the run's time at which the flash has it.</summary>
    public Func<TimeSpan>? Committing
    {
        get => _volume.Committing;
        set => _volume.Committing = value;
    }

    /// <inheritdoc cref="LittlefsVolume.Changed"/>
    public Action? Changed
    {
        set => _volume.Changed = value;
    }

    /// <summary>A new area is formatted at the first init.</summary>
    public bool IsFormatted { get; private set; }

    public int Count => _volume.List("")!.Count();

    public int UsedBlocks => _volume.UsedBlocks;

    public void Format()
    {
        _volume.Format();
        IsFormatted = true;
    }

    public byte[]? Get(string key) => _volume.Content(key);

    /// <inheritdoc cref="LittlefsVolume.StopAt"/>
    public void StopAt(TimeSpan time) => _volume.StopAt(time);

    /// <summary>Stores; false: no such name can be, or no block is free.</summary>
    public bool Set(string key, byte[] value)
    {
        const LittlefsModes modes = LittlefsModes.Write | LittlefsModes.Create | LittlefsModes.Truncate;
        if (_volume.Open(key, modes) is not { } file) return false;
        var isWritten = file.Write(value) == LittlefsError.None;
        _volume.Close(file);
        return isWritten;
    }

    public void Delete(string key) => _volume.Remove(key);

    /// <summary>The key at a place in the order of the names; null: past the last.</summary>
    public string? KeyAt(int index) => _volume.List("")!.Skip(index).FirstOrDefault()?.Name;
}
