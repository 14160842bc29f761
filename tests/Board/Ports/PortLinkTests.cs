using System.Collections.Concurrent;
using System.Diagnostics;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

public sealed class PortLinkTests : IDisposable
{
    private readonly SinkSpy _sink = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        for (var i = _open.Count; i-- > 0;) _open[i].Dispose();
    }

    [Fact]
    public void It_opens_what_is_there_and_carries_bytes_both_ways()
    {
        var far = Keep(new LinkedTerminal());
        var link = Start(far);
        Eventually.Holds(() => link.IsOpen, "open");
        link.TryWrite("out"u8.ToArray()).ShouldBeNull();
        far.Read(3).ShouldBe("out"u8.ToArray());
        far.Terminal.Write("in"u8);
        Eventually.Holds(() => _sink.Count == 2, "bytes");
        // The far end may have bytes before the writer's thread has counted them.
        Eventually.Holds(() => link.Statistics == new PortStatistics(2, 3, 1, 0), "the count");
    }

    [Fact]
    public void It_waits_for_what_is_absent_and_says_so_once()
    {
        var far = Keep(new LinkedTerminal(plugged: false));
        var link = Start(far);
        Eventually.Holds(() => !_sink.Told.IsEmpty, "a reason");
        Thread.Sleep(300);
        _sink.Told.ShouldBe([$"waiting {far.Link}: there is no such port now"]);
        far.Plug();
        Eventually.Holds(() => link.IsOpen, "open");
    }

    [Fact]
    public void Bytes_for_a_port_that_is_not_open_are_refused_at_once()
    {
        var link = Start(Keep(new LinkedTerminal(plugged: false)));
        link.TryWrite("x"u8.ToArray()).ShouldBe("the port far is not open");
    }

    [Fact]
    public void What_was_sent_before_an_unplug_arrives_and_the_next_device_is_opened()
    {
        var far = Keep(new LinkedTerminal());
        var link = Start(far);
        Eventually.Holds(() => link.IsOpen, "open");
        far.Terminal.Write("first"u8);
        Eventually.Holds(() => _sink.Count == 5, "the first bytes");
        far.Unplug();
        Eventually.Holds(() => _sink.TimesLost == 1, "the loss");
        link.TryWrite("x"u8.ToArray()).ShouldNotBeNull();
        far.Plug();
        Eventually.Holds(() => _sink.TimesOpened == 2, "the second opening");
        far.Terminal.Write("second"u8);
        Eventually.Holds(() => _sink.Count == 11, "the other bytes");
        _sink.Bytes.ShouldBe("firstsecond"u8.ToArray());
    }

    [Fact]
    public void Each_byte_that_was_taken_for_writing_left_or_is_told_of()
    {
        var far = Keep(new LinkedTerminal());
        var link = Start(far);
        Eventually.Holds(() => link.IsOpen, "open");
        var taken = 0;
        // More than a pseudo-terminal holds, so that some wait when it is pulled out.
        while (taken < 100_000 && link.TryWrite(new byte[1000]) is null) taken += 1000;
        Thread.Sleep(100);
        far.Unplug();
        Eventually.Holds(() => _sink.TimesLost == 1, "the loss");
        Eventually.Holds(() => link.Statistics.BytesOut + _sink.BytesNotWritten == taken, "an account of all bytes");
        _sink.BytesNotWritten.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_reader_that_takes_nothing_fills_the_queue_and_then_bytes_are_refused()
    {
        var link = Start(Keep(new LinkedTerminal()));
        Eventually.Holds(() => link.IsOpen, "open");
        string? refusal = null;
        for (var i = 0; i < 400 && refusal is null; i++) refusal = link.TryWrite(new byte[1000]);
        refusal.ShouldNotBeNull().ShouldContain("its reader takes nothing");
    }

    [Fact]
    public void A_sink_that_is_busy_holds_the_sender_back_and_loses_nothing()
    {
        using var go = new ManualResetEventSlim();
        var sink = new SinkSpy { OnBytes = _ => go.Wait() };
        var far = Keep(new LinkedTerminal());
        var link = Keep(new PortLink("far", far.Address, 115_200, sink, () => TimeSpan.Zero));
        link.Start();
        Eventually.Holds(() => link.IsOpen, "open");
        var sent = Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7)).ToArray();
        var at = 0;
        // The far end's buffers fill while nobody takes.
        while (far.Terminal.WriteSome(sent.AsSpan(at)) is > 0 and var some) at += some;
        at.ShouldBeLessThan(sent.Length);
        go.Set();
        far.Terminal.Write(sent.AsSpan(at));
        Eventually.Holds(() => sink.Count == sent.Length, "all bytes");
        sink.Bytes.ShouldBe(sent);
    }

    [Fact]
    public void A_device_that_is_there_and_refuses_is_asked_again_ever_more_slowly()
    {
        var attempts = new ConcurrentQueue<long>();
        var link = Keep(new PortLink(
            "far",
            () =>
            {
                attempts.Enqueue(Stopwatch.GetTimestamp());
                throw new PortNotOpenException("busy", absent: false);
            },
            _sink, () => TimeSpan.Zero, new PortLinkTimings { AbsencePeriod = TimeSpan.FromMilliseconds(20) }));
        link.Start();
        Eventually.Holds(() => attempts.Count >= 5, "five attempts");
        var times = attempts.ToArray();
        for (var i = 1; i < 5; i++)
        {
            // A busy machine makes a pause longer and never shorter.
            Stopwatch.GetElapsedTime(times[i - 1], times[i])
                .ShouldBeGreaterThan(TimeSpan.FromMilliseconds(0.9 * 20 * (1 << i)), $"the pause before attempt {i}");
        }

        _sink.Told.ShouldBe(["waiting busy"]);
    }

    [Fact]
    public void A_handle_that_outlives_its_device_in_silence_is_given_up()
    {
        var port = new SilentPort();
        var link = Keep(new PortLink("far", () => port, _sink, () => TimeSpan.Zero));
        link.Start();
        Eventually.Holds(() => link.IsOpen, "open");
        port.Present = false;
        Eventually.Holds(() => _sink.TimesLost > 0, "the loss");
        port.Disposals.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_was_meant_for_a_port_that_went_does_not_reach_the_next_one()
    {
        using var stuck = new ManualResetEventSlim();
        var first = new SilentPort { OnWrite = () => stuck.Wait(Eventually.Limit) };
        var second = new SilentPort();
        var link = Keep(new PortLink("far", () => first.IsAlive ? first : second, _sink, () => TimeSpan.Zero));
        link.Start();
        Eventually.Holds(() => link.IsOpen, "open");
        for (var i = 0; i < 3; i++) link.TryWrite(new byte[10]).ShouldBeNull();
        Eventually.Holds(() => first.Writes == 1, "a write that hangs");
        first.Present = false;
        Eventually.Holds(() => _sink.TimesOpened == 2, "the next port");
        stuck.Set();
        Eventually.Holds(() => _sink.BytesNotWritten == 20, "the loss of what waited");
        link.TryWrite(new byte[5]).ShouldBeNull();
        Eventually.Holds(() => second.Written == 5, "what was meant for the next port");
    }

    [Fact]
    public void Whatever_a_port_throws_is_told_and_it_is_opened_again()
    {
        var tries = 0;
        var broken = new SilentPort { OnRead = () => throw new InvalidOperationException("broken") };
        var next = new SilentPort { OnWrite = () => throw new InvalidOperationException("no buffer") };
        var link = Keep(new PortLink("far", Open, _sink, () => TimeSpan.Zero));
        link.Start();
        Eventually.Holds(() => _sink.TimesOpened == 2, "the next port");
        _sink.Told.ShouldContain("waiting no driver");
        _sink.TimesLost.ShouldBe(1);
        link.TryWrite(new byte[7]).ShouldBeNull();
        Eventually.Holds(() => _sink.BytesNotWritten == 7, "the loss of what could not be written");

        IBytePort Open() => ++tries switch
        {
            1 => throw new InvalidOperationException("no driver"),
            2 => broken,
            _ => next,
        };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Disposing_of_it_ends_soon_also_in_the_middle_of_a_stuck_write(bool unplugged)
    {
        var far = Keep(new LinkedTerminal());
        var link = Start(far);
        Eventually.Holds(() => link.IsOpen, "open");
        for (var i = 0; i < 50; i++) link.TryWrite(new byte[4096]);
        if (unplugged) far.Unplug();
        var since = Stopwatch.GetTimestamp();
        link.Dispose();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void A_link_that_was_never_started_can_be_disposed_of() =>
        new PortLink("far", () => new SilentPort(), _sink, () => TimeSpan.Zero).Dispose();

    private PortLink Start(LinkedTerminal far)
    {
        var link = Keep(new PortLink("far", far.Address, 115_200, _sink, () => TimeSpan.Zero));
        link.Start();
        return link;
    }

    private T Keep<T>(T thing)
        where T : IDisposable
    {
        _open.Add(thing);
        return thing;
    }

    private sealed class SilentPort : IBytePort
    {
        private volatile bool _present = true;
        private int _disposals;
        private int _writes;
        private int _written;

        public Action? OnRead { get; init; }

        public Action? OnWrite { get; init; }

        /// <summary>Writes that have begun.</summary>
        public int Writes => Volatile.Read(ref _writes);

        /// <summary>Bytes.</summary>
        public int Written => Volatile.Read(ref _written);

        public bool Present
        {
            set => _present = value;
        }

        public int Disposals => Volatile.Read(ref _disposals);

        public string Name => "silent";

        public bool IsAlive => _present;

        public int Read(Span<byte> buffer)
        {
            Thread.Sleep(20);
            OnRead?.Invoke();
            return 0;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Interlocked.Increment(ref _writes);
            OnWrite?.Invoke();
            Interlocked.Add(ref _written, bytes.Length);
        }

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
