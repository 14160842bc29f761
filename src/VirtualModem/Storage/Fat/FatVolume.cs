using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Storage.Fat;

/// <summary>
/// The one volume of FatFs (L:components/fatfs). No medium holds a file system here: a card is not there, and the
/// memory that fatfs.mount takes is never formatted, because mounting always succeeds and looks at nothing.
/// </summary>
internal sealed class FatVolume(FirmwareLog log, SystemHeap heap)
{
    private const int ObjectBytes = 564;
    private const int SectorBytes = 512;
    private const int CardBuffer = 520;
    private const int MemoryHead = 12;
    private const string Tag = "luat.fatfs";

    private bool _hasObject;
    private bool _hasBuffer;
    private bool _isEnabled;
    private long _memory;

    /// <summary>fatfs.debug: more lines.</summary>
    public bool IsTalking { get; set; }

    public FatDisk Disk { get; private set; }

    /// <summary>The card; another mount may name another place for it.</summary>
    public SdCard? Card { get; set; }

    /// <summary>Power comes to the card, before each start of the medium.</summary>
    public Action? PowerOn { get; set; }

    /// <summary>The memory for the volume's object, once; false: the heap has no room.</summary>
    public bool TryTakeObject() => _hasObject = _hasObject || heap.TryAllocate(ObjectBytes);

    /// <summary>Puts a medium behind the volume, unless one is there.</summary>
    public void Open(FatDisk disk)
    {
        if (IsTalking) log.Write(LogLevel.Debug, Tag, "disk_open >> 0");
        if (Disk == FatDisk.None) Disk = disk;
    }

    /// <summary>A medium of so many bytes of the heap, unless one is there.</summary>
    /// <param name="bytes">As the script gives them; a size_t.</param>
    public void OpenMemory(uint bytes)
    {
        var all = unchecked(bytes + MemoryHead);
        if (!heap.TryAllocate(all))
        {
            log.Write(LogLevel.Warn, "ramdisk", "luat_heap_malloc return NULL");
            return;
        }

        var isTaken = Disk != FatDisk.None;
        Open(FatDisk.Memory);
        if (isTaken) heap.Free(all);
        else _memory = bytes;
    }

    public void Enable() => _isEnabled = true;

    public void Disable() => _isEnabled = false;

    /// <summary>The error with which every access ends.</summary>
    /// <param name="path">A path with a colon names a volume; only "0:" is one.</param>
    public int Access(string path)
    {
        if (path.Contains(':') && !path.StartsWith("0:", StringComparison.Ordinal)) return FatError.InvalidDrive;
        return _isEnabled ? Start() : FatError.NotEnabled;
    }

    /// <summary>Starts the medium, which is or holds none that FatFs knows; the error.</summary>
    public int Start()
    {
        if (IsTalking) log.Write(LogLevel.Debug, Tag, "disk_initialize >> 0");
        if (Disk == FatDisk.None)
        {
            log.Write(LogLevel.Debug, Tag, "NOTRDY >> 0");
            return FatError.NotReady;
        }

        PowerOn?.Invoke();
        if (Disk == FatDisk.Card)
        {
            if (!_hasBuffer) _hasBuffer = heap.TryAllocate(CardBuffer);
            Card?.Start();
            return FatError.NotReady;
        }

        if (Disk == FatDisk.Memory)
        {
            var isThere = _memory >= SectorBytes;
            if (IsTalking)
            {
                log.Write(
                    LogLevel.Debug, "ramdisk", $"ramdisk initialize {(isThere ? "ok" : "check error")}");
            }

            if (!isThere) return FatError.NotReady;
        }

        if (IsTalking) log.Write(LogLevel.Debug, Tag, "disk_read >> 0");
        return FatError.NoFileSystem;
    }
}
