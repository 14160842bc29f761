using AirHil.Board.Modem;
using AirHil.Board.Power;
using AirHil.Board.Tests.Modem;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Board.Tests.Deploy;

/// <summary>
/// A scenario that begins with one script and goes on with another: the board is at work when it is deployed.
/// </summary>
public sealed class DeployBetweenScriptsTests : IDisposable
{
    private static readonly FirmwareSource First = FirmwareSource.FromText("print(1)", "first");
    private static readonly FirmwareSource Second = FirmwareSource.FromText("print(2)", "second");
    private readonly ScriptedBoard _board = new();
    private readonly DirectoryInfo _leases = Directory.CreateTempSubdirectory("airhil-lease-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _board.Dispose();
        _leases.Delete(true);
    }

    [Fact]
    public async Task The_ports_are_closed_meanwhile_so_that_nobody_else_reads_what_the_board_says_of_it()
    {
        var open = new List<int>();
        await using var target = Target(_board, () => open.Add(HandlesOnUart()));
        await using var bench = new Bench(new BenchOptions { Target = target });
        await RunAsync(bench, target, First);
        HandlesOnUart().ShouldBe(1);
        await RunAsync(bench, target, Second);
        open.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task A_board_that_was_switched_off_is_on_again_meanwhile()
    {
        var supply = new Supply(_board);
        var on = new List<bool?>();
        await using var target = Target(supply, () => on.Add(supply.IsOn));
        await using var bench = new Bench(new BenchOptions { Target = target });
        await RunAsync(bench, target, First);
        await bench.CutPower();
        await bench.RunUntil(() => supply.IsOn == false, TimeSpan.FromSeconds(5));
        await RunAsync(bench, target, Second);
        on.ShouldBe([null, true]);
    }

    private static async Task RunAsync(Bench bench, BoardTarget target, FirmwareSource script)
    {
        if (bench.Modems.Count > 0 && bench.IsPowered()) await bench.CutPower();
        (await target.PrepareAsync(script, Cancel)).ShouldBeNull();
        bench.Firmware(script);
        await bench.ApplyPower();
        await bench.Expect(Match.LogContains("ready"), TimeSpan.FromSeconds(10));
    }

    /// <summary>How often this process has the board's UART open, as the system tells.</summary>
    private int HandlesOnUart()
    {
        var device = File.ResolveLinkTarget(_board.Description.Uarts[1].Port.ToString(), true)!.FullName;
        return Directory.EnumerateFiles("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget == device);
    }

    private BoardTarget Target(IPowerSwitch power, Action deploying) => new(_board.Description, power)
    {
        Timings = new BoardTimings { OffTime = TimeSpan.FromMilliseconds(100) },
        LeaseFolder = _leases.FullName,
        Deploy = (_, _) =>
        {
            deploying();
            return Task.CompletedTask;
        },
    };

    /// <summary>What the supply is, as far as it was ever switched.</summary>
    private sealed class Supply(IPowerSwitch inner) : IPowerSwitch
    {
        public bool? IsOn { get; private set; }

        public string Description => inner.Description;

        public Task SwitchAsync(bool on, CancellationToken cancel)
        {
            IsOn = on;
            return inner.SwitchAsync(on, cancel);
        }
    }
}
