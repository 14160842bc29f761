using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Storage;

/// <summary>Belongs to the bench: what it watches of the module's storage.</summary>
internal sealed class WatchedStorage
{
    private int _open;
    private bool _filesAreWatched;
    private bool _writesAreWatched;

    /// <summary>Hears what is seen, and when it happens; null: now.</summary>
    public Action<ModemReport, TimeSpan?>? Seen { get; set; }

    /// <summary>Reports the open files now, and what changes later.</summary>
    public void Begin(StorageWatch what)
    {
        if (what == StorageWatch.Writes)
        {
            _writesAreWatched = true;
            return;
        }

        _filesAreWatched = true;
        Tell();
    }

    /// <summary>A script has so many files open.</summary>
    public void Opened(int files)
    {
        if (files == _open) return;
        _open = files;
        if (_filesAreWatched) Tell();
    }

    /// <summary>A write to flash begins.</summary>
    public void Written(TimeSpan at, TimeSpan took)
    {
        if (_writesAreWatched) Seen?.Invoke(new ModemReport.FlashWritten(took), at);
    }

    private void Tell() => Seen?.Invoke(new ModemReport.FilesOpen(_open), null);
}
