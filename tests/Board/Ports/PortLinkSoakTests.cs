using System.Diagnostics;
using AirHil.Board.Ports;
using AirHil.Modem;
using AirHil.Tests;

namespace AirHil.Board.Tests.Ports;

/// <summary>Full size where AIRHIL_SOAK is 1: a minute, 200 unplugs. By default 3 s and 10.</summary>
public sealed class PortLinkSoakTests(ITestOutputHelper output)
{
    private const int BytesPerSecond = 11_520;

    [Fact]
    public void At_115200_baud_in_both_directions_every_byte_is_accounted_for()
    {
        var time = TimeSpan.FromSeconds(LongRun.IsSoak ? 60 : 3);
        var total = (int)(BytesPerSecond * time.TotalSeconds);
        var sink = new SinkSpy();
        using var far = new LinkedTerminal();
        using var link = new PortLink("far", far.Address, 115_200, sink, () => TimeSpan.Zero);
        link.Start();
        Eventually.Holds(() => link.IsOpen, "open");
        var inward = Payload(1, total);
        var outward = Payload(2, total);
        var heard = new byte[total];
        var heardCount = 0;
        var refused = 0;
        var since = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;

        // The far end is the module: it sends and takes at the line's speed, no faster.
        var module = new Thread(() =>
        {
            int sent = 0, taken = 0;
            while (sent < total || taken < total)
            {
                var due = Math.Min(total, (int)(BytesPerSecond * Stopwatch.GetElapsedTime(since).TotalSeconds));
                if (due > sent) sent += far.Terminal.WriteSome(inward.AsSpan(sent, due - sent));
                if (due > taken) taken += far.Terminal.Read(heard.AsSpan(taken, due - taken));
                Volatile.Write(ref heardCount, taken);
                if (Stopwatch.GetElapsedTime(since) > time + Eventually.Limit) return;
                Thread.Sleep(2);
            }
        });
        module.Start();
        for (var at = 0; at < total;)
        {
            var piece = Math.Min(1024, total - at);
            if (link.TryWrite(outward.AsMemory(at, piece)) is null)
            {
                at += piece;
                continue;
            }

            refused++;
            Thread.Sleep(5);
        }

        module.Join();
        Eventually.Holds(() => sink.Count == total && link.Statistics.BytesOut == total, "all bytes");
        var took = Stopwatch.GetElapsedTime(since);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine(
            $"{total} bytes each way in {took.TotalSeconds:F2} s ({total / took.TotalSeconds:F0} B/s), CPU "
            + $"{cpu.TotalSeconds:F2} s, {refused} refusals of a full queue, link: {link.Statistics}");
        heardCount.ShouldBe(total);
        heard.ShouldBe(outward);
        sink.Bytes.ShouldBe(inward);
        sink.BytesNotWritten.ShouldBe(0);
        link.Statistics.ShouldBe(new PortStatistics(total, total, 1, 0));
    }

    [Fact]
    public void Unplugged_at_random_moments_it_is_back_in_two_seconds_and_loses_nothing_while_plugged()
    {
        var times = LongRun.IsSoak ? 200 : 10;
        var chance = new SplitMix64(4);
        var sink = new SinkSpy();
        using var far = new LinkedTerminal();
        using var link = new PortLink("far", far.Address, 115_200, sink, () => TimeSpan.Zero);
        link.Start();
        var expected = new MemoryStream();
        var reconnects = new List<TimeSpan>();
        var noticed = TimeSpan.Zero;
        for (var round = 0; round < times; round++)
        {
            var open = round;
            reconnects.Add(
                Eventually.Holds(() => sink.TimesOpened == open + 1 && link.IsOpen, $"opening {open + 1}"));
            Talk(far, link, sink, expected, chance, round);
            // Bytes are on their way in both directions when it goes.
            var until = TimeSpan.FromMilliseconds(chance.Below(60));
            var since = Stopwatch.GetTimestamp();
            do
            {
                link.TryWrite(new byte[200]);
                Thread.Sleep(1);
            }
            while (Stopwatch.GetElapsedTime(since) < until);
            far.Unplug();
            var gone = Eventually.Holds(() => sink.TimesLost == open + 1, $"loss {open + 1}");
            if (gone > noticed) noticed = gone;
            link.TryWrite("dead"u8.ToArray()).ShouldNotBeNull("a write must not go to a dead handle");
            Thread.Sleep(chance.Below(100));
            far.Plug();
        }

        Eventually.Holds(() => link.IsOpen, "the last opening");
        sink.Bytes.ShouldBe(expected.ToArray());
        output.WriteLine(
            $"{times} unplugs: longest reconnect {reconnects.Max().TotalMilliseconds:F0} ms, longest until noticed "
            + $"{noticed.TotalMilliseconds:F0} ms, {expected.Length} bytes in, none lost; {link.Statistics}, "
            + $"{sink.BytesNotWritten} told as not written");
        // A machine that stands still for a moment is no fault of the link.
        reconnects.Count(r => r >= TimeSpan.FromSeconds(2)).ShouldBeLessThanOrEqualTo(times / 10);
    }

    /// <summary>Some bytes each way, all of which arrive since the port stays.</summary>
    private static void Talk(
        LinkedTerminal far, PortLink link, SinkSpy sink, MemoryStream expected, SplitMix64 chance, int round)
    {
        var inward = Payload((ulong)round + 10, 1 + chance.Below(3000));
        var outward = Payload((ulong)round + 1000, 1 + chance.Below(3000));
        expected.Write(inward);
        link.TryWrite(outward).ShouldBeNull();
        far.Terminal.Write(inward);
        far.Read(outward.Length).ShouldBe(outward);
        Eventually.Holds(() => sink.Count == expected.Length, $"the bytes of round {round}");
    }

    private static byte[] Payload(ulong seed, int count)
    {
        var chance = new SplitMix64(seed);
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)chance.Below(256);
        return bytes;
    }
}
