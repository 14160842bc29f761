using System.Buffers;
using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Peers;

/// <summary>Something that is connected to the module and does what a script of the user says.</summary>
internal sealed class PeerMachine : ISansIoMachine<PeerInput, PeerOutput>, IScriptOwner
{
    /// <summary>What it may do at one time: bytes sent and pins held, counted as calls.</summary>
    public const int OutputLimit = 10_000;

    /// <summary>Bytes that are gathered at most while there is no silence.</summary>
    private const int GatheredLimit = 1 << 20;

    /// <summary>The functions of a script that are called.</summary>
    private static readonly string[] Heard = ["on_data", "on_read", "on_select", "on_level"];

    private readonly Queue<PeerOutput> _outputs = new();
    private readonly PinDrive[] _pins;
    private readonly ArrayBufferWriter<byte> _gathered = new();
    private readonly ScriptHost _host;
    private TimeSpan _gatheredUntil;
    private bool _hasActed;

    /// <param name="script">What it does.</param>
    /// <param name="place">Where it is; its random numbers are its own at each place.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="startDate">Calendar time at the run's time 0.</param>
    /// <param name="pins">What the module does with each pin; none: it has no wires to pins.</param>
    /// <param name="now">The run's time.</param>
    public PeerMachine(
        PeerScript script, PeerPlace place, ulong seed, DateTimeOffset startDate, PinDrive[] pins, TimeSpan now)
    {
        (Place, _pins) = (place, pins);
        _host = new ScriptHost(
            script, this, PeerLibrary.Definition, Heard,
            SplitMix64.For(seed, $"peer {script.FileName} {place}").Next(), startDate);
        if (place.Spot is not null) Bus = new PeerBus(_host);
        _host.State.Globals["place"] = PeerLibrary.TableOf(_host.State, place);
        _host.Start(now);
        var called = CalledAt(place);
        if (_hasActed || _host.IsAlive(called)) return;
        Fail($"{script.Name}: it does nothing: it has none of {string.Join(", ", called)}, which are called on " +
            $"{place}, and no timer or task waits");
    }

    /// <summary>A script that can be at several places has functions that are not called at this one.</summary>
    private static string[] CalledAt(PeerPlace place) => place switch
    {
        PeerPlace.I2c => ["on_data", "on_read", "on_level"],
        PeerPlace.Spi => ["on_data", "on_select", "on_level"],
        PeerPlace.Uart => ["on_data", "on_level"],
        _ => ["on_level"],
    };

    public PeerPlace Place { get; }

    /// <summary>What it does on a bus; null: it is on none.</summary>
    public PeerBus? Bus { get; }

    /// <summary>Whether it may look at pins and hold them.</summary>
    public bool HasPins => _pins.Length > 0;

    /// <summary>How long there must be silence before bytes are given to the script; zero: they are at once.</summary>
    public TimeSpan GatherFor { get; set; }

    public TimeSpan? NextTimeout => _gathered.WrittenCount == 0 || _host.NextDue < _gatheredUntil
        ? _host.NextDue
        : _gatheredUntil;

    public void Handle(PeerInput input, TimeSpan now)
    {
        HandleTimeout(now);
        switch (input)
        {
            case PeerInput.Received received:
                Receive(received.Bytes, now);
                break;
            case PeerInput.PinChanged pin:
                _pins[pin.Pin] = pin.Drive;
                _host.Call("on_level", now, pin.Pin, PeerLibrary.LevelOf(pin.Drive));
                break;
            default:
                throw new ArgumentException($"A peer does not know {input.GetType().Name}", nameof(input));
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
        // What is due at one time: first what came, then the timers.
        while (_gathered.WrittenCount > 0 && _gatheredUntil <= now)
        {
            _host.RunTimers(_gatheredUntil);
            Deliver(_gatheredUntil);
        }

        _host.RunTimers(now);
    }

    /// <summary>A transaction of its bus begins: the script catches up before it is asked.</summary>
    /// <param name="drives">What the module does with each pin; what it hears of it later may be older.</param>
    public PeerBus EnterBus(IReadOnlyList<PinDrive> drives, TimeSpan now)
    {
        HandleTimeout(now);
        for (var i = 0; i < _pins.Length; i++) _pins[i] = drives[i];
        return Bus ?? throw new InvalidOperationException($"{Place} is on no bus");
    }

    public bool TryTake(out PeerOutput output) => _outputs.TryDequeue(out output!);

    /// <returns>False: it does too much at one time.</returns>
    public bool Send(ReadOnlyMemory<byte> bytes)
    {
        _hasActed = true;
        return bytes.IsEmpty || (Bus is { } bus ? bus.Send(bytes) : Do(new PeerOutput.Send(bytes)));
    }

    /// <inheritdoc cref="Send"/>
    public bool Hold(int pin, PinHold level) => Do(new PeerOutput.Hold(pin, level));

    public PinDrive DriveOf(int pin) => _pins[pin];

    public bool Log(string line) => Do(new PeerOutput.Recorded(new ScriptLogged(_host.Now, _host.Script.Name, line)));

    /// <summary>It is a display, and shows another picture.</summary>
    /// <inheritdoc cref="Send"/>
    public bool Show(int width, int height, ReadOnlyMemory<byte> bytes) => Do(new PeerOutput.Recorded(
        new DisplayShown(_host.Now, _host.Script.Name, width, height, bytes)));

    public void Fail(string message)
    {
        _hasActed = true;
        _outputs.Enqueue(new PeerOutput.Recorded(new ScriptFailed(_host.Now, _host.Script.Name, message)));
    }

    private void Receive(ReadOnlyMemory<byte> bytes, TimeSpan now)
    {
        _gathered.Write(bytes.Span);
        _gatheredUntil = now + GatherFor;
        if (GatherFor == TimeSpan.Zero || _gathered.WrittenCount > GatheredLimit) Deliver(now);
    }

    private void Deliver(TimeSpan now)
    {
        var bytes = _host.Text(_gathered.WrittenMemory);
        _gathered.ResetWrittenCount();
        _host.Deliver(bytes, now);
    }

    private bool Do(PeerOutput output)
    {
        _hasActed = true;
        if (_outputs.Count >= OutputLimit) return false;
        _outputs.Enqueue(output);
        return true;
    }
}
