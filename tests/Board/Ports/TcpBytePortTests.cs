using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

public sealed class TcpBytePortTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TcpBytePortTests() => _listener.Start();

    private PortAddress.Tcp Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Every_byte_value_passes_both_ways()
    {
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        using var port = PortOpener.Open(Address);
        using var peer = _listener.AcceptSocket();
        port.Write(all);
        var there = new byte[256];
        peer.ReceiveTimeout = 20_000;
        for (var have = 0; have < 256;) have += peer.Receive(there.AsSpan(have));
        there.ShouldBe(all);
        peer.Send(all);
        var here = new byte[256];
        var got = 0;
        Eventually.Holds(() => (got += port.Read(here.AsSpan(got))) == 256, "256 bytes");
        here.ShouldBe(all);
    }

    [Fact]
    public void A_read_without_bytes_ends_by_itself_with_none()
    {
        using var port = PortOpener.Open(Address);
        port.Read(new byte[16]).ShouldBe(0);
        port.IsAlive.ShouldBeTrue();
    }

    [Fact]
    public void A_peer_that_closes_is_gone()
    {
        using var port = PortOpener.Open(Address);
        _listener.AcceptSocket().Dispose();
        Should.Throw<PortGoneException>(() =>
        {
            for (var i = 0; i < 100; i++) port.Read(new byte[16]);
        }).Message.ShouldContain("the peer closed the connection");
        port.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void A_peer_that_takes_nothing_ends_a_write_by_time_out()
    {
        using var port = PortOpener.Open(Address);
        using var peer = _listener.AcceptSocket();
        var since = Stopwatch.GetTimestamp();
        Should.Throw<TimeoutException>(() => port.Write(new byte[64 << 20]));
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Nobody_there_is_explained()
    {
        var address = Address;
        _listener.Stop();
        var problem = Should.Throw<PortNotOpenException>(() => PortOpener.Open(address));
        problem.Message.ShouldStartWith(address.ToString());
        problem.Message.ShouldContain("ser2net");
    }

    [Fact]
    public void A_link_connects_again_when_the_peer_comes_back()
    {
        var sink = new SinkSpy();
        using var link = new PortLink("far", Address, 115_200, sink, () => TimeSpan.Zero);
        link.Start();
        using (var first = _listener.AcceptSocket())
        {
            first.Send("one"u8);
            Eventually.Holds(() => sink.Count == 3, "the first bytes");
        }

        using var second = _listener.AcceptSocket();
        second.Send("two"u8);
        Eventually.Holds(() => sink.Count == 6, "the other bytes");
        sink.Bytes.ShouldBe("onetwo"u8.ToArray());
        sink.TimesLost.ShouldBe(1);
    }
}
