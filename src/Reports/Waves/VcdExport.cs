using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Files;

namespace AirHil.Reports.Waves;

/// <summary>
/// A session as a value change dump (IEEE 1364 §18) for GTKWave and PulseView: power, registration, connections,
/// faults, the serial lines bit by bit and byte by byte, and what a model tells of heap, CPU and watchdog. One time
/// unit is 100 ns.
/// </summary>
public static class VcdExport
{
    /// <summary>Writes the file; folders on the way are made, a file of that name is replaced.</summary>
    /// <param name="baud">The speed at which bytes are laid out on the serial lines.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SessionEvent> events, int baud = 115_200)
    {
        WholeFile.Write(path, file =>
        {
            using var output = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            Write(output, events, baud);
        });
    }

    /// <summary>Writes the dump; the events are read once. Signals come up as they are first met.</summary>
    public static void Write(TextWriter output, IEnumerable<SessionEvent> events, int baud = 115_200)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(baud, 1);
        output.NewLine = "\n";
        // The declarations are before the changes, and only the last event completes them.
        using var place = TemporaryFolder.Create("airhil-waves-");
        var body = Path.Combine(place.Path, "changes");
        WaveSignals signals;
        using (var changes = new StreamWriter(body, append: false, new UTF8Encoding(false), 1 << 16))
        {
            changes.NewLine = "\n";
            signals = new WaveSignals(changes);
            var waves = new SessionWaves(signals, baud);
            foreach (var e in events) waves.Take(e);
            signals.End();
        }

        WriteHead(output, signals);
        using var written = new StreamReader(body);
        var buffer = new char[1 << 15];
        for (int count; (count = written.Read(buffer)) > 0;) output.Write(buffer, 0, count);
    }

    private static void WriteHead(TextWriter output, WaveSignals signals)
    {
        output.WriteLine("$version airhil $end");
        output.WriteLine("$timescale 100 ns $end");
        foreach (var scope in signals.All.GroupBy(s => s.Scope))
        {
            output.WriteLine($"$scope module {scope.Key} $end");
            foreach (var signal in scope)
            {
                foreach (var declaration in signal.Declarations) output.WriteLine($"$var {declaration} $end");
            }

            output.WriteLine("$upscope $end");
        }

        output.WriteLine("$enddefinitions $end");
        output.WriteLine("#0");
        output.WriteLine("$dumpvars");
        foreach (var signal in signals.All)
        {
            foreach (var line in signal.Initial) output.WriteLine(line);
        }

        output.WriteLine("$end");
    }
}
