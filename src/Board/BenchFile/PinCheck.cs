using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Board.Pins;

namespace AirHil.Board.BenchFile;

/// <summary>Takes the wires to a board's pins, frees them, and hears the levels of those that are seen.</summary>
internal sealed class PinCheck : IPinSink
{
    /// <summary>How long a pin may take to tell its level.</summary>
    private static readonly TimeSpan LevelLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<int, bool> _levels = new();
    private volatile PinException? _failure;

    /// <returns>What to tell, and whether it failed.</returns>
    public async Task<(string Text, bool Failed)> RunAsync(
        IReadOnlyDictionary<int, PinLine> pins, string folder, CancellationToken cancel)
    {
        var drivers = PinDrivers.For(pins, folder);
        try
        {
            foreach (var driver in drivers) await driver.OpenAsync(this, cancel);
            var seen = drivers.SelectMany(d => d.Wires).Where(w => w.IsSeen).Select(w => w.Pin).Order().ToArray();
            var time = Stopwatch.StartNew();
            while (_failure is null && !seen.All(_levels.ContainsKey) && time.Elapsed < LevelLimit)
            {
                await Task.Delay(Pace, cancel);
            }

            if (_failure is { } failure) return (failure.Message, true);
            return seen.FirstOrDefault(pin => !_levels.ContainsKey(pin), -1) is >= 0 and var silent
                ? (string.Create(
                    CultureInfo.InvariantCulture,
                    $"nothing tells the level of pin {silent}; its command must print it at its start"), true)
                : (Describe(drivers, seen), false);
        }
        catch (PinException e)
        {
            return (e.Message, true);
        }
        finally
        {
            foreach (var driver in drivers) await driver.DisposeAsync();
        }
    }

    void IPinSink.Seen(int pin, bool isHigh, TimeSpan? at) => _levels[pin] = isHigh;

    void IPinSink.Failed(PinException problem) => _failure ??= problem;

    private string Describe(IReadOnlyList<IPinDriver> drivers, int[] seen)
    {
        var held = drivers.SelectMany(d => d.Wires).Where(w => w.HoldsLow || w.HoldsHigh).Select(w => w.Pin).Order();
        var levels = seen.Select(pin => $"{pin} is {(_levels[pin] ? "high" : "low")}");
        return $"released: {Join(held.Select(p => p.ToString(CultureInfo.InvariantCulture)))}; seen: {Join(levels)}. "
            + "Whether they are wired, a scenario tells";
    }

    private static string Join(IEnumerable<string> parts) =>
        string.Join(", ", parts) is { Length: > 0 } text ? text : "none";
}
