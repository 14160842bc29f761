using System.Diagnostics;
using AirHil.Cli.Output;
using AirHil.Gherkin;
using AirHil.Modem.Units;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>Runs scenarios, several at once, and tells what came of them.</summary>
/// <param name="left">For each case why it is left out; null where it runs.</param>
internal sealed class TestRun(
    TestOrder order, StepCatalogue catalogue, IReadOnlyList<ScenarioCase> cases, IReadOnlyList<string?> left)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ScenarioRecord[] _records = [.. cases.Select(c => new ScenarioRecord(c))];
    private readonly TestReport _report = new(order, cases);
    private readonly Stopwatch _clock = new();

    /// <returns>The command's exit code.</returns>
    public async Task<int> RunAsync(bool planHasErrors, Task ready, CancellationToken cancel)
    {
        var coverage = CoverageFile.Open(order.Coverage);
        var settings = new RunSettings
        {
            Target = bits => order.Target.Make(bits, coverage?.Report),
            Cancel = cancel,
            Seed = order.Seed,
            Bits = order.Bits,
            StartDate = order.Start,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(order.WallLimit);
        _clock.Start();
        var recordOf = _records.ToDictionary(r => r.Case);
        var finished = false;
        await using (var run = new FeatureRun(
            catalogue, cases.Where((_, i) => left[i] is null), () => _clock.Elapsed,
            (one, container) => container.RegisterInstanceAs(SettingsOf(recordOf[one], settings))))
        {
            await ready;
            using var ticks = _report.ShowProgress(() => Simulated);
            finished = await Ended(Run(run, deadline.Token), deadline.Token);
        }

        coverage?.Write();
        if (!finished) return Stopped(cancel);
        Tell();
        if (deadline.IsCancellationRequested && _report.Done < cases.Count) return Stopped(cancel);
        return planHasErrors
            ? ExitCode.Usage
            : _report.Failed > 0 ? ExitCode.Failed : _report.Passed == 0 ? ExitCode.NothingRan : ExitCode.Passed;
    }

    private TimeSpan Simulated => _records.Aggregate(TimeSpan.Zero, (sum, record) => sum + record.Simulated);

    /// <summary>
    /// Whether the workers came to their end. A scenario that is busy is not waited for once the run is to stop.
    /// </summary>
    private static async Task<bool> Ended(Task workers, CancellationToken stop)
    {
        try
        {
            await workers.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(workers, Task.Delay(Grace, CancellationToken.None));
        }

        if (workers.IsCompleted) await workers;
        return workers.IsCompleted;
    }

    private RunSettings SettingsOf(ScenarioRecord record, RunSettings settings) =>
        record.Watch(settings) with
        {
            Needs = order.Target.CanAll ? [] : ScenarioNeeds.Of(record.Case, catalogue),
        };

    private Task Run(FeatureRun run, CancellationToken cancel)
    {
        // A world lives on the thread that drives it, so each worker is a thread of its own that takes the next case.
        var next = -1;
        var workers = new List<Task>();
        var jobs = order.Jobs > 0 ? order.Jobs : order.Target.Jobs;
        for (var i = 0; i < Math.Min(jobs, cases.Count); i++)
        {
            workers.Add(Task.Factory.StartNew(
                () =>
                {
                    while (!cancel.IsCancellationRequested && Interlocked.Increment(ref next) is var index
                        && index < cases.Count)
                    {
                        _report.Add(
                            index,
                            left[index] is { } reason
                                ? ScenarioResult.NotRun(cases[index], reason)
                                : run.RunAsync(cases[index]).GetAwaiter().GetResult());
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        return Task.WhenAll(workers);
    }

    private void Tell()
    {
        if (!order.Hashes)
        {
            _report.End(_clock.Elapsed, Simulated);
            return;
        }

        foreach (var record in _records.Where(r => r.Hash.Length > 0).OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            Console.WriteLine($"{record.Hash}  {record.Name}");
        }

        if (_report.Failed > 0)
        {
            Console.Error.WriteLine($"airhil: {_report.Failed} scenarios failed; without --hashes it tells why");
        }
    }

    private int Stopped(CancellationToken cancel)
    {
        var why =
            cancel.IsCancellationRequested
                ? "interrupted"
                : $"the limit of {DurationText.Format(order.WallLimit)} of real time is reached (--wall-limit)";
        Console.Error.WriteLine($"airhil: {why}: {_report.Told}");
        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.WallClockLimit;
    }
}
