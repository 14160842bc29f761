using AirHil.Rig.Runs;

namespace AirHil.Live.Remote;

/// <summary>The scripts that a session has been sent: the last few, put together from their pieces.</summary>
internal sealed class FirmwareStore
{
    private readonly Queue<(int Id, FirmwareSource Source)> _kept = new();
    private BenchMessage.Announce? _announced;
    private byte[] _bytes = [];
    private int _filled;
    private int _last;

    /// <exception cref="MalformedMessageException">It may not be announced now, or is too much.</exception>
    public void Announce(BenchMessage.Announce firmware)
    {
        if (_announced is not null)
        {
            throw new MalformedMessageException($"firmware {firmware.Id} is announced in the midst of {_announced.Id}");
        }

        if (firmware.Id <= _last) throw new MalformedMessageException($"firmware {firmware.Id} follows {_last}");
        var total = firmware.Files.Sum(f => (long)f.Bytes);
        if (total > RemoteProtocol.MaxFirmwareBytes)
        {
            throw new MalformedMessageException(
                $"a script of {total} bytes is more than a bench takes ({RemoteProtocol.MaxFirmwareBytes})");
        }

        var names = firmware.Files.Select(f => f.Name).ToArray();
        if (names.FirstOrDefault(n => !IsPlain(n)) is { } odd)
        {
            throw new MalformedMessageException($"'{Printable.Of(odd, 80)}' is no plain name of a file");
        }

        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Length)
        {
            throw new MalformedMessageException("two files of a script have the same name");
        }

        _announced = firmware;
        _bytes = new byte[total];
        _filled = 0;
        CompleteIfWhole();
    }

    /// <exception cref="MalformedMessageException">It belongs to nothing that was announced.</exception>
    public void Add(BenchMessage.FirmwarePiece piece)
    {
        if (_announced?.Id != piece.Id || piece.Bytes.Length > _bytes.Length - _filled || piece.Bytes.IsEmpty)
        {
            throw new MalformedMessageException($"a piece of firmware {piece.Id} that was not announced");
        }

        piece.Bytes.CopyTo(_bytes.AsMemory(_filled));
        _filled += piece.Bytes.Length;
        CompleteIfWhole();
    }

    /// <exception cref="MalformedMessageException">It was not sent, or is no longer kept.</exception>
    public FirmwareSource Get(int id)
    {
        foreach (var (known, source) in _kept)
        {
            if (known == id) return source;
        }

        throw new MalformedMessageException($"firmware {id} is not here; the last {_kept.Count} are kept");
    }

    // The board's target may write it into a folder, so it must not lead anywhere else.
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':', '\0']) < 0
        && !name.Any(char.IsControl);

    private void CompleteIfWhole()
    {
        if (_announced is null || _filled < _bytes.Length) return;
        var at = 0;
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var file in _announced.Files)
        {
            files.Add(new(file.Name, _bytes.AsMemory(at, file.Bytes)));
            at += file.Bytes;
        }

        if (_kept.Count >= RemoteProtocol.KeptFirmwares) _kept.Dequeue();
        _kept.Enqueue((_announced.Id, FirmwareSource.FromBytes(_announced.Name, files)));
        _last = _announced.Id;
        _announced = null;
        _bytes = [];
    }
}
