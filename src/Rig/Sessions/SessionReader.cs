using System.Globalization;
using System.Text.Json;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Reads a session file from its beginning to its end, in constant memory. A tail that was cut off is left out, which
/// <see cref="Repairs"/> tells; bytes that have changed are an error.
/// </summary>
public sealed class SessionReader : IDisposable
{
    private readonly SessionLineSource _source;
    private readonly SessionChecksum _checksum = new();
    private readonly EventMembers _members = new();
    private readonly FormatOne? _formatOne;
    private readonly Dictionary<string, FirmwareSource> _scripts = new(StringComparer.Ordinal);
    private readonly List<string> _repairs = [];
    private readonly string _name;
    private long _sumLine = 2;
    private long _unsummed;
    private bool _ended;
    private TimeSpan _last;

    private SessionReader(Stream file, string name)
    {
        _name = name;
        _source = new SessionLineSource(file, name);
        try
        {
            Header = ReadHeader();
            if (Header.Version == 1) _formatOne = new FormatOne();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SessionHeader Header { get; }

    /// <summary>The closing line; null before it was reached, and where the file has none.</summary>
    public SessionEnd? End { get; private set; }

    /// <summary>
    /// What was wrong with the file's end and could be left out, in sentences; complete after the last event.
    /// </summary>
    public IReadOnlyList<string> Repairs => _repairs;

    /// <summary>How many events have been read, samples of vitals not counted.</summary>
    public long Events { get; private set; }

    /// <summary>The latest time of an event that has been read.</summary>
    public TimeSpan LastTime => _last;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line => _source.Line;

    /// <summary>Opens a file, packed or not; the content tells.</summary>
    /// <exception cref="SessionFormatException">It is no session, or one of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SessionReader Open(string path) =>
        InputFile.WhyNot(path) is { } reason
            ? throw new IOException(reason)
            : new SessionReader(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1), path);

    /// <summary>Reads a session from a stream that can seek.</summary>
    /// <param name="file">It is closed with the reader.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="SessionFormatException">It is no session, or one of another version.</exception>
    public static SessionReader Open(Stream file, string name) => new(file, name);

    /// <summary>The next event or note; false at the end.</summary>
    /// <exception cref="SessionFormatException">Bytes have changed, or the line is no line of a session.</exception>
    public bool TryRead(out SessionEntry entry)
    {
        entry = default;
        while (!_ended && _source.TryNext(out var line))
        {
            if (line.StartsWith("{\"sum\":"u8))
            {
                CheckSum(line);
                continue;
            }

            if (line.StartsWith("{\"end\":"u8))
            {
                ReadEnd(line);
                break;
            }

            _checksum.Add(line);
            _unsummed++;
            try
            {
                if (!TryParse(line[..^1], out entry)) continue;
            }
            catch (Exception problem) when (SessionFormatException.IsDamage(problem))
            {
                throw Wrong(
                    $"{problem.Message}; the file was changed after it was recorded", problem);
            }

            return true;
        }

        if (!_ended) NoteCut();
        return false;
    }

    /// <summary>All events that are left, samples of vitals too; notes are passed over.</summary>
    /// <exception cref="SessionFormatException">As for <see cref="TryRead"/>.</exception>
    public IEnumerable<SessionEvent> ReadEvents()
    {
        while (TryRead(out var entry))
        {
            if (entry.Event is { } e) yield return e;
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _checksum.Dispose();
    }

    private SessionHeader ReadHeader()
    {
        if (!_source.TryNext(out var line))
        {
            throw new SessionFormatException(
                _name, 1,
                _source.HasRest || _source.IsPackingCut
                    ? "the header was cut off, so nothing can be read: the recording ended as it began"
                    : "the file is empty; a session begins with a header such as {\"airhil\":2,…}");
        }

        _checksum.Add(line);
        try
        {
            return SessionHeaderJson.Read(line[..^1].ToArray());
        }
        catch (FormatException problem)
        {
            throw Wrong(problem.Message, problem);
        }
    }

    private bool TryParse(ReadOnlySpan<byte> line, out SessionEntry entry)
    {
        entry = default;
        _members.Parse(line);
        if (_members.Lane < 0)
        {
            var isNote = _members.Find("step") is not null || _members.Find("firmware") is not null
                || _members.Find("open") is not null;
            return isNote && TryParseNote(line, _members.Time ?? _last, _members.Modem, out entry);
        }

        var e = _formatOne?.Read(_members) ?? EventCatalogue.Read(_members);
        if (e.At > _last) _last = e.At;
        if (e.Lane != SessionLane.Vitals) Events++;
        entry = new SessionEntry(e, null);
        return true;
    }

    private bool TryParseNote(ReadOnlySpan<byte> line, TimeSpan at, string modem, out SessionEntry entry)
    {
        entry = default;
        using var document = JsonDocument.Parse(line.ToArray());
        var json = document.RootElement;
        var step = json.TryGetProperty("step", out var there) ? there.GetInt64() : 0;
        SessionNote? note = null;
        if (json.TryGetProperty("firmware", out var name))
        {
            var hash = json.GetProperty("sha256").GetString() ?? "";
            if (FirmwareJson.Read(json) is { } embedded)
            {
                if (FirmwareJson.HashOf(embedded) != hash)
                {
                    throw new FormatException($"the files of the script '{embedded.Name}' do not fit their sha256");
                }

                _scripts[hash] = embedded;
            }

            var firmware = _scripts.GetValueOrDefault(hash) ?? FirmwareSource.FromBytes(name.GetString() ?? "", []);
            note = new SessionNote.FirmwareLoaded(Events, at, step, modem, firmware) { Hash = hash };
        }
        else if (json.TryGetProperty("open", out _))
        {
            note = new SessionNote.EndpointOpened(Events, at, step, EndpointJson.Read(json));
        }
        else if (json.TryGetProperty("peer", out _))
        {
            var (script, place) = PeerJson.Read(json);
            note = new SessionNote.PeerConnected(Events, at, step, modem, place, script);
        }
        else if (json.TryGetProperty("step", out _))
        {
            var act = json.TryGetProperty("act", out var phrase) ? ActPhrase.Parse(phrase.GetString() ?? "") : null;
            note = new SessionNote.Acted(Events, at, step, act);
        }

        entry = new SessionEntry(null, note);
        return note is not null;
    }

    private void CheckSum(ReadOnlySpan<byte> line)
    {
        Span<byte> expected = stackalloc byte[19];
        "{\"sum\":\""u8.CopyTo(expected);
        Convert.TryToHexStringLower(_checksum.Next()[..4], expected[8..], out _);
        "\"}\n"u8.CopyTo(expected[16..]);
        if (!line.SequenceEqual(expected)) throw Changed();
        (_sumLine, _unsummed) = (_source.Line + 1, 0);
    }

    private void ReadEnd(ReadOnlySpan<byte> line)
    {
        var mark = ",\"sum\":\""u8;
        var split = line.LastIndexOf(mark);
        if (split < 0) throw Changed();
        _checksum.Add(line[..split]);
        Span<byte> expected = stackalloc byte[16];
        Convert.TryToHexStringLower(_checksum.Next()[..8], expected, out _);
        if (!line[(split + mark.Length)..].SequenceEqual((byte[])[.. expected, .. "\"}\n"u8])) throw Changed();
        var (at, step, events, masked, hash) = (TimeSpan.Zero, 0L, 0L, 0L, "");
        var cursor = new LineCursor(line[..^1]);
        while (cursor.TryName(out var name))
        {
            if (name.SequenceEqual("end"u8)) at = cursor.Seconds();
            else if (name.SequenceEqual("step"u8)) step = cursor.Number();
            else if (name.SequenceEqual("events"u8)) events = cursor.Number();
            else if (name.SequenceEqual("masked"u8)) masked = cursor.Number();
            else if (name.SequenceEqual("hash"u8)) hash = cursor.Text();
            else cursor.Skip();
        }

        if (events != Events)
        {
            throw Wrong(string.Create(
                CultureInfo.InvariantCulture, $"the closing line tells of {events} events, {Events} were read"));
        }

        End = new SessionEnd(at, step, events, hash, masked);
        _ended = true;
        if (_source.TryNext(out _) || _source.HasRest)
        {
            throw Wrong("the file goes on behind its closing line; it was changed after it was recorded");
        }

        if (_source.IsPackingCut)
        {
            _repairs.Add($"{_name}: the end of the packing was cut off or changed; the session in it is whole");
        }
    }

    private void NoteCut()
    {
        _ended = true;
        var unsure = _unsummed > 0
            ? string.Create(
                CultureInfo.InvariantCulture, $"; the last {_unsummed} lines are behind the last checksum")
            : "";
        var rest = _source.HasRest
            ? string.Create(CultureInfo.InvariantCulture, $", and the rest of line {_source.Line + 1} is left out")
            : "";
        _repairs.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}: the recording was cut off after {Events} events, at {DurationText.Say(_last)}: it has " +
            $"no closing line{rest}{unsure}"));
    }

    private SessionFormatException Changed() => Wrong(string.Create(
        CultureInfo.InvariantCulture,
        $"the checksum does not fit: lines {Math.Min(_sumLine, _source.Line)} to {_source.Line} were changed after " +
        $"they were recorded"));

    /// <summary>What tells a problem of the line that was read last.</summary>
    internal SessionFormatException Wrong(string problem, Exception? cause = null) =>
        new(_name, Math.Max(_source.Line, 1), problem, cause);
}
