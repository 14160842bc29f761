using System.Text;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Storage.Littlefs;

namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The rig's own way to the files of the root and to the keys of fskv, past the firmware: it takes no time, logs
/// nothing, and needs no supply.
/// </summary>
internal sealed class StoredFlash
{
    private readonly LittlefsVolume _files;
    private readonly KeyValueStore _keys;
    private readonly Dictionary<(bool IsKey, string Name), byte[]?> _told = [];
    private bool _isPutting;

    public StoredFlash(LittlefsVolume files, KeyValueStore keys)
    {
        _files = files;
        _keys = keys;
        _files.Changed = Look;
        _keys.Changed = Look;
    }

    /// <summary>Hears what is there, and the time at which the flash has it.</summary>
    public Action<ModemReport.StoredSeen, TimeSpan>? Seen { get; set; }

    /// <summary>When the last commit is done.</summary>
    public TimeSpan Done { get; set; }

    /// <summary>Puts or removes; false: there is no room, or no such name or value can be.</summary>
    public bool Put(ModemCommand.PutStored put)
    {
        var (ofFiles, ofKeys) = (_files.Committing, _keys.Committing);
        (_files.Committing, _keys.Committing, _isPutting) = (null, null, true);
        try
        {
            return put.IsKey ? PutKey(put.Name, put.Content) : PutFile(PathOf(put.Name), put.Content);
        }
        finally
        {
            (_files.Committing, _keys.Committing, _isPutting) = (ofFiles, ofKeys, false);
            Look();
        }
    }

    public void Watch(ModemCommand.WatchStored watch) =>
        Tell(watch.IsKey, watch.Name, Content(watch.IsKey, watch.Name));

    public static string Refused(ModemCommand.PutStored put) =>
        $"The rig cannot put the {(put.IsKey ? "key" : "file")} '{put.Name}' into the module's flash: there is no " +
        "room for it, or its name or its value cannot be.";

    private bool PutFile(string path, ReadOnlyMemory<byte>? content)
    {
        if (content is not { } bytes)
        {
            _files.Remove(path);
            return true;
        }

        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            _files.MakeDirectory(path[..slash]);
        }

        const LittlefsModes modes = LittlefsModes.Write | LittlefsModes.Create | LittlefsModes.Truncate;
        if (_files.Open(path, modes) is not { } file) return false;
        var isWritten = file.Write(bytes.ToArray()) == LittlefsError.None;
        _files.Close(file);
        return isWritten;
    }

    private bool PutKey(string key, ReadOnlyMemory<byte>? json)
    {
        if (!_keys.IsFormatted) _keys.Format();
        if (json is { } value)
        {
            return StoredValue.FromJson(value.Span) is { } stored && stored.Length <= KeyValueStore.LargestValue
                && _keys.Set(PathOf(key), stored);
        }

        _keys.Delete(PathOf(key));
        return true;
    }

    private byte[]? Content(bool isKey, string name) => isKey
        ? _keys.Get(PathOf(name)) is { } stored ? StoredValue.ToJson(stored) : null
        : _files.Content(PathOf(name));

    private void Look()
    {
        if (_isPutting || _told.Count == 0) return;
        foreach (var ((isKey, name), told) in _told.ToArray())
        {
            var content = Content(isKey, name);
            if (content is null != told is null || !content.AsSpan().SequenceEqual(told)) Tell(isKey, name, content);
        }
    }

    private void Tell(bool isKey, string name, byte[]? content)
    {
        _told[(isKey, name)] = content;
        ReadOnlyMemory<byte>? there = null;
        if (content is not null) there = content;
        Seen?.Invoke(new ModemReport.StoredSeen(isKey, name, there), Done);
    }

    /// <summary>Paths are the script's bytes read as Latin-1.</summary>
    private static string PathOf(string name) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
}
