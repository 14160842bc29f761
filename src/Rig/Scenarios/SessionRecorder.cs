using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>Writes what happens on a bench into a file while it happens.</summary>
public sealed class SessionRecorder : IDisposable
{
    private readonly Bench _bench;
    private readonly SessionWriter _writer;
    private readonly bool _isExact;
    private readonly (ulong Device, ulong Number)? _file;
    private volatile bool _ended;
    private volatile IOException? _failure;

    private SessionRecorder(Bench bench, string path, SessionHeader header, MaskOptions? mask)
    {
        _bench = bench;
        _isExact = header.Exact;
        Path = path;
        _writer = new SessionWriter(path, header, mask, hash: false);
        _file = FileStatus.Of(path).Identity;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// Whether a write has failed. The run goes on without being recorded; <see cref="Finish()"/> tells it.
    /// </summary>
    public bool HasFailed => _failure is not null;

    /// <summary>
    /// Begins to record. What has happened so far is written first; it must still be kept, as it is when the recorder
    /// starts with the bench.
    /// </summary>
    /// <param name="header">Null: that of the bench's options.</param>
    /// <param name="mask">What to hide; null: nothing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The bench no longer keeps its first events.</exception>
    public static SessionRecorder Start(
        Bench bench, string path, SessionHeader? header = null, MaskOptions? mask = null)
    {
        var recorder = new SessionRecorder(bench, path, header ?? SessionHeader.For(bench.Options), mask);
        try
        {
            WriteKept(bench.Session, recorder._writer);
            bench.Session.Watch(
                recorder.Take, recorder.Take);
            return recorder;
        }
        catch
        {
            recorder.Dispose();
            throw;
        }
    }

    /// <summary>Writes the whole session of a bench that keeps all its events, after the fact.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The bench no longer keeps its first events.</exception>
    public static void Save(Bench bench, string path, SessionHeader? header = null, MaskOptions? mask = null)
    {
        using var recorder = new SessionRecorder(bench, path, header ?? SessionHeader.For(bench.Options), mask);
        try
        {
            WriteKept(bench.Session, recorder._writer);
        }
        catch (IOException problem)
        {
            recorder._failure = problem;
        }

        recorder.Finish();
    }

    /// <summary>Writes the closing line and closes the file. What happens afterwards is not recorded.</summary>
    /// <exception cref="IOException">
    /// The file could not be written to its end; the message says why, and what of the session it holds.
    /// </exception>
    public void Finish()
    {
        if (_ended) return;
        _ended = true;
        try
        {
            if (_failure is null) _writer.Finish(_bench.Now, _isExact ? _bench.Steps : 0, _bench.Session.Hash);
        }
        catch (IOException problem)
        {
            _failure = problem;
        }

        _writer.Dispose();
        if (_failure is { } failure) throw new IOException($"{Path}: {failure.Message}; {WhatIsKept()}", failure);
        if (FileStatus.Of(Path).Identity != _file)
        {
            throw new IOException($"{Path}: the recording is lost, since the file was removed or replaced meanwhile");
        }
    }

    /// <summary>Closes the file; without <see cref="Finish()"/> it stays without a closing line.</summary>
    public void Dispose()
    {
        _ended = true;
        _writer.Dispose();
    }

    private void Take(SessionEvent e, ReadOnlySpan<byte> line)
    {
        if (_ended || _failure is not null) return;
        try
        {
            _writer.Append(e, line);
        }
        catch (IOException problem)
        {
            _failure = problem;
        }
    }

    private void Take(SessionNote note)
    {
        if (_ended || _failure is not null) return;
        try
        {
            _writer.Append(note);
        }
        catch (IOException problem)
        {
            _failure = problem;
        }
    }

    /// <summary>Reads the file back.</summary>
    private string WhatIsKept()
    {
        try
        {
            using var reader = SessionReader.Open(Path);
            while (reader.TryRead(out _))
            {
            }

            return string.Create(
                CultureInfo.InvariantCulture,
                $"it holds {reader.Events} events, up to {DurationText.Say(reader.LastTime)} of the run");
        }
        catch (Exception problem) when (problem is SessionFormatException or IOException)
        {
            return "it holds nothing of the run";
        }
    }

    private static void WriteKept(SessionLog session, SessionWriter writer)
    {
        if (session.First > 0)
        {
            throw new InvalidOperationException(
                "the session is no longer kept from its beginning: start the recorder with the bench");
        }

        var notes = session.Notes();
        var next = 0;
        var index = 0L;
        foreach (var e in session.EventsWithVitals())
        {
            if (e.Lane != SessionLane.Vitals)
            {
                for (; next < notes.Count && notes[next].Index <= index; next++) writer.Append(notes[next]);
                index++;
            }

            writer.Append(e);
        }

        for (; next < notes.Count; next++) writer.Append(notes[next]);
    }
}
