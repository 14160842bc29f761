using AirHil.Rig.Runs;

namespace AirHil.Live.Remote;

/// <summary>The scripts that a bench has from this client: the last few that it was sent.</summary>
internal sealed class SentScripts(RemoteLink link)
{
    private readonly Queue<(int Id, FirmwareSource Source)> _known = new();
    private int _last;

    /// <summary>Sends a script unless the bench still has it.</summary>
    /// <returns>Its number in the session.</returns>
    /// <exception cref="InvalidOperationException">It is larger than a bench takes.</exception>
    public int Send(FirmwareSource firmware)
    {
        foreach (var (known, source) in _known)
        {
            if (ReferenceEquals(source, firmware)) return known;
        }

        var id = ++_last;
        var total = firmware.Files.Sum(f => (long)f.Value.Length);
        if (total > RemoteProtocol.MaxFirmwareBytes || firmware.Files.Count > RemoteProtocol.MaxFirmwareFiles)
        {
            throw new InvalidOperationException(
                $"the script '{firmware.Name}' has {firmware.Files.Count} files of {total} bytes together; a remote " +
                $"bench takes {RemoteProtocol.MaxFirmwareFiles} files and {RemoteProtocol.MaxFirmwareBytes} bytes");
        }

        if (_known.Count >= RemoteProtocol.KeptFirmwares) _known.Dequeue();
        _known.Enqueue((id, firmware));
        link.Post(new BenchMessage.Announce(
            id, firmware.Name, [.. firmware.Files.Select(f => new FirmwareFile(f.Key, f.Value.Length))]));
        foreach (var (_, content) in firmware.Files)
        {
            for (var at = 0; at < content.Length; at += RemoteProtocol.FirmwarePieceBytes)
            {
                link.Post(new BenchMessage.FirmwarePiece(
                    id, content.Slice(at, Math.Min(RemoteProtocol.FirmwarePieceBytes, content.Length - at))));
            }
        }

        return id;
    }
}
