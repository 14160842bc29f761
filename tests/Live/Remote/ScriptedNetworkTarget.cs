using System.Collections.Concurrent;
using System.Text;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// Counting modems with a network of their own, which accepts one client on each port that a service opens, has it send
/// 0, 1, 2, … in steady succession, and keeps what it is given.
/// </summary>
internal sealed class ScriptedNetworkTarget(TimeSpan pause) : IModemTarget
{
    private readonly CountingTarget _modems = new(TimeSpan.FromSeconds(10));
    private int _alive;

    public string Name => "scripted";

    public IReadOnlyCollection<string> Capabilities { get; } = [Capability.Power, Capability.Network];

    public RigClock Clock => RigClock.Wall;

    public int? MostModems => 1;

    public IReadOnlyCollection<string>? ServiceHosts => ["rig.test"];

    /// <summary>How many of its networks were attached to a run and not given back.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>What the last network was made with.</summary>
    public BenchOptions? Options { get; private set; }

    /// <summary>The last network made.</summary>
    public ScriptedNetwork? Last { get; private set; }

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) => _modems.Create(firmware, options, modem);

    public ISansIoMachine<NetworkInput, NetworkOutput> CreateNetwork(BenchOptions options)
    {
        Options = options;
        return Last = new ScriptedNetwork(this, pause);
    }

    public sealed class ScriptedNetwork(ScriptedNetworkTarget target, TimeSpan pause)
        : ISansIoMachine<NetworkInput, NetworkOutput>, ILiveMachine
    {
        private readonly Queue<NetworkOutput> _outputs = new();
        private bool _isAttached;
        private int _accepted;
        private long _next;

        public ConcurrentQueue<NetworkInput> Inputs { get; } = new();

        public TimeSpan? NextTimeout { get; private set; }

        public void Attach(ILiveRun run)
        {
            _isAttached = true;
            Interlocked.Increment(ref target._alive);
        }

        public void Handle(NetworkInput input, TimeSpan now)
        {
            Inputs.Enqueue(input);
            switch (input)
            {
                case NetworkInput.FromService(ServiceOutput.Listening { Host: "defect.test" }):
                    throw new InvalidOperationException("nobody can listen there");
                case NetworkInput.FromService(ServiceOutput.Listening { Host: "push.test" }):
                    _outputs.Enqueue(new NetworkOutput.ToService(new ServiceInput.SendText(null, "by itself")));
                    break;
                case NetworkInput.FromService(ServiceOutput.Listening(var host, var port, _)):
                    _outputs.Enqueue(new NetworkOutput.ToService(
                        new ServiceInput.Accepted(++_accepted, "1", host, port, false, "")));
                    NextTimeout = now + pause;
                    break;
                case NetworkInput.FromModem(var modem, AirRequest.Radio(true)):
                    _outputs.Enqueue(new NetworkOutput.ToModem(modem, new AirEvent.CoverageChanged(true)));
                    break;
            }
        }

        public void HandleTimeout(TimeSpan now)
        {
            if (NextTimeout is not { } due || due > now) return;
            NextTimeout = due + pause;
            var text = Encoding.ASCII.GetBytes($"{_next++} ");
            _outputs.Enqueue(new NetworkOutput.ToService(new ServiceInput.Received(_accepted, text)));
            _outputs.Enqueue(new NetworkOutput.Recorded(
                new TcpSent(due, new Connection(1, "h", 80), text)));
        }

        public bool TryTake(out NetworkOutput output) => _outputs.TryDequeue(out output!);

        public ValueTask DisposeAsync()
        {
            if (_isAttached) Interlocked.Decrement(ref target._alive);
            return ValueTask.CompletedTask;
        }
    }
}
