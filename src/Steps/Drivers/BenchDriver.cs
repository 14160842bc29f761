using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Observation;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Steps.Support;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace AirHil.Steps.Drivers;

/// <summary>
/// The scenario's bench: made when something is first done with it, so that arrangements can come in any order.
/// </summary>
public sealed class BenchDriver(
    RunSettings settings, FeatureContext feature, ScenarioContext scenario, IUnitTestRuntimeProvider runtime,
    IReqnrollOutputHelper output)
    : IDisposable
{
    private readonly List<string> _allowedUnmodelled = [.. settings.AllowedUnmodelled];
    private readonly Dictionary<ServiceUrl, Endpoint> _services = [];
    private Bench? _bench;
    private bool _loaded;
    private bool _finished;
    private int _bits = settings.Bits;
    private int? _firmware;
    private ulong? _seed;
    private DateTimeOffset? _startDate = settings.StartDate;

    /// <summary>What makes the scenario's seed its own: its feature's and its own title, and its example row.</summary>
    public string Name => field ??= string.Join(
        " / ",
        [
            feature.FeatureInfo.Title, scenario.ScenarioInfo.Title,
            .. scenario.ScenarioInfo.Arguments.Values.Cast<object>().Select(v => v.ToString()),
        ]);

    /// <summary>The bench; from now on bits and date are settled.</summary>
    public Bench Bench => _bench ??= Open();

    /// <summary>The run's time; zero while there is no bench, which this does not make.</summary>
    public TimeSpan Now => _bench?.Now ?? TimeSpan.Zero;

    /// <summary>The place in the session where the last stimulus began, for counts "since then".</summary>
    public int Stimulus { get; private set; }

    /// <summary>Random payloads of this scenario.</summary>
    public Payloads Payloads => field ??= new Payloads(settings.SeedOf(Name));

    /// <summary>What the target lacks for a scenario that needs a capability; null: nothing.</summary>
    public string? Lacks(string capability) =>
        Requirement.Lacking(_bench?.Options.Target ?? settings.Target(_bits), capability);

    /// <summary>Skips the scenario, with the reason, where the target has no wire to a UART that it needs.</summary>
    /// <returns>The UART.</returns>
    public int Wired(int port) => Unless(Requirement.LackingUart(Bench.Options.Target, port), port);

    /// <summary>Skips the scenario, with the reason, where the target has no wire to a pin that it needs.</summary>
    /// <returns>The pin.</returns>
    public int Reached(int pin) => Unless(Requirement.LackingPin(Bench.Options.Target, pin), pin);

    /// <summary>Skips the scenario, with the reason, where the target does not see a pin.</summary>
    /// <returns>The pin.</returns>
    public int Seen(int pin) => Unless(Requirement.LackingSight(Bench.Options.Target, pin), pin);

    /// <summary>Skips the scenario, with the reason, where the target cannot do this with a pin.</summary>
    /// <returns>The pin.</returns>
    public int Held(int pin, PinHold hold) => Unless(Requirement.LackingHold(Bench.Options.Target, pin, hold), pin);

    /// <summary>Skips the scenario, with the reason, where the target has no wire that the act needs.</summary>
    /// <returns>The act.</returns>
    public Act Reached(Act act)
    {
        _ = act switch
        {
            WriteUart uart => Wired(uart.Port),
            Repeat { Of: WriteUart uart } => Wired(uart.Port),
            AnswerUart uart => Wired(uart.Port),
            HoldPin pin => Held(pin.Pin, pin.Hold),
            _ => 0,
        };
        return act;
    }

    public void UseBits(int bits) => _bits = BeforeStart(bits);

    public void UseFirmware(int release) => _firmware = BeforeStart(release);

    public void UseSeed(ulong seed) => _seed = BeforeStart(seed);

    public void UseDate(DateTimeOffset date) => _startDate = BeforeStart(date);

    /// <summary>
    /// Puts a script on the module; one that runs is switched off first. Where the target cannot run that script, the
    /// scenario is skipped with the reason.
    /// </summary>
    public async ValueTask Load(FirmwareSource source)
    {
        if (_loaded) CheckNothingWasSet();
        if (_loaded && Bench.IsPowered()) await Bench.CutPower();
        var target = Bench.Options.Target;
        if (settings.Needs.Contains(Capability.Service) && source.WhyNotServed(target) is { } elsewhere)
        {
            runtime.TestIgnore(elsewhere);
        }

        if (await target.PrepareAsync(source, settings.Cancel) is { } reason) runtime.TestIgnore(reason);
        Bench.Firmware(source);
        _loaded = true;
    }

    /// <summary>The script comes with another module: what was set of the one before it would be lost unseen.</summary>
    /// <exception cref="StepException">A module that never had power was changed.</exception>
    private void CheckNothingWasSet()
    {
        if (Bench.Events.Any(e => e is PowerApplied)) return;
        var set = Bench.Events.FirstOrDefault(e => e is IActEvent { Peer.Length: 0 }
            && e.Lane is SessionLane.Power or SessionLane.Pin or SessionLane.Bus);
        if (set is null) return;
        throw new StepException(
            $"this script comes with another module than that of '{$"{set.Kind} {set.Text}".TrimEnd()}'; give the "
            + "script first");
    }

    /// <summary>Begins something new: expectations and counts look from here.</summary>
    public Bench Act()
    {
        Stimulus = Bench.Events.Count;
        return Bench;
    }

    /// <summary>Opens an endpoint that a table describes, or adds the table to what it does already.</summary>
    public void AddService(ServiceUrl url, ServiceTable table)
    {
        _services[url] = EndpointText.Parse(url, _services.GetValueOrDefault(url), table);
        Bench.AddService(_services[url]);
    }

    /// <summary>A fault begins; without a duration it lasts to the scenario's end, or is over at once.</summary>
    public ValueTask Begin(Fault fault, TimeSpan? duration = null) => Act().Begin(fault, duration);

    /// <summary>Power on and wait for a moment of the log.</summary>
    public async ValueTask RunTo<T>(TimeSpan within) where T : Moment
    {
        if (!Bench.IsPowered()) await Act().ApplyPower();
        await Bench.Expect(Match.Moment<T>(), within);
    }

    /// <summary>Performs an act by its phrase.</summary>
    public ValueTask Do(string phrase) => Act().Do(ActPhrase.Parse(phrase, settings.Seed));

    /// <summary>Waits for something a time after the last log line that contains a text.</summary>
    public ValueTask<Sighting> ExpectAfterSince(Matcher matcher, TimeSpan expected, Tolerance tolerance, string since)
    {
        var from =
            Bench.Events.LastOrDefault(
                e => e.Lane == SessionLane.Log && e.Text.Contains(since, StringComparison.Ordinal))
            ?? throw new StepException($"no log line with '{since}' has been seen yet");
        return Bench.ExpectAfter(matcher, from.At + expected - Bench.Reference,
            new Tolerance(tolerance.Width(expected), 0));
    }

    /// <summary>Events of a kind since the last stimulus and up to a time.</summary>
    public IEnumerable<SessionEvent> SinceStimulus(string kind, TimeSpan until) =>
        Bench.Events.Skip(Stimulus)
            .Where(e => e.At <= until && string.Equals(e.Kind, kind, StringComparison.Ordinal));

    /// <summary>The script may call this function although the model does not have it.</summary>
    public void AllowUnmodelled(string function) => _allowedUnmodelled.Add(function);

    /// <summary>Reports the bench's end to the run and takes the bench down, once.</summary>
    /// <exception cref="NotModelledException">The script called functions that the model does not have and the scenario
    /// does not allow.</exception>
    /// <exception cref="ExpectationException">A property of the whole run is broken.</exception>
    public async ValueTask Finish()
    {
        if (_bench is null || _finished) return;
        _finished = true;
        var calls = _bench.Summary().NotModelled.ToLookup(call => call.IsAllowed(_allowedUnmodelled));
        foreach (var call in calls[true])
        {
            output.WriteLine(call.IsStubbed ? $"stub: {call}" : $"allowed, although not modelled: {call}");
        }

        var wasRun = scenario.ScenarioExecutionStatus == ScenarioExecutionStatus.OK;
        var broken = Broken(wholly: wasRun);
        var hasFailed = calls[false].Any() || broken is not null ||
            scenario.ScenarioExecutionStatus == ScenarioExecutionStatus.TestError;
        if (hasFailed) settings.Failed?.Invoke(Name, _bench);
        settings.Finished?.Invoke(Name, _bench);
        await _bench.DisposeAsync();
        if (calls[false].Any()) throw new NotModelledException([.. calls[false]]);
        if (broken is not null) throw broken;
    }

    /// <summary>Finishes where a hook failed, so that <see cref="Finish"/> was not called.</summary>
    public void Dispose() => Finish().AsTask().GetAwaiter().GetResult();

    /// <summary>How the run broke a property of it, beside those that a step told; null: it did not.</summary>
    private ExpectationException? Broken(bool wholly)
    {
        try
        {
            Bench.JudgeRun(wholly);
            return null;
        }
        catch (ExpectationException e)
        {
            return e;
        }
    }

    private int Unless(string? lacking, int number)
    {
        if (lacking is not null) runtime.TestIgnore(lacking);
        return number;
    }

    private Bench Open()
    {
        var bench = new Bench(Options());
        settings.Started?.Invoke(Name, bench);
        return bench;
    }

    private BenchOptions Options()
    {
        var defaults = new BenchOptions();
        return defaults with
        {
            Seed = _seed ?? settings.SeedOf(Name),
            StartDate = _startDate ?? defaults.StartDate,
            Bits = _bits,
            Firmware = _firmware,
            NetworkProfile = settings.NetworkProfile ?? defaults.NetworkProfile,
            Target = settings.Target(_bits),
            Vitals = settings.Vitals,
        };
    }

    private T BeforeStart<T>(T value) => _bench is null
        ? value
        : throw new StepException(
            "this must be said before the first script is loaded or anything is done");
}
