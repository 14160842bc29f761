using AirHil.Board.Modem;
using AirHil.Board.Ports;
using AirHil.Board.Tests.Ports;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests.Modem;

public sealed class PortInboxTests : IDisposable
{
    private readonly SilentRun _run = new();
    private readonly PortInbox _inbox;
    private readonly PortLink _link;

    public PortInboxTests()
    {
        _inbox = new PortInbox(_run);
        _link = new PortLink("far", () => throw new PortNotOpenException("absent", true), _inbox, () => default);
        _inbox.Add(_link, 1);
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _link.Dispose();
    }

    [Fact]
    public void A_port_that_brings_more_than_is_taken_has_to_wait_and_nothing_is_dropped()
    {
        const int Pieces = 400;
        var brought = 0;
        var port = new Thread(() =>
        {
            for (var i = 0; i < Pieces; i++)
            {
                ((IPortSink)_inbox).Received(_link, new byte[10_000], default);
                Interlocked.Increment(ref brought);
            }
        });
        port.Start();
        Eventually.Holds(() => Volatile.Read(ref brought) >= 100, "a full inbox");
        Thread.Sleep(200);
        Volatile.Read(ref brought).ShouldBeLessThan(110);
        var taken = 0;
        Eventually.Holds(
            () =>
            {
                taken += _inbox.TakeWhatIsThere().Cast<BoardInput.Received>().Sum(input => input.Bytes.Length);
                return taken == Pieces * 10_000;
            },
            "all bytes");
        port.Join(Eventually.Limit).ShouldBeTrue();
    }

    /// <summary>As from a device that sends faster than its bytes are taken.</summary>
    [Fact]
    public void What_comes_while_it_is_taken_waits_for_the_next_time()
    {
        Bring();
        Bring();
        for (var times = 1; times <= 3; times++)
        {
            var taken = 0;
            foreach (var input in _inbox.TakeWhatIsThere())
            {
                ((BoardInput.Received)input).Bytes.Length.ShouldBe(1);
                (++taken).ShouldBeLessThanOrEqualTo(2);
                Bring();
            }

            taken.ShouldBe(2);
        }

        void Bring() => ((IPortSink)_inbox).Received(_link, new byte[1], default);
    }

    [Fact]
    public void The_end_of_the_run_lets_a_waiting_port_go()
    {
        var port = new Thread(() =>
        {
            for (var i = 0; i < 400; i++) ((IPortSink)_inbox).Received(_link, new byte[10_000], default);
        });
        port.Start();
        Thread.Sleep(100);
        _inbox.Dispose();
        port.Join(Eventually.Limit).ShouldBeTrue();
    }

    private sealed class SilentRun : ILiveRun
    {
        public TimeSpan Now => default;

        public double Speed => 1;

        public void Ring()
        {
        }
    }
}
