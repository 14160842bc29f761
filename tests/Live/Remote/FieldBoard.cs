using AirHil.Board.Description;
using AirHil.Board.Emulator;
using AirHil.Live.Network;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// A board as in the field: an emulated one with ports and a real network of its own, which nobody's run drives. As
/// `airhil bench emulate --network live`, on a thread of this process.
/// </summary>
internal sealed class FieldBoard : IAsyncDisposable
{
    private readonly TaskCompletionSource<BoardDescription> _started =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stop;

    /// <param name="network">Its way to the world.</param>
    public FieldBoard(LiveNetworkOptions network) =>
        new Thread(() => Run(network)) { IsBackground = true, Name = "a board in the field" }.Start();

    /// <summary>The script that the module has at its next start.</summary>
    public FirmwareSource Flash { get; set; } = FirmwareSource.FromText("-- as it was delivered");

    /// <summary>Where its ports are, once they are there.</summary>
    public Task<BoardDescription> Description => _started.Task;

    public async ValueTask DisposeAsync()
    {
        _stop = true;
        await _ended.Task;
    }

    private void Run(LiveNetworkOptions network)
    {
        try
        {
            var target = new BareBoardTarget
            {
                // A module that finds its network sooner than a cold one, so that nobody waits for it.
                Parameters = new ModemParameters { ColdIpReady = TimeSpan.FromMilliseconds(1200) },
                Network = _ => new LiveNetwork(network),
                Flashed = () => Flash,
                Started = board => _started.TrySetResult(board.Describe("field")),
            };
            var bench = new Bench(new BenchOptions { Target = target, Services = [], KeptEvents = 1000 });
            bench.Firmware(Flash);
            while (!_stop) bench.RunFor(TimeSpan.FromMilliseconds(50)).AsTask().GetAwaiter().GetResult();
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception problem)
        {
            _started.TrySetException(problem);
            _ended.TrySetException(problem);
        }

        _ended.TrySetResult();
    }
}
