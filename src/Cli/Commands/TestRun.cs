using System.Collections.Concurrent;
using System.Diagnostics;
using AirHil.Cli.Orders;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Live.View;
using AirHil.Modem.Units;
using AirHil.Reports;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>Runs scenarios, several at once, and tells what came of them.</summary>
internal sealed class TestRun
{
    private const int ThreadsBeside = 8;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    /// <summary>On the wall clock, modules that all start at once would make the host late for all of them.</summary>
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;
    private readonly TestOrder _order;
    private readonly TargetChoice _target;
    private readonly StepCatalogue _catalogue;
    private readonly IReadOnlyList<string?> _left;
    private readonly ScenarioRecord[] _records;
    private readonly Dictionary<ScenarioCase, ScenarioRecord> _recordOf;
    private readonly TestReport _report;
    private readonly ReportFiles _files;
    private readonly Stopwatch _clock = new();
    private bool _hooksFailed;

    /// <param name="left">For each case why it is left out; null where it runs.</param>
    public TestRun(
        Terminal terminal, TestOrder order, TargetChoice target, StepCatalogue catalogue,
        IReadOnlyList<ScenarioCase> cases, IReadOnlyList<string?> left)
    {
        (_terminal, _order, _target, _catalogue, _left) = (terminal, order, target, catalogue, left);
        var mask = order.Mask ? MaskOptions.WithFreshKey() : null;
        _files = ReportFiles.Open(order);
        _records = [.. cases.Select(c => new ScenarioRecord(c, order, _files.NeedEvents, mask))];
        _recordOf = _records.ToDictionary(r => r.Case);
        _report = new TestReport(terminal, order, cases, c => _recordOf[c].Recording);
    }

    private TimeSpan WallLimit => _order.WallLimit ?? _target.WallTime ?? TimeSpan.FromHours(1);

    private TimeSpan Simulated => _records.Aggregate(TimeSpan.Zero, (sum, record) => sum + record.Simulated);

    /// <returns>The command's exit code.</returns>
    public async Task<int> RunAsync(bool planHasErrors, Task ready, CancellationToken cancel)
    {
        using var files = _files;
        var coverage = CoverageFile.Open(_order.Coverage);
        var settings = new RunSettings
        {
            Cancel = cancel,
            Seed = _order.Seed,
            Bits = _order.Bits,
            StartDate = _order.Start,
            NetworkProfile = _target.Network,
            AllowedUnmodelled = _order.AllowedUnmodelled,
            Libraries = ScriptLibraries.From(_order.Libraries),
        };
        await using var view = await WatchPage.OpenAsync(
            _terminal, _order.Watch, "airhil test", _target.Name, _order.Seed);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(WallLimit);
        var began = DateTimeOffset.Now;
        _clock.Start();
        bool finished;
        var run = new FeatureRun(
            _catalogue, Tries(), () => _clock.Elapsed,
            (one, container) => container.RegisterInstanceAs(
                SettingsOf(_recordOf[one], settings, coverage, view?.View)));
        await ready;
        using (_report.ShowProgress(() => Simulated))
        {
            finished = await Ended(RunToEnd(run, deadline.Token), deadline.Token);
        }

        var endings = new Endings(_terminal.Error);
        var data = new ReportData
        {
            Title = string.Join(", ", _order.Paths.Length > 0 ? _order.Paths : ["features"]),
            Target = _target.Name,
            Seed = _order.Seed,
            StartedAt = began,
            Duration = _clock.Elapsed,
            Scenarios = [.. _report.Results.Select(r => _recordOf[r.Case].Reported(r))],
        };
        _files.Write(data, _catalogue, _terminal.Error, endings, summary: () =>
        {
            if (finished) Tell();
        });
        endings.Do(() => coverage?.Write());
        foreach (var record in _records.Where(r => r.RecordingProblem is not null))
        {
            endings.Tell(record.RecordingProblem!);
        }

        endings.Conclude();
        if (!finished) return Stopped(run.Busy, cancel);
        if (deadline.IsCancellationRequested && _report.Done < _records.Length) return Stopped([], cancel);
        if (view is not null) await view.StayAsync(cancel);
        return planHasErrors || endings.HasFailed
            ? ExitCode.Usage
            : _report.Failed > 0 || _hooksFailed || (_order.FailOnSkip && _report.Skipped > 0)
                ? ExitCode.Failed
                : _report.Passed == 0 ? ExitCode.NothingRan : ExitCode.Passed;
    }

    /// <summary>The scenarios, and then the hooks after the last of them.</summary>
    private async Task RunToEnd(FeatureRun run, CancellationToken cancel)
    {
        await Run(run, cancel);
        try
        {
            await run.DisposeAsync();
        }
        catch (HooksFailedException e)
        {
            _hooksFailed = true;
            _terminal.Error.WriteLine($"airhil: {e.Message}");
        }
    }

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

    private RunSettings SettingsOf(
        ScenarioRecord record, RunSettings settings, CoverageFile? coverage, LiveView? view) =>
        record.Watch(settings, view) with
        {
            Target = bits => _target.Make(new TargetUse(record.Case.RecordingTitle, bits, coverage?.Report)),
            Needs = _target.CanAll ? [] : ScenarioNeeds.Of(record.Case, _catalogue),
        };

    /// <summary>
    /// Every case once, and then again what failed, a quarter as many at once each time: a scenario that failed because
    /// the host was busy gets a quieter host. Where cases run one by one they are tried again at once.
    /// </summary>
    private async Task Run(FeatureRun run, CancellationToken cancel)
    {
        var jobs = Math.Min(_order.Jobs > 0 ? _order.Jobs : _target.Jobs, _target.MostJobs);
        // A step that really waits goes on upon a thread of the pool, and the world blocks it.
        if (!_target.CanAll) ThreadPool.SetMinThreads(jobs + ThreadsBeside, jobs + ThreadsBeside);
        IReadOnlyList<Attempt> attempts = [.. _records.Select((_, index) => new Attempt(index, null))];
        for (var round = 0; attempts.Count > 0; round++)
        {
            attempts = await Round(run, attempts, jobs, tries: _order.Reruns - round, cancel);
            jobs = Math.Max(1, jobs / 4);
        }
    }

    /// <param name="tries">How often a case may be tried again.</param>
    /// <returns>What failed and may be tried again.</returns>
    private async Task<IReadOnlyList<Attempt>> Round(
        FeatureRun run, IReadOnlyList<Attempt> attempts, int jobs, int tries, CancellationToken cancel)
    {
        // A world lives on the thread that drives it, so each worker is a thread of its own that takes the next case.
        var next = -1;
        var workers = new List<Task>();
        var failed = new ConcurrentQueue<Attempt>();
        for (var i = 0; i < Math.Min(jobs, attempts.Count); i++)
        {
            var pause = _target.CanAll ? TimeSpan.Zero : Stagger * i;
            workers.Add(Task.Factory.StartNew(
                () =>
                {
                    cancel.WaitHandle.WaitOne(pause);
                    while (!cancel.IsCancellationRequested && Interlocked.Increment(ref next) is var place
                        && place < attempts.Count)
                    {
                        var index = attempts[place].Index;
                        var result = Result(run, attempts[place]);
                        var left = tries;
                        for (; jobs == 1 && left > 0 && MayGoOn(result, cancel); left--)
                        {
                            result = Result(run, new Attempt(index, result));
                        }

                        if (left > 0 && MayGoOn(result, cancel)) failed.Enqueue(new Attempt(index, result));
                        else Finish(index, result);
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        await Task.WhenAll(workers);
        if (!cancel.IsCancellationRequested) return [.. failed.OrderBy(attempt => attempt.Index)];
        foreach (var (index, result) in failed.Concat(attempts.Skip(next + 1)))
        {
            if (result is not null) Finish(index, result);
        }

        return [];
    }

    private static bool MayGoOn(ScenarioResult result, CancellationToken cancel) =>
        result.Status == CaseStatus.Failed && !cancel.IsCancellationRequested;

    /// <summary>Every case as often as it may be tried, so that its feature is not ended before.</summary>
    private IEnumerable<ScenarioCase> Tries() => _records.Where((_, i) => _left[i] is null)
        .SelectMany(r => Enumerable.Repeat(r.Case, 1 + _order.Reruns));

    private ScenarioResult Result(FeatureRun run, Attempt attempt)
    {
        var record = _records[attempt.Index];
        if (_left[attempt.Index] is { } reason) return ScenarioResult.NotRun(record.Case, reason);
        if (attempt.Failed is not null)
        {
            _report.NoteRerun(attempt.Failed);
            record.Forget();
        }

        return run.RunAsync(record.Case).GetAwaiter().GetResult();
    }

    private void Finish(int index, ScenarioResult result)
    {
        _report.Add(index, result);
        _records[index].Entry?.Finish(_records[index].Reported(result));
    }

    private static string[] Functions(IEnumerable<RunSummary.UnmodelledCall> calls) =>
        [.. calls.Select(call => call.Function).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private void Tell()
    {
        if (!_order.Hashes)
        {
            var calls = Passed().SelectMany(record => record.NotModelled).ToLookup(call => call.IsStubbed);
            _report.End(_clock.Elapsed, Simulated, Functions(calls[false]), Functions(calls[true]));
            return;
        }

        foreach (var record in _records.Where(r => r.Hash.Length > 0).OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            _terminal.Out.WriteLine($"{record.Hash}  {record.Name}");
        }

        foreach (var line in _report.SkipReasons()) _terminal.Error.WriteLine($"airhil: {line}");
        if (_report.Failed > 0)
        {
            _terminal.Error.WriteLine($"airhil: {_report.Failed} scenarios failed; without --hashes it tells why");
        }
    }

    private IEnumerable<ScenarioRecord> Passed() => _report.Results
        .Where(result => result.Status == CaseStatus.Passed).Select(result => _recordOf[result.Case]);

    /// <param name="busy">Steps and hooks that were still running.</param>
    private int Stopped(IReadOnlyList<string> busy, CancellationToken cancel)
    {
        var why =
            cancel.IsCancellationRequested
                ? "interrupted"
                : $"the limit of {DurationText.Format(WallLimit)} of real time is reached (--wall-limit)";
        _terminal.Error.WriteLine($"airhil: {why}: {_report.Told}");
        foreach (var place in busy) _terminal.Error.WriteLine($"airhil: still running: {place}");
        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.WallClockLimit;
    }

    /// <param name="Index">Which case.</param>
    /// <param name="Failed">How it failed when it was tried before; null at first.</param>
    private readonly record struct Attempt(int Index, ScenarioResult? Failed);
}
