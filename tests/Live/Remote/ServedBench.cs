using AirHil.Board.Emulator;
using AirHil.Live.Remote;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Remote;

/// <summary>A bench with one board on this machine's loopback address, and a client that holds it.</summary>
public abstract class ServedBench : IAsyncLifetime
{
    private BenchServer? _server;
    private RemoteTarget? _target;

    public RemoteTarget Target => _target!;

    protected abstract IModemTarget Board { get; }

    public async ValueTask InitializeAsync()
    {
        _server = await BenchServer.StartAsync([new("one", Board)], Benches.OnAnyPort);
        _target = await RemoteTarget.ConnectAsync($"remote:{_server.Url}one");
    }

    public async ValueTask DisposeAsync()
    {
        if (_target is not null) await _target.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The emulated board: the virtual module behind pseudo-terminals.</summary>
    public sealed class OfEmulatedBoard : ServedBench
    {
        protected override IModemTarget Board { get; } = new EmulatedBoardTarget();
    }

    /// <summary>A virtual module at four times the wall clock.</summary>
    public sealed class OfVirtual : ServedBench
    {
        protected override IModemTarget Board { get; } = new VirtualTarget { Clock = RigClock.Wall, Speed = 4 };
    }
}
