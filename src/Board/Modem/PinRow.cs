using AirHil.Board.Pins;
using AirHil.Modem.Pins;
using AirHil.Rig.Time;

namespace AirHil.Board.Modem;

/// <summary>
/// The drivers of a board's pins. What they are to do is done one after the other, off the world's thread; what they
/// see goes to the world, in bounded numbers. The first fault ends the run: a test whose stimulus did not happen, or
/// that does not see, says nothing.
/// </summary>
/// <param name="drivers">They are given back with it.</param>
/// <param name="run">It has the time, and ends with the fault.</param>
/// <param name="post">Posts what is seen to the run.</param>
internal sealed class PinRow(IReadOnlyList<IPinDriver> drivers, ILiveRun run, Action<BoardInput> post)
    : IPinSink, IAsyncDisposable
{
    /// <summary>How many changes of a pin are taken in a second of the host's.</summary>
    public const int MostChanges = 1000;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(6);

    private readonly object _gate = new();
    private readonly Dictionary<int, Seen> _seen = [];
    private readonly Task[] _errands = [.. drivers.Select(_ => Task.CompletedTask)];
    private readonly CancellationTokenSource _end = new();
    private bool _hasFailed;

    /// <summary>Takes all wires.</summary>
    public void Open()
    {
        foreach (var driver in drivers) Begin(driver, () => driver.OpenAsync(this, _end.Token));
    }

    /// <summary>Holds a pin, or releases it.</summary>
    public void Hold(int pin, PinHold hold)
    {
        var driver = drivers.First(d => d.Wires.Any(w => w.Pin == pin));
        Begin(driver, () => driver.HoldAsync(pin, hold, _end.Token));
    }

    /// <summary>Tells the level that a pin was last seen to have.</summary>
    public void Ask(int pin)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue(pin, out var seen)) post(new BoardInput.PinSeen(pin, seen.IsHigh, seen.At));
        }
    }

    void IPinSink.Seen(int pin, bool isHigh, TimeSpan? at)
    {
        var happened = at ?? run.Now;
        lock (_gate)
        {
            if (!_seen.TryGetValue(pin, out var seen)) _seen[pin] = seen = new Seen(happened);
            (seen.IsHigh, seen.At) = (isHigh, happened);
            if (happened - seen.Since >= TimeSpan.FromSeconds(1) * Math.Max(1, run.Speed))
            {
                (seen.Since, seen.Count) = (happened, 0);
            }

            if (++seen.Count <= MostChanges) post(new BoardInput.PinSeen(pin, isHigh, happened));
            else if (seen.Count == MostChanges + 1) post(new BoardInput.PinRestless(pin));
        }
    }

    void IPinSink.Failed(PinException problem) => Fail(problem);

    /// <summary>Gives the wires back, free, in bounded time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAny(
            Task.WhenAll(drivers.Select((driver, i) => EndAsync(driver, _errands[i]))), Task.Delay(EndLimit));
    }

    private static async Task EndAsync(IPinDriver driver, Task errand)
    {
        await errand;
        await driver.DisposeAsync();
    }

    private void Begin(IPinDriver driver, Func<Task> errand)
    {
        var place = drivers.TakeWhile(d => d != driver).Count();
        var before = _errands[place];
        _errands[place] = Task.Run(async () =>
        {
            await before;
            if (Volatile.Read(ref _hasFailed) || _end.IsCancellationRequested) return;
            try
            {
                await errand();
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
            }
            catch (PinException problem)
            {
                Fail(problem);
            }
        });
    }

    private void Fail(PinException problem)
    {
        if (_end.IsCancellationRequested || Interlocked.Exchange(ref _hasFailed, true)) return;
        run.Post(_ => throw problem);
    }

    private sealed class Seen(TimeSpan since)
    {
        public TimeSpan Since { get; set; } = since;

        public int Count { get; set; }

        public bool IsHigh { get; set; }

        public TimeSpan At { get; set; }
    }
}
