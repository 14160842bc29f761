using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Board.Power;
using AirHil.Modem.Pins;

namespace AirHil.Board.Pins;

/// <summary>Commands of the shell hold pins and tell their levels.</summary>
/// <param name="lines">By the module's pins.</param>
/// <param name="folder">Where the commands run.</param>
internal sealed class CommandPins(IReadOnlyDictionary<int, PinLine.Command> lines, string folder) : IPinDriver
{
    /// <summary>
    /// The least pause between the end of a command that reads and the next one. It is as long as the command took, and
    /// the pins take turns, so that all of them together keep no more than half of a processor busy.
    /// </summary>
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<int> _held = [];
    private readonly List<Task> _watching = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    public IReadOnlyList<PinWire> Wires { get; } = [.. lines.Select(l => l.Value.WireTo(l.Key))];

    public async Task OpenAsync(IPinSink sink, CancellationToken cancel)
    {
        // A run that was killed may have left them held.
        foreach (var (pin, line) in lines)
        {
            if (line.Release is { } release) await RunAsync(pin, "release", release, cancel);
        }

        foreach (var group in lines.Where(l => l.Value.Watch is not null).GroupBy(l => l.Value.Watch!))
        {
            var watch = new PinWatch(group.Key, folder, [.. group.Select(l => l.Key)], sink);
            _watching.Add(watch.RunAsync(_end.Token));
        }

        foreach (var (pin, line) in lines)
        {
            if (line is { Watch: null, Read: { } read }) _watching.Add(ReadAgainAsync(pin, read, sink));
        }
    }

    public async Task HoldAsync(int pin, PinHold hold, CancellationToken cancel)
    {
        var (line, verb) = (lines[pin], hold == PinHold.Released ? "release" : "hold");
        var command = hold switch { PinHold.High => line.High, PinHold.Low => line.Low, _ => line.Release };
        if (hold == PinHold.Released) _held.Remove(pin);
        else _held.Add(pin);
        await RunAsync(pin, verb, command!, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync();
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            foreach (var pin in _held) await RunAsync(pin, "release", lines[pin].Release!, limit.Token);
        }
        catch (Exception e) when (e is PinException or OperationCanceledException)
        {
            // The next run releases it, and says so where it cannot.
        }

        await Task.WhenAny(Task.WhenAll(_watching), Task.Delay(EndLimit, CancellationToken.None));
    }

    private async Task ReadAgainAsync(int pin, string command, IPinSink sink)
    {
        bool? last = null;
        try
        {
            while (true)
            {
                var said = await ReadAsync(pin, command);
                var level = LevelWord.Parse(said.Trim()) ?? throw new PinException(
                    $"the command that should read {Name(pin)} said '{said}'; expected: low or high, and nothing else"
                    + $"\n  {command}");
                if (level != last) sink.Seen(pin, level);
                last = level;
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (PinException problem)
        {
            sink.Failed(problem);
        }
    }

    private async Task<string> ReadAsync(int pin, string command)
    {
        await _turn.WaitAsync(_end.Token);
        try
        {
            var began = Stopwatch.GetTimestamp();
            var said = await RunAsync(pin, "read", command, _end.Token);
            var took = Stopwatch.GetElapsedTime(began);
            _ = FreeAsync(took > ReadPause ? took : ReadPause);
            return said;
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>The next pin's turn comes after a pause.</summary>
    private async Task FreeAsync(TimeSpan pause)
    {
        await Task.Delay(pause, CancellationToken.None);
        _turn.Release();
    }

    private async Task<string> RunAsync(int pin, string verb, string command, CancellationToken cancel)
    {
        var outcome = await ToolRun.ShellAsync(command, folder, cancel);
        if (outcome.ExitCode == 0) return outcome.Text;
        throw new PinException(
            $"the command that should {verb} {Name(pin)} failed: {command}\n{outcome.Describe()}. Try it by hand in "
            + $"the folder {folder}; success is exit code 0");
    }

    private static string Name(int pin) => string.Create(CultureInfo.InvariantCulture, $"pin {pin}");
}
