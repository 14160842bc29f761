using System.Diagnostics;
using AirHil.Board.Emulator;
using AirHil.Modem.Messages;
using AirHil.Rig.Runs;

namespace AirHil.Board.Tests.Emulator;

/// <summary>When things happen on an emulated board whose host is busy.</summary>
public sealed class EmulatedTimeTests
{
    private readonly long _origin = Stopwatch.GetTimestamp();

    private TimeSpan Now => Stopwatch.GetElapsedTime(_origin);

    [Fact]
    public void Nothing_happens_before_it_was_sent_however_late_the_board_is_to_read_it()
    {
        Terminals.SkipWithout();
        var firmware = FirmwareSource.FromText("_G.sys = require(\"sys\")\nsys.run()\n");
        TimeSpan? sentAt = null, startedAt = null;
        var asked = 0;
        using var started = new ManualResetEventSlim();
        using var board = new EmulatedBoard(
            new VirtualTarget().Create(firmware, new BenchOptions(), "1"),
            new EmulatedBoardOptions
            {
                Happened = (output, at) =>
                {
                    if (output is not ModemReport.PoweredOn) return;
                    startedAt = at;
                    started.Set();
                },
            });
        using var relay = new FileStream(
            board.RelayPort, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        board.Start(BusyClock, 1);
        // Until it sleeps, with nothing to do.
        Thread.Sleep(100);
        Volatile.Write(ref asked, -2);
        relay.WriteByte(0);
        var patience = TimeSpan.FromSeconds(20);
        started.Wait(patience, TestContext.Current.CancellationToken).ShouldBeTrue("the start of the module");
        sentAt.ShouldNotBeNull();
        startedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(sentAt.Value);

        // Woken by a byte, the board asks for the time once, and once more before it reads: then the relay is switched,
        // and the thread goes on with the time it was told.
        TimeSpan BusyClock()
        {
            var now = Now;
            if (Volatile.Read(ref asked) >= 0 || Interlocked.Increment(ref asked) != 0) return now;
            Thread.Sleep(200);
            sentAt = Now;
            relay.Write([0xA0, 0x01, 0x01, 0xA2]);
            return now;
        }
    }
}
