using AirHil.Modem.Sessions;
using AirHil.Rig.Files;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Writes a session file, event by event, in constant memory. Any thread may call it; one second after an event at the
/// latest the event has left the process, so that only what was written in the last second is lost with it. Where a
/// write fails, nothing more is written, so that the file can be read up to there.
/// </summary>
internal sealed class SessionWriter : IDisposable
{
    /// <summary>Events after which a checksum is written at the latest.</summary>
    public const int EventsPerChecksum = 1000;

    private const int DrainAt = 48 * 1024;

    private static readonly TimeSpan TimePerChecksum = TimeSpan.FromSeconds(1);

    /// <summary>Less than half a second: a busy host lets a thread wait for the rest of it.</summary>
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly Stream _file;
    private readonly Stream _packed;
    private readonly EventLines _lines;
    private readonly LineBuffer _buffer = new(DrainAt * 2);
    private readonly SessionChecksum _checksum = new();
    private readonly SessionHash? _ownHash;
    private readonly HashSet<string> _embedded = new(StringComparer.Ordinal);
    private readonly SessionFlusher _flusher;
    private readonly SecretMask? _mask;
    private int _summed;
    private int _sinceSum;
    private TimeSpan _sumAt;
    private bool _dirty;
    private bool _closed;
    private Exception? _failure;

    /// <summary>Begins a file; one of the same name is replaced. Its name's end says how it is packed.</summary>
    /// <param name="path">Where; folders that are missing are made.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="mask">What to hide; null: nothing.</param>
    /// <param name="hash">Whether the writer keeps the rolling hash itself; otherwise <see cref="Finish"/> is
    /// told.</param>
    public SessionWriter(string path, SessionHeader header, MaskOptions? mask = null, bool hash = true)
        : this(Open(path), SessionPacking.ByName(path), header, mask, hash)
    {
    }

    /// <summary>Begins a session on a stream, which is closed with the writer.</summary>
    public SessionWriter(
        Stream file, SessionCompression compression, SessionHeader header, MaskOptions? mask = null, bool hash = true)
        : this(file, compression, header, FlushPeriod, mask, hash)
    {
    }

    /// <param name="flushPeriod">What was appended reaches the file after so much time of the wall clock.</param>
    internal SessionWriter(
        Stream file, SessionCompression compression, SessionHeader header, TimeSpan flushPeriod,
        MaskOptions? mask = null, bool hash = true)
    {
        _file = new TornFile(file);
        _packed = SessionPacking.Pack(_file, compression);
        _mask = mask is null ? null : new SecretMask(mask);
        _lines = new EventLines(_mask);
        _ownHash = hash || mask is not null ? new SessionHash() : null;
        _buffer.Raw(SessionHeaderJson.Write(header with { Masked = header.Masked || mask is not null }));
        _buffer.Raw("\n"u8);
        _dirty = true;
        _flusher = new SessionFlusher(TryFlush, flushPeriod);
        try
        {
            Flush();
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>How many events were written, samples of vitals not counted.</summary>
    public long Events { get; private set; }

    /// <exception cref="IOException">The file could not be written, now or since the last call.</exception>
    public void Append(SessionEvent e) => Append(e, default);

    /// <summary>As <see cref="Append(SessionEvent)"/>, of an event whose line is made already.</summary>
    /// <param name="line">With its line end and nothing masked; empty: it is made here.</param>
    internal void Append(SessionEvent e, ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            Check();
            if (_sinceSum >= EventsPerChecksum || (_sinceSum > 0 && e.At - _sumAt >= TimePerChecksum)) Sum(e.At);
            if (_sinceSum++ == 0) _sumAt = e.At;
            var start = _buffer.Length;
            if (line.IsEmpty || _mask is not null) _lines.Write(_buffer, e);
            else _buffer.Raw(line);
            _dirty = true;
            if (e.Lane != SessionLane.Vitals)
            {
                _ownHash?.AddLine(_buffer.Written[start..]);
                Events++;
            }

            if (_buffer.Length >= DrainAt) Drain();
        }
    }

    /// <exception cref="IOException">The file could not be written, now or since the last call.</exception>
    public void Append(SessionNote note)
    {
        lock (_gate)
        {
            Check();
            if (_mask is not null) note = _mask.Apply(note);
            var embed = note is SessionNote.FirmwareLoaded loaded
                && _embedded.Add(FirmwareJson.HashOf(loaded.Firmware));
            if (note is SessionNote.Acted acted)
            {
                _buffer.Raw("{\"step\":"u8);
                _buffer.Number(acted.Step);
                if (acted.Act is { } act)
                {
                    _buffer.Raw(",\"act\":"u8);
                    _buffer.Text(_mask is null ? act.ToString() : _mask.Mask(act.ToString()));
                }

                _buffer.Raw("}"u8);
            }
            else
            {
                _buffer.Raw(NoteLines.Write(note, embed));
            }

            _buffer.Raw("\n"u8);
            _sinceSum++;
            _dirty = true;
            if (_buffer.Length >= DrainAt) Drain();
        }
    }

    /// <summary>Hands everything to the operating system, so that a reader can have it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            Check();
            if (!_dirty) return;
            Drain();
            Guarded(() =>
            {
                _packed.Flush();
                _file.Flush();
            });
            _dirty = false;
        }
    }

    /// <summary>Writes the closing line and closes the file.</summary>
    /// <param name="end">The run's time.</param>
    /// <param name="step">The run's <see cref="World.Loop.Steps"/>; 0 where nobody can repeat them.</param>
    /// <param name="hash">The session's hash where the writer does not keep it itself.</param>
    public void Finish(TimeSpan end, long step = 0, string? hash = null)
    {
        lock (_gate)
        {
            Check();
            if (_sinceSum > 0) Sum(end);
            var start = _buffer.Length;
            _buffer.Raw("{\"end\":"u8);
            _buffer.Seconds(end);
            _buffer.Raw(",\"step\":"u8);
            _buffer.Number(step);
            _buffer.Raw(",\"events\":"u8);
            _buffer.Number(Events);
            if (_mask is not null)
            {
                _buffer.Raw(",\"masked\":"u8);
                _buffer.Number(_mask.Count);
            }

            _buffer.Raw(",\"hash\":"u8);
            _buffer.Text(_ownHash?.Current() ?? hash ?? "");
            _checksum.Add(_buffer.Written[start..]);
            _buffer.Raw(",\"sum\":\""u8);
            _buffer.Hex(_checksum.Next()[..8]);
            _buffer.Raw("\"}\n"u8);
            _summed = _buffer.Length;
            Drain();
            Close();
            Tell();
        }
    }

    /// <summary>
    /// Closes the file; without <see cref="Finish"/> it stays without a closing line. It does not tell what fails.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            try
            {
                if (_failure is null) Drain();
            }
            catch (IOException)
            {
                // Who wants to know calls Finish.
            }

            Close();
        }
    }

    private static FileStream Open(string path)
    {
        WholeFile.MakeFolder(path);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
    }

    private void Sum(TimeSpan at)
    {
        _checksum.Add(_buffer.Written[_summed..]);
        _buffer.Raw("{\"sum\":\""u8);
        _buffer.Hex(_checksum.Next()[..4]);
        _buffer.Raw("\"}\n"u8);
        _summed = _buffer.Length;
        _sinceSum = 0;
        _sumAt = at;
    }

    private void Drain()
    {
        _checksum.Add(_buffer.Written[_summed..]);
        Guarded(() => _packed.Write(_buffer.Written));
        _buffer.Clear();
        _summed = 0;
    }

    /// <summary>For the flusher's thread, which has nobody to throw at.</summary>
    private void TryFlush()
    {
        lock (_gate)
        {
            if (_closed || _failure is not null) return;
            try
            {
                Flush();
            }
            catch (IOException)
            {
                // It is noted; the next call tells it.
            }
        }
    }

    private void Check()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        Tell();
    }

    /// <summary>Writes; what fails is kept for all later calls.</summary>
    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _failure ??= problem;
            Tell();
        }
    }

    private void Tell()
    {
        if (_failure is null) return;
        throw new IOException($"the session could not be written: {_failure.Message}", _failure);
    }

    private void Close()
    {
        _closed = true;
        _flusher.Stop();
        try
        {
            // A packer writes its end when it is disposed of.
            if (!ReferenceEquals(_packed, _file)) _packed.Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _failure ??= problem;
        }

        try
        {
            _file.Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _failure ??= problem;
        }
        finally
        {
            _checksum.Dispose();
            _ownHash?.Dispose();
            _mask?.Dispose();
        }
    }
}
