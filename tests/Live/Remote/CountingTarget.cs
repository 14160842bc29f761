using System.Globalization;
using System.Text;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// Modems that count: once powered they log 0, 1, 2, … in steady succession, and send back what comes on a UART.
/// </summary>
internal sealed class CountingTarget(TimeSpan pause) : IModemTarget
{
    private int _alive;
    private int _leaving;

    public string Name => "counting";

    public IReadOnlyCollection<string> Capabilities { get; } =
        [Capability.Power, Capability.VirtualTime, Capability.Deterministic];

    public IReadOnlyCollection<int>? Uarts { get; init; }

    public IReadOnlyCollection<PinWire>? Pins { get; init; }

    public RigClock Clock => RigClock.Wall;

    /// <summary>Bytes in each line.</summary>
    public int LineBytes { get; init; } = 1;

    /// <summary>A modem is given back when this is done.</summary>
    public Task GivenBack { get; init; } = Task.CompletedTask;

    /// <summary>What becomes of a script.</summary>
    public Func<FirmwareSource, CancellationToken, ValueTask<string?>> Prepare { get; init; } =
        (_, _) => ValueTask.FromResult<string?>(null);

    /// <summary>How many of its modems have not been given back.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>How many of its modems are being given back, or were.</summary>
    public int Leaving => Volatile.Read(ref _leaving);

    /// <summary>What the last modem was made with.</summary>
    public BenchOptions? Options { get; private set; }

    /// <summary>The last modem made.</summary>
    public CountingModem? Last { get; private set; }

    public ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel) =>
        Prepare(firmware, cancel);

    public ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem)
    {
        Interlocked.Increment(ref _alive);
        Options = options;
        return Last = new CountingModem(this, pause);
    }

    public sealed class CountingModem(CountingTarget target, TimeSpan pause)
        : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
    {
        private readonly Queue<ModemOutput> _outputs = new();
        private long _next;
        private TimeSpan _started;

        public List<ModemInput> Inputs { get; } = [];

        /// <summary>When each input came.</summary>
        public List<TimeSpan> Times { get; } = [];

        public TimeSpan? NextTimeout { get; private set; }

        /// <summary>How far it has counted.</summary>
        public long Counted => Volatile.Read(ref _next);

        public void Attach(ILiveRun run)
        {
        }

        public void Handle(ModemInput input, TimeSpan now)
        {
            Inputs.Add(input);
            Times.Add(now);
            switch (input)
            {
                case ModemCommand.ApplyPower or ModemCommand.PullReset:
                    _outputs.Enqueue(new ModemReport.PoweredOn());
                    _outputs.Enqueue(new AirRequest.Radio(true));
                    _started = now;
                    NextTimeout = now + pause;
                    break;
                case ModemCommand.CutPower:
                    _outputs.Enqueue(new ModemReport.PoweredOff());
                    NextTimeout = null;
                    break;
                case ModemCommand.WriteUart write:
                    _outputs.Enqueue(new ModemReport.UartReceived(write.Port, write.Bytes));
                    break;
            }
        }

        public void HandleTimeout(TimeSpan now)
        {
            if (NextTimeout is not { } due || due > now) return;
            var text = _next.ToString(CultureInfo.InvariantCulture).PadLeft(target.LineBytes);
            var tick = TimeSpan.FromMilliseconds(Math.Floor((now - _started).TotalMilliseconds));
            _outputs.Enqueue(new ModemReport.LogLine(tick, Encoding.ASCII.GetBytes(text)));
            Volatile.Write(ref _next, _next + 1);
            NextTimeout = due + pause;
        }

        public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

        public async ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref target._leaving);
            await target.GivenBack;
            Interlocked.Decrement(ref target._alive);
        }
    }
}
