using AirHil.Hunt.Runs;
using AirHil.Hunt.Shrinking;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Search;

/// <summary>
/// Looks for schedules of faults that break a property of a run. Rounds make the result independent of how many run at
/// once: what a round draws, and how large it is, follows from the seed and from the rounds before it.
/// </summary>
public sealed class HuntSearch
{
    private const int SmallestRound = 4;
    private const int LargestRound = 64;
    private const int MostCorpus = 2000;
    private const int MostEvents = 5000;

    /// <summary>
    /// So many schedules are new ones; then one in <see cref="GuidedShare"/> is varied from another (decision 013).
    /// </summary>
    private const int Unguided = 1024;
    private const int GuidedShare = 4;

    /// <summary>One in so many schedules is for a longer run: some faults of a script grow with the time.</summary>
    private const int LongShare = 16;
    private const int Longer = 3;

    private readonly HuntSubject _subject;
    private readonly ulong _seed;
    private readonly int _jobs;
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<Cause, Finding?> _known = [];
    private readonly SortedDictionary<string, (FirmwareTruth Truth, FaultSchedule First, int Times)> _truths =
        new(StringComparer.Ordinal);

    private readonly HashSet<ulong> _pairs = [];
    private readonly HashSet<ulong> _places = [];
    private readonly List<FaultSchedule> _corpus = [];
    private readonly IReadOnlyList<FaultSchedule> _first;

    /// <summary>The schedules that came nearer to breaking a property than any before.</summary>
    private readonly List<FaultSchedule> _nearest = [];
    private readonly int[] _nearness;
    private readonly ScheduleDraw _draw;

    /// <summary>For longer runs; the same where a longer run without faults does not keep its properties.</summary>
    private readonly ScheduleDraw _longDraw;
    private readonly WithoutFaults _without;

    /// <summary>
    /// What a script that spins comes to is known, so that no other run of that kind is worth its time.
    /// </summary>
    private bool _knowsSpins;

    /// <param name="subject">What is run.</param>
    /// <param name="seed">Every choice derives from it.</param>
    /// <param name="jobs">How many worlds run at once; 1 or more.</param>
    /// <param name="first">Schedules to begin with: those that were interesting in an earlier hunt.</param>
    /// <exception cref="FormatException">The subject names a kind of faults that there is not.</exception>
    public HuntSearch(HuntSubject subject, ulong seed, int jobs, IReadOnlyList<FaultSchedule>? first = null)
    {
        (_subject, _seed, _jobs, _first) = (subject, seed, jobs, first ?? []);
        var events = new List<(TimeSpan, string)>();
        var limits = new LimitDraw(subject.AnswersOnUart);
        var baseline = WorldRun.Do(subject, FaultSchedule.Empty, new HashSet<Cause>(), seen =>
        {
            limits.Feed(seen.Event);
            if (seen.Event is { Lane: SessionLane.Network or SessionLane.Service or SessionLane.Uart }
                && seen.At <= subject.Length && events.Count < MostEvents)
            {
                events.Add((seen.At, seen.Event.Kind));
            }
        }, places: _places);
        BrokenWithout = baseline.Broken.Count > 0 ? baseline.Broken[0].Violation : null;
        _pairs.UnionWith(baseline.Pairs);
        _places.UnionWith(baseline.Places);
        _nearness = [.. baseline.Nearness];
        var kinds = KindsOf(subject, events.Select(e => e.Item2).ToHashSet(StringComparer.Ordinal));
        Kinds = [.. kinds.Select(kind => kind.Name)];
        _draw = new ScheduleDraw(kinds, events, baseline.Commits, limits, subject.Length);
        _without = new WithoutFaults(subject);
        var longer = subject.Length * Longer;
        var isKept = BrokenWithout is null && _without.Keeps(longer);
        _longDraw = isKept ? new ScheduleDraw(kinds, events, baseline.Commits, limits, longer) : _draw;
    }

    /// <summary>
    /// The subject without properties that nobody has stated and that a longer run without faults breaks; a restart is
    /// a fault of the script at any time.
    /// </summary>
    public static HuntSubject Kept(HuntSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var without = new WithoutFaults(subject);
        without.Keeps(subject.LengthBehind(TimeSpan.Zero) * Longer);
        return subject with
        {
            Properties = [.. subject.Properties.Where(p => p is NeverRestarts || !without.Breaks(p))],
        };
    }

    /// <summary>
    /// The subject with properties that nobody has stated, as far as a run without faults keeps them. Of what texts say
    /// it must also be kept in a run in which the module is switched off for a moment and finds another signal, else
    /// the script does not mean to keep it, and in one that spoils bytes on UARTs: those numbers are not the script's.
    /// </summary>
    public static HuntSubject Supposing(HuntSubject subject, IReadOnlyList<Property> properties)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var tried = subject with { Properties = properties };
        // Between two lines of a workload, whose intervals are whole seconds.
        var at = (subject.Length / 2) + TimeSpan.FromMilliseconds(2500);
        var off = new SwitchOff(TimeSpan.FromSeconds(5));
        var signal = new BeginFault(new ChangeSignal(-105, -14, 2), subject.Length);
        var (without, once) = (
            new WithoutFaults(tried),
            new WithoutFaults(tried, new FaultSchedule([new ScheduledAct(at, off), new ScheduledAct(at, signal)])));
        without.Keeps(tried.LengthBehind(TimeSpan.Zero) * Longer);
        once.Keeps(tried.LengthBehind(at + subject.Length));
        const int Percent = 20;
        var spoilt = new WithoutFaults(tried, new FaultSchedule(
        [
            new ScheduledAct(TimeSpan.Zero, new BeginFault(new LoseBytes(Percent), subject.Length)),
            new ScheduledAct(TimeSpan.Zero, new BeginFault(new GarbleBytes(Percent), subject.Length)),
        ]));
        spoilt.Keeps(tried.LengthBehind(subject.Length));
        Property[] kept =
        [
            .. properties.Where(p => !without.Breaks(p)
                && (p is EveryTextArrives || (!once.Breaks(p) && !spoilt.Breaks(p)))),
        ];
        return subject with { Properties = [.. subject.Properties, .. kept], Supposed = kept };
    }

    /// <summary>What is broken without any fault: then there is nothing to hunt; null: nothing is.</summary>
    public Violation? BrokenWithout { get; }

    /// <summary>The kinds of faults that are drawn.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>How many schedules were run, those of shrinking not counted.</summary>
    public int Tried { get; private set; }

    /// <summary>How many of them were ended because the script kept the processor.</summary>
    public int CutShort { get; private set; }

    /// <summary>The run's time of all of them.</summary>
    public TimeSpan Simulated { get; private set; }

    /// <summary>How many pairs of events that follow each other were seen.</summary>
    public int Novelty => _pairs.Count;

    /// <summary>
    /// How many places of the script were executed, each counted for how often it was, by powers of two.
    /// </summary>
    public int Places => _places.Count;

    /// <summary>What was tried.</summary>
    public HuntTally Tally { get; } = new();

    /// <summary>The schedules that showed something new, in their order.</summary>
    public IReadOnlyList<FaultSchedule> Corpus => _corpus;

    /// <summary>
    /// In the order in which they were found; those that break only what nobody has stated come last.
    /// </summary>
    public IReadOnlyList<Finding> Findings => [.. _findings.OrderBy(finding => finding.IsSupposed)];

    /// <summary>What the firmware does to every script, the first schedule that showed it, and how many did.</summary>
    public IEnumerable<(FirmwareTruth Truth, FaultSchedule First, int Times)> Truths => _truths.Values;

    /// <summary>Runs rounds until enough was tried.</summary>
    /// <param name="schedules">How many schedules.</param>
    /// <param name="isOver">Asked before each schedule.</param>
    public void Run(int schedules, Func<bool> isOver)
    {
        while (Tried < schedules && !isOver())
        {
            RunRound(Math.Min(Math.Clamp(Tried, SmallestRound, LargestRound), schedules - Tried), isOver);
        }
    }

    private void RunRound(int count, Func<bool> isOver)
    {
        var known = Known().ToHashSet();
        var drawn = Enumerable.Range(Tried, count).Select(Draw).ToArray();
        var outcomes = new RunOutcome?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _jobs }, i =>
        {
            if (i > 0 && isOver()) return;
            outcomes[i] = WorldRun.Do(
                _subject, drawn[i], known, longestSpin: _knowsSpins ? Spin.Long : null, places: _places);
        });
        // What no time was left for is at the end, or has such before it: schedules are numbered without gaps.
        foreach (var outcome in outcomes.TakeWhile(outcome => outcome is not null)) Take(outcome!);
        Tally.Grow(Tried, _pairs.Count, _places.Count);
    }

    private FaultSchedule Draw(int number)
    {
        if (number < _first.Count) return _first[number];
        var draw = SplitMix64.For(_seed, FormattableString.Invariant($"schedule {number}"));
        var isNew = number < Unguided || _corpus.Count == 0 || draw.Below(GuidedShare) > 0;
        if (isNew) return (draw.Below(LongShare) == 0 ? _longDraw : _draw).New(draw);
        var from = _nearest.Count > 0 && draw.Below(4) == 0 ? _nearest : _corpus;
        return _draw.Mutate(draw, from[draw.Below(from.Count)]);
    }

    private void Take(RunOutcome outcome)
    {
        Tried++;
        Simulated += outcome.Length;
        if (outcome.IsCut) CutShort++;
        _knowsSpins |= outcome.Spin >= Spin.Long && outcome.Broken.Count > 0;
        var before = _pairs.Count + _places.Count;
        _pairs.UnionWith(outcome.Pairs);
        _places.UnionWith(outcome.Places);
        if (IsNearer(outcome.Nearness)) _nearest.Add(outcome.Schedule);
        var isNew = _pairs.Count + _places.Count > before;
        if (isNew && _corpus.Count < MostCorpus) _corpus.Add(outcome.Schedule);
        var shown = Shown(outcome).ToArray();
        Tally.Take(outcome.Schedule, isNew, shown.Length > 0);
        foreach (var (_, cause) in shown)
        {
            if (cause.Truth is { } truth)
            {
                var (_, first, times) = _truths.GetValueOrDefault(truth.State, (truth, outcome.Schedule, 0));
                _truths[truth.State] = (truth, first, times + 1);
                _known.TryAdd(cause, null);
            }
            else if (_known.TryGetValue(cause, out var finding))
            {
                if (finding is not null) finding.Times++;
            }
            else
            {
                _known[cause] = Found(outcome, cause);
            }
        }
    }

    private bool IsNearer(IReadOnlyList<int> nearness)
    {
        var isNearer = false;
        for (var i = 0; i < _nearness.Length; i++)
        {
            if (nearness[i] <= _nearness[i]) continue;
            _nearness[i] = nearness[i];
            isNearer = true;
        }

        return isNearer;
    }

    /// <summary>The finding of a new cause: a new one, or the one that its least schedule is of.</summary>
    private Finding Found(RunOutcome outcome, Cause cause)
    {
        var isSupposed = _subject.Supposed.Any(p => p.Clause == cause.Clause);
        if (isSupposed && _findings.Find(f => f.Cause.Clause == cause.Clause) is { } enough)
        {
            enough.Times++;
            return enough;
        }

        RunOutcome? last = null;
        var others = Known().Where(k => k != cause).ToHashSet();
        var shrinker = new Shrinker(schedule =>
        {
            var run = WorldRun.Do(_subject, schedule, others);
            var shows = Shown(run).Any(b => b.Cause == cause);
            if (shows) last = run;
            return shows;
        });
        var shrunk = shrinker.Shrink(outcome.Schedule);
        var shown = last ?? outcome;
        var violation = shown.Broken.First(b => b.Cause == cause).Violation;
        var same = _findings.Find(f => f.Cause.Clause == cause.Clause && KindsOf(f.Shrunk) == KindsOf(shrunk))
            ?? Within(shrunk, cause.Clause);
        if (same is not null)
        {
            same.Times++;
            return same;
        }

        var length = _subject.LengthBehind(WorldRun.EndOf(shrunk));
        var finding = new Finding(cause, outcome.Schedule, shrunk, violation, Tried, shrinker.Runs, length)
        {
            IsSupposed = isSupposed,
        };
        _findings.Add(finding);
        return finding;
    }

    /// <summary>
    /// The finding of the same clause that a part of a schedule shows: what else is in it changes the state of the
    /// connection only. Null: no part shows one.
    /// </summary>
    private Finding? Within(FaultSchedule shrunk, string clause)
    {
        var others = Known().Where(k => k.Clause != clause).ToHashSet();
        for (var i = 0; i < shrunk.Acts.Count && shrunk.Acts.Count > 1; i++)
        {
            var part = new FaultSchedule([.. shrunk.Acts.Where((_, place) => place != i)]);
            var broken = Shown(WorldRun.Do(_subject, part, others)).FirstOrDefault(b => b.Cause.Clause == clause);
            if (broken.Cause is { } cause && _known.GetValueOrDefault(cause) is { } finding) return finding;
        }

        return null;
    }

    /// <summary>What was broken because of the faults.</summary>
    private IEnumerable<(Violation Violation, Cause Cause)> Shown(RunOutcome outcome) =>
        outcome.Broken.Where(b => !_without.Breaks(b.Violation));

    /// <summary>Causes whose violation does not end a run.</summary>
    private IEnumerable<Cause> Known() => _known.Keys.Concat(_without.Causes);

    private static string KindsOf(FaultSchedule schedule) => string.Join(
        ',',
        schedule.Acts.Select(act => act.Act is BeginFault begin ? (object)begin.Fault : act.Act)
            .Select(what => what.GetType().Name).Order(StringComparer.Ordinal));

    private static FaultKind[] KindsOf(HuntSubject subject, HashSet<string> events)
    {
        foreach (var name in subject.Kinds)
        {
            if (FaultKind.All.All(kind => kind.Name != name))
            {
                var names = string.Join(", ", FaultKind.All.Select(kind => kind.Name));
                throw new FormatException($"there is no kind of faults '{name}'; there are {names}");
            }
        }

        return [.. FaultKind.All.Where(
            kind => subject.Kinds.Count > 0 ? subject.Kinds.Contains(kind.Name) : kind.Fits(events))];
    }
}
