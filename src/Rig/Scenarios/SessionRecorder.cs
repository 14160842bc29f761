using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>Writes what happens on a bench into a file while it happens.</summary>
public sealed class SessionRecorder : IDisposable
{
    private readonly Bench _bench;
    private readonly SessionWriter _writer;
    private readonly bool _isExact;
    private volatile bool _ended;

    private SessionRecorder(Bench bench, string path, SessionHeader header, MaskOptions? mask)
    {
        _bench = bench;
        _isExact = header.Exact;
        Path = path;
        _writer = new SessionWriter(path, header, mask, hash: false);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

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
                (e, line) =>
                {
                    if (!recorder._ended) recorder._writer.Append(e, line);
                },
                note =>
                {
                    if (!recorder._ended) recorder._writer.Append(note);
                });
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
        header ??= SessionHeader.For(bench.Options);
        using var writer = new SessionWriter(path, header, mask, hash: false);
        WriteKept(bench.Session, writer);
        Finish(bench, writer, header.Exact);
    }

    /// <summary>Writes the closing line and closes the file. What happens afterwards is not recorded.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Finish()
    {
        if (_ended) return;
        _ended = true;
        Finish(_bench, _writer, _isExact);
    }

    /// <summary>Closes the file; without <see cref="Finish()"/> it stays without a closing line.</summary>
    public void Dispose()
    {
        _ended = true;
        _writer.Dispose();
    }

    private static void Finish(Bench bench, SessionWriter writer, bool isExact) =>
        writer.Finish(bench.Now, isExact ? bench.Steps : 0, bench.Session.Hash);

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
