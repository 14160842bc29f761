using System.Text;
using AirHil.Rig.Peers;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Service;

/// <summary>A service that meets a connection each second for long keeps none of those that are over.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class ServiceGrowthTests
{
    private const int Warm = 300;

    private const int Measured = 1500;

    /// <summary>The lists of a few places may double meanwhile; a kept connection has some hundreds of bytes.</summary>
    private const int MostBytesEach = 40;

    [Theory]
    [InlineData("http://a.test/=200 hello", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("http://a.test/=200 hello", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("http://a.test/=200 hello", "POST / HTTP/1.1\r\nContent-Length: 900\r\n\r\nhalf")]
    [InlineData("http://a.test/=200 hello", "broken\r\n\r\n")]
    [InlineData("ws://a.test/=echo", "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")]
    [InlineData("ws://a.test/=echo", "GET / HTTP/1.1\r\n")]
    [InlineData("mqtt://a.test=broker", "\u0010\u0010\0\u0004MQTT\u0004\u0002\0\u003c\0\u0004same\u0082\u0006\0\u0001"
        + "\0\u0001a\u0001")]
    [InlineData("mqtt://a.test=broker", "\u0010\u0010\0\u0004MQTT\u0004\0\0\u003c\0\u0004same")]
    [InlineData("mqtt://a.test=broker", "\u0010\u000c\0\u0004MQTT\u0004\u0002\0\u003c\0\0")]
    [InlineData("ftp://a.test=server", "USER a\r\nPASS b\r\nPASV\r\n")]
    [InlineData("tcp://a.test:7=echo", "hello")]
    public void Connections_that_are_over_are_forgotten(string endpoint, string said)
    {
        var parsed = EndpointText.Parse(endpoint);
        Grown(parsed, Encoding.Latin1.GetBytes(said)).ShouldBeLessThan(MostBytesEach);
    }

    [Theory]
    [InlineData("tcp://a.test:7", "function on_connect(c) c:send('hi') end function on_data(d, c) c:send(d) end")]
    [InlineData("tcp://a.test:7", "function on_data(d, c) c:close() end function on_close(c) end")]
    [InlineData("http://a.test/", "function on_request(r) return {status = 200, body = 'x'} end")]
    public void So_are_those_of_a_script(string url, string lua)
    {
        var script = new ScriptedService(new PeerScript("service.lua", lua, []));
        var endpoint = new Endpoint(ServiceUrl.Parse(url), script);
        Grown(endpoint, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray()).ShouldBeLessThan(MostBytesEach);
    }

    /// <summary>Bytes that the service holds more for each connection that came and went.</summary>
    private static double Grown(Endpoint endpoint, byte[] said)
    {
        var machine = new ServiceMachine([endpoint], ServiceWorld.Date);
        var (heard, connection) = (0, 0);
        Meet(Warm);
        var before = GC.GetTotalMemory(true);
        Meet(Measured);
        var after = GC.GetTotalMemory(true);
        GC.KeepAlive(machine);
        heard.ShouldBeGreaterThan(0);
        return (after - before) / (double)Measured;

        void Meet(int count)
        {
            for (; count > 0; count--)
            {
                var now = TimeSpan.FromSeconds(++connection);
                machine.Handle(
                    new ServiceInput.Accepted(connection, "1", endpoint.Url.Host, endpoint.Url.Port, false, ""), now);
                machine.Handle(new ServiceInput.Received(connection, said), now);
                Pass(now + TimeSpan.FromMilliseconds(500));
                machine.Handle(
                    new ServiceInput.Closed(connection, connection % 2 == 0), now + TimeSpan.FromMilliseconds(600));
                Pass(now + TimeSpan.FromMilliseconds(900));
            }

            // What waits for a time at most, such as that of idle connections, is over.
            Pass(TimeSpan.FromSeconds(connection += 3600));
        }

        void Pass(TimeSpan until)
        {
            machine.HandleTimeout(until);
            while (machine.TryTake(out _)) heard++;
        }
    }
}
