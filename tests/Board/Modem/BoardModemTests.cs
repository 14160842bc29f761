using System.Diagnostics;
using System.Text;
using AirHil.Board.Description;
using AirHil.Board.Modem;
using AirHil.Board.Pins;
using AirHil.Board.Power;
using AirHil.Board.Tests.Ports;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Rig.Actors;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests.Modem;

/// <summary>The whole board modem on pseudo-terminals, against what behaves as a board on them.</summary>
public sealed class BoardModemTests : IAsyncLifetime
{
    private readonly ScriptedBoard _board = new();
    private RunSpy? _run;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_run is not null) await _run.DisposeAsync();
        _board.Dispose();
    }

    [Fact]
    public void Power_starts_it_and_the_start_is_reported_before_the_log()
    {
        var run = Start();
        run.Outputs.First(o => o is ModemReport.PoweredOn or ModemReport.LogLine)
            .ShouldBeOfType<ModemReport.PoweredOn>();
        _board.Starts.ShouldBe(1);
        var ready = run.Outputs.OfType<ModemReport.LogLine>().Last();
        // It was said while USB was away, and is dated by when it was said.
        var on = run.Outputs.OfType<ModemReport.PoweredOn>().Single().HappenedAt!.Value;
        (ready.HappenedAt!.Value - on - ready.Tick).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Bytes_on_the_uart_pass_both_ways()
    {
        var run = Start();
        run.Tell(new ModemCommand.WriteUart(1, "echo?"u8.ToArray()));
        run.Until(o => Received(o) == "echo?", "the echo");
    }

    [Fact]
    public void A_reset_restarts_it_over_a_re_enumeration()
    {
        var run = Start();
        run.For(TimeSpan.FromMilliseconds(300));
        var at = run.Now;
        run.Tell(new ModemCommand.PullReset());
        var told = run.Now;
        run.Until(o => run.Count<ModemReport.PoweredOn>() == 2, "the second start");
        _board.Reboots.ShouldBe(1);
        run.Outputs.OfType<ModemReport.PoweredOn>().Last().HappenedAt!.Value
            .ShouldBeInRange(at, told, "it is dated by the order, however late its lines come");
        run.Until(o => o.OfType<ModemReport.LogLine>().Count(l => l.Text == "ready") == 2, "ready again");
        run.Count<ModemReport.ModemLost>().ShouldBe(0);
    }

    [Fact]
    public void Without_supply_it_is_silent_whatever_comes()
    {
        var run = Start();
        run.Tell(new ModemCommand.WriteUart(1, "half way"u8.ToArray()));
        run.Tell(new ModemCommand.CutPower());
        var before = run.Outputs.Count;
        run.Outputs[^1].ShouldBeOfType<ModemReport.PoweredOff>();
        run.For(TimeSpan.FromMilliseconds(500));
        run.Outputs.Skip(before).ShouldNotContain(o => o is ModemReport.LogLine || o is ModemReport.UartReceived);
        run.Tell(new ModemCommand.ApplyPower());
        run.Until(o => run.Count<ModemReport.PoweredOn>() == 2, "the second start");
    }

    [Fact]
    public void Pulled_out_and_plugged_in_again_it_goes_on()
    {
        var run = Start();
        _board.Enumeration = TimeSpan.FromDays(1);
        _board.UnplugUsb();
        run.For(TimeSpan.FromMilliseconds(400));
        _board.Say("while it was away");
        _board.PlugUsb();
        run.UntilLine("while it was away");
        _board.Say("and after");
        run.UntilLine("and after");
        run.Count<ModemReport.PoweredOn>().ShouldBe(1);
        run.Count<ModemReport.ModemLost>().ShouldBe(0);
    }

    [Fact]
    public void Pulled_out_for_long_it_is_lost_and_comes_back()
    {
        var run = Start(new BoardTimings { LostLimit = TimeSpan.FromMilliseconds(500) });
        _board.Enumeration = TimeSpan.FromDays(1);
        _board.UnplugUsb();
        run.Until(_ => run.Count<ModemReport.ModemLost>() == 1, "the loss");
        _board.PlugUsb();
        _board.Say("here I am");
        run.UntilLine("here I am");
        run.Count<ModemReport.PoweredOn>().ShouldBe(2);
    }

    [Fact]
    public void Bytes_of_an_earlier_session_do_not_reach_the_script_of_this_one()
    {
        _board.LeaveBehind("stale"u8);
        var run = Start();
        run.Tell(new ModemCommand.WriteUart(1, "fresh"u8.ToArray()));
        run.Until(o => Received(o).EndsWith("fresh", StringComparison.Ordinal), "the echo");
        Received(run.Outputs).ShouldBe("fresh");
    }

    [Fact]
    public void Bytes_wait_for_a_uart_that_is_away_for_a_moment()
    {
        var run = Start();
        _board.UnplugUart();
        run.For(TimeSpan.FromMilliseconds(400));
        run.Tell(new ModemCommand.WriteUart(1, "patient"u8.ToArray()));
        _board.PlugUart();
        run.Until(o => Received(o) == "patient", "the echo");
    }

    [Fact]
    public async Task A_serial_port_that_floods_does_not_hold_the_clock_and_has_to_wait_while_nobody_takes_it()
    {
        using var log = new LinkedTerminal();
        var sent = 0L;
        var most = long.MaxValue;
        var flood = new Thread(() =>
        {
            var piece = new byte[4096];
            while (Volatile.Read(ref most) is var limit && limit > 0)
            {
                var count = Volatile.Read(ref sent) < limit ? log.Terminal.WriteSome(piece) : 0;
                if (count > 0) Interlocked.Add(ref sent, count);
                else Thread.Sleep(1);
            }
        });
        flood.IsBackground = true;
        flood.Start();
        await using (var host = new MachineHost<ModemInput, ModemOutput>(
            "the board", new BoardModem(new BoardDescription("flooded", log.Address), _board), new WallClock(),
            (_, _) => { }))
        {
            await host.RunUntil(null, TimeSpan.FromSeconds(1));
            await host.RunUntil(() => Interlocked.Read(ref sent) > 2 * PortRoom.MostBytes, Eventually.Limit);
            // Nobody takes anything now.
            var end = Interlocked.Read(ref sent) + (8 * PortRoom.MostBytes);
            Volatile.Write(ref most, end);
            var before = -1L;
            Eventually.Holds(
                () =>
                {
                    if (before == (before = Interlocked.Read(ref sent))) return true;
                    Thread.Sleep(500);
                    return false;
                },
                "the port waits");
            before.ShouldBeLessThan(end);
            await host.RunUntil(() => Interlocked.Read(ref sent) > before + PortRoom.MostBytes, Eventually.Limit);
            Interlocked.Read(ref sent).ShouldBeGreaterThan(before + PortRoom.MostBytes);
        }

        Volatile.Write(ref most, 0);
        flood.Join(Eventually.Limit).ShouldBeTrue();
    }

    [Fact]
    public async Task Disposed_of_in_the_middle_of_everything_it_ends_soon()
    {
        var run = Start();
        for (var i = 0; i < 30; i++) run.Tell(new ModemCommand.WriteUart(1, new byte[4096]));
        _board.UnplugUsb();
        var since = Stopwatch.GetTimestamp();
        await run.Modem.DisposeAsync();
        await run.Modem.DisposeAsync();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_switch_that_fails_is_the_end_of_the_start_with_its_reason()
    {
        _run = new RunSpy(new BoardModem(_board.Description, new BrokenSwitch()));
        _run.Tell(new ModemCommand.ApplyPower());
        _run.Until(_ => _run.Count<ModemReport.ModemLost>() == 1, "the loss");
        _run.Outputs.OfType<ModemReport.ModemLost>().Single().Reason.ShouldContain("no such hub");
    }

    [Fact]
    public async Task Pins_are_held_and_seen_through_commands_and_one_that_fails_ends_the_run()
    {
        PosixShell.SkipWithout();
        var folder = Directory.CreateTempSubdirectory("airhil-pins-");
        var pins = new Dictionary<int, PinLine>
        {
            [8] = new PinLine.Command("exit 3", "echo 27 high >> wire", "echo 27 low >> wire", null, null),
            [27] = new PinLine.Command(null, null, null, null, "touch wire; tail -n +1 -f wire"),
        };
        _run = new RunSpy(new BoardModem(_board.Description with { Pins = pins }, _board)
        {
            Pins = PinDrivers.For(pins, folder.FullName),
        });
        _run.Tell(new ModemCommand.ApplyPower());
        _run.UntilLine("ready");
        _run.Tell(new ModemCommand.HoldPin(8, PinHold.Low));
        _run.Until(_ => Drives().SequenceEqual([PinDrive.High]), "high");
        _run.Tell(new ModemCommand.HoldPin(8, PinHold.Released));
        _run.Until(_ => Drives().SequenceEqual([PinDrive.High, PinDrive.Low]), "low");
        _run.Tell(new ModemCommand.HoldPin(8, PinHold.High));
        Should.Throw<PinException>(() => _run.Until(_ => false, "the fault")).Message.ShouldContain("exit code 3");
        await _run.DisposeAsync();
        folder.Delete(true);

        IEnumerable<PinDrive> Drives() => _run.Outputs.OfType<ModemReport.PinDriven>().Select(p => p.Drive);
    }

    private static string Received(IEnumerable<ModemOutput> outputs) => string.Concat(
        outputs.OfType<ModemReport.UartReceived>().Select(r => Encoding.ASCII.GetString(r.Bytes.Span)));

    private RunSpy Start(BoardTimings? timings = null)
    {
        timings ??= new BoardTimings();
        var quick = timings with { OffTime = TimeSpan.FromMilliseconds(100) };
        _run = new RunSpy(new BoardModem(_board.Description, _board, quick));
        _run.Tell(new ModemCommand.ApplyPower());
        _run.UntilLine("ready");
        return _run;
    }

    private sealed class BrokenSwitch : IPowerSwitch
    {
        public string Description => "broken";

        public Task SwitchAsync(bool on, CancellationToken cancel) =>
            Task.FromException(new PowerSwitchException("no such hub"));
    }
}
