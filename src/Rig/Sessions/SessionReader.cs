using System.Globalization;
using System.Text.Json;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Reads a session file from its beginning to its end, in constant memory. A tail that was cut off is left out, which
/// <see cref="Repairs"/> tells; bytes that have changed are an error.
/// </summary>
public sealed class SessionReader : IDisposable
{
    private readonly SessionLineSource _source;
    private readonly SessionChecksum _checksum = new();
    private readonly WordTable _words = new();
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

    /// <summary>What was wrong with the file's end and could be left out, in sentences; complete after the last
    /// event.</summary>
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
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1), path);

    /// <summary>Reads a session from a stream that can seek.</summary>
    /// <param name="file">It is closed with the reader.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="SessionFormatException">It is no session, or one of another version.</exception>
    public static SessionReader Open(Stream file, string name) => new(file, name);

    /// <summary>The next event or note; false at the end.</summary>
    /// <exception cref="SessionFormatException">Bytes have changed, or the line is none of a session.</exception>
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
            catch (Exception problem) when (problem is FormatException or ArgumentException
                or InvalidOperationException or KeyNotFoundException or OverflowException or JsonException)
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
                    : "the file is empty; a session begins with a header such as {\"airhil\":1,…}");
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
        TimeSpan? at = null;
        TimeSpan? tick = null;
        var lane = -1;
        var (kind, text, modem) = ("", "", "1");
        ReadOnlyMemory<byte> bytes = default;
        ReadOnlySpan<byte> frame = default, mask = default;
        var isNote = false;
        var cursor = new LineCursor(line);
        while (cursor.TryName(out var name))
        {
            if (name.SequenceEqual("t"u8)) at = cursor.Seconds();
            else if (LaneOf(name) is >= 0 and var found)
            {
                lane = found;
                kind = cursor.Word(_words);
            }
            else if (name.SequenceEqual("line"u8))
            {
                bytes = cursor.Utf8();
                text = System.Text.Encoding.UTF8.GetString(bytes.Span);
            }
            else if (name.SequenceEqual("text"u8)) text = cursor.Text();
            else if (name.SequenceEqual("data"u8)) bytes = cursor.Utf8();
            else if (name.SequenceEqual("tick"u8)) tick = cursor.Seconds();
            else if (name.SequenceEqual("modem"u8)) modem = cursor.Word(_words);
            else if (name.SequenceEqual("hex"u8)) bytes = cursor.Hex();
            else if (name.SequenceEqual("frame"u8)) frame = cursor.Hex();
            else if (name.SequenceEqual("mask"u8)) mask = cursor.Hex();
            else
            {
                isNote |= name.SequenceEqual("step"u8) || name.SequenceEqual("firmware"u8)
                    || name.SequenceEqual("open"u8);
                cursor.Skip();
            }
        }

        entry = default;
        if (lane < 0) return isNote && TryParseNote(line, at ?? _last, modem, out entry);
        if (at is not { } time) throw new FormatException("an event has no time (\"t\")");
        if (mask.Length > 0) bytes = Masked(frame, mask, bytes.Span);
        if (time > _last) _last = time;
        var e = new SessionEvent(time, (SessionLane)lane, kind, text, bytes) { Tick = tick };
        if (!ReferenceEquals(modem, "1")) e = e with { Modem = modem };
        if (e.Lane != SessionLane.Vitals) Events++;
        entry = new SessionEntry(e, null);
        return true;
    }

    private static int LaneOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("log"u8) => (int)SessionLane.Log,
        _ when name.SequenceEqual("uart"u8) => (int)SessionLane.Uart,
        _ when name.SequenceEqual("net"u8) => (int)SessionLane.Network,
        _ when name.SequenceEqual("service"u8) => (int)SessionLane.Service,
        _ when name.SequenceEqual("power"u8) => (int)SessionLane.Power,
        _ when name.SequenceEqual("rig"u8) => (int)SessionLane.Rig,
        _ when name.SequenceEqual("vitals"u8) => (int)SessionLane.Vitals,
        _ => -1,
    };

    private static byte[] Masked(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> payload)
    {
        if (mask.Length != 4) throw new FormatException("a mask has four bytes");
        byte[] bytes = [.. frame, .. mask, .. payload];
        MaskedFrame.Apply(mask, bytes.AsSpan(frame.Length + 4));
        return bytes;
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
            if (FirmwareJson.Read(json) is { } embedded) _scripts[hash] = embedded;
            var firmware = _scripts.GetValueOrDefault(hash) ?? FirmwareSource.FromBytes(name.GetString() ?? "", []);
            note = new SessionNote.FirmwareLoaded(Events, at, step, modem, firmware) { Hash = hash };
        }
        else if (json.TryGetProperty("open", out _))
        {
            note = new SessionNote.EndpointOpened(Events, at, step, EndpointJson.Read(json));
        }
        else if (json.TryGetProperty("step", out _))
        {
            note = new SessionNote.Acted(Events, at, step);
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
                CultureInfo.InvariantCulture, $"; the last {_unsummed} lines stand behind the last checksum")
            : "";
        var rest = _source.HasRest
            ? string.Create(CultureInfo.InvariantCulture, $", and the rest of line {_source.Line + 1} is left out")
            : "";
        _repairs.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}: the recording was cut off after {Events} events, at {_last.TotalSeconds:0.#######} s: it has " +
            $"no closing line{rest}{unsure}"));
    }

    private SessionFormatException Changed() => Wrong(string.Create(
        CultureInfo.InvariantCulture,
        $"the checksum does not fit: lines {Math.Min(_sumLine, _source.Line)} to {_source.Line} were changed after " +
        $"they were recorded"));

    private SessionFormatException Wrong(string problem, Exception? cause = null) =>
        new(_name, Math.Max(_source.Line, 1), problem, cause);
}
