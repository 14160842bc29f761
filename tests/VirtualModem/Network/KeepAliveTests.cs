using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>Probes to a silent peer (reference-net §1.7, row S20; lwIP's tcp_slowtmr).</summary>
public sealed class KeepAliveTests
{
    private readonly StackBench _bench = new();
    private readonly StackBench.User _user;
    private readonly NetworkControl _control;

    public KeepAliveTests()
    {
        _bench.Stack.LinkChanged(true);
        _user = new StackBench.User(_bench);
        _control = _bench.Stack.Allocate(_user)!;
        _control.IsTcp = true;
    }

    [Theory]
    [InlineData(10, 3, 2, "10 13", 16)]
    [InlineData(300, 75, 1, "300", 375)]
    [InlineData(10, 0, 3, "", 10)] // no time for any probe
    [InlineData(10, 3, 0, "", 10)]
    public void A_silent_peer_is_probed_and_given_up(uint idle, byte interval, byte count, string probes, double end)
    {
        Open(new KeepAlive(idle, interval, count));
        _bench.RunTo(1000);
        Probes().ShouldBe(probes);
        _user.Events.ShouldBe([(0, "Online/0"), (end, "Event/-1")]);
        _bench.Last<AirRequest.CloseTcp>().Abort.ShouldBeTrue();
        _bench.Log[^1].Text.ShouldBe("net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -13");
    }

    [Fact]
    public void Whatever_the_peer_sends_starts_the_time_anew()
    {
        Open(new KeepAlive(10, 3, 2));
        _bench.RunTo(11);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 0)); // the answer to the probe of 10 s
        _bench.RunTo(20);
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[2]));
        _bench.RunTo(32);
        Probes().ShouldBe("10 30");
        _user.Events.ShouldBe([(0, "Online/0"), (20, "Event/0")]);
    }

    [Fact]
    public void Nothing_is_probed_without_it_nor_after_the_end()
    {
        Open(null);
        _bench.RunTo(9000);
        _control.Close();
        Open(new KeepAlive(10, 3, 2));
        _bench.RunTo(9005);
        _control.Disconnect();
        _bench.RunTo(20_000);
        Probes().ShouldBe("");
    }

    private void Open(KeepAlive? settings)
    {
        _control.KeepAlive = settings;
        _control.Connect("203.0.113.9", 9);
        _bench.Stack.Receive(new AirEvent.TcpOpened(_bench.Last<AirRequest.OpenTcp>().Connection));
    }

    private string Probes() =>
        string.Join(' ', _bench.Sent.Where(sent => sent.Request is AirRequest.ProbeTcp).Select(sent => sent.At));
}
