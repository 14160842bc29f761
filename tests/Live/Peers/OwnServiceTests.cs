using System.Globalization;
using AirHil.Live.Tests.Network;
using AirHil.Rig.Service.Machine;

namespace AirHil.Live.Tests.Peers;

/// <summary>The rig's own broker and HTTP server on real sockets, and the field's usual clients.</summary>
[Trait("Peer", "real")]
public sealed class OwnServiceTests : IAsyncDisposable
{
    private readonly LiveWorld _world = new(endpoints:
    [
        EndpointText.Parse("mqtt://broker.test=broker"), EndpointText.Parse("mqtts://broker.test=broker"),
        EndpointText.Parse("http://web.test/echo=echo"), EndpointText.Parse("https://web.test/hello=200 hello"),
        EndpointText.Parse("http://web.test/later=503|200 there"),
    ]);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(1883, "0")]
    [InlineData(1883, "1")]
    [InlineData(1883, "2")]
    [InlineData(8883, "2")]
    public void Mosquittos_clients_talk_by_our_broker(int port, string qos)
    {
        using var clients = new PeerProgram("mosquitto_pub", "mosquitto-clients");
        var subscriber = PeerProgram.Find("mosquitto_sub", "mosquitto-clients");
        string[] place = ["-h", "localhost", "-p", Port(port, "broker.test"), .. port == 8883
            ? (string[])["--cafile", clients.Write("ca.pem", LiveWorld.Lab.Value.Authority.ExportCertificatePem())]
            : []];
        var heard = clients.Run(
            subscriber, [.. place, "-t", "a/#", "-q", qos, "-C", "3", "-F", "%t %p %q %r", "-W", "20"]);
        _world.Until(() => _world.Kinds.Contains("mqtt.subscribe.in"), "the subscriber");
        for (var i = 0; i < 2; i++)
        {
            _world.During(clients.Run(clients.Program, [.. place, "-t", $"a/{i}", "-m", $"m{i}", "-q", qos]));
        }

        _world.During(clients.Run(clients.Program, [.. place, "-t", "a/kept", "-m", "old", "-q", qos, "-r"]));
        Lines(_world.During(heard)).ShouldBe([$"a/0 m0 {qos} 0", $"a/1 m1 {qos} 0", $"a/kept old {qos} 0"]);
        Lines(_world.During(clients.Run(
            subscriber, [.. place, "-t", "a/+", "-q", qos, "-C", "1", "-F", "%t %p %q %r", "-W", "20"])))
            .ShouldBe([$"a/kept old {qos} 1"]);
        _world.Kinds.ShouldNotContain("mqtt.violation");
    }

    [Fact]
    public void A_will_of_mosquittos_client_is_published_where_it_is_killed()
    {
        using var clients = new PeerProgram("mosquitto_sub", "mosquitto-clients");
        string[] place = ["-h", "localhost", "-p", Port(1883, "broker.test"), "-W", "20"];
        var heard = clients.Run(clients.Program, [.. place, "-t", "will", "-C", "1"]);
        using (var other = new PeerProgram("mosquitto_sub", "mosquitto-clients"))
        {
            _ = other.Run(other.Program, [.. place, "-t", "x", "--will-topic", "will", "--will-payload", "gone"]);
            _world.Until(() => _world.Kinds.Count(kind => kind == "mqtt.subscribe.in") == 2, "both clients");
        }

        Lines(_world.During(heard)).ShouldBe(["gone"]);
    }

    [Theory]
    [InlineData("http", 80, "/echo", "POST|-d|a=b", "a=b")]
    [InlineData("http", 80, "/echo", "POST|-d|@big|-H|Expect: 100-continue", "100000")]
    [InlineData("http", 80, "/echo", "POST|-T|-|-H|Transfer-Encoding: chunked", "")]
    [InlineData("https", 443, "/hello", "GET", "hello")]
    [InlineData("http", 80, "/nowhere", "GET|-o|/dev/null|-w|%{http_code}", "404")]
    [InlineData("http", 80, "/later", "GET|--retry|2|--retry-delay|1|-f|-s|--no-show-error", "there")]
    public void Curl_asks_our_server(string scheme, int port, string path, string words, string expected)
    {
        using var curl = new PeerProgram("curl", "curl");
        curl.Write("big", new string('x', 100_000));
        var authority = curl.Write("ca.pem", LiveWorld.Lab.Value.Authority.ExportCertificatePem());
        var answer = _world.During(curl.Run(
            curl.Program,
            ["-sS", "--max-time", "20", "--cacert", authority, "-X", .. words.Split('|'),
                $"{scheme}://localhost:{Port(port, "web.test")}{path}"]));
        if (expected == "100000") answer.Length.ShouldBe(100_000);
        else answer.ShouldEndWith(expected);
        _world.Kinds.ShouldNotContain("http.violation");
    }

    [Fact]
    public void Curl_keeps_one_connection_for_several_requests()
    {
        using var curl = new PeerProgram("curl", "curl");
        var url = $"http://localhost:{Port(80, "web.test")}/echo";
        _world.During(curl.Run(curl.Program, "-sS", url, url, url)).Split("GET /echo").Length.ShouldBe(4);
        _world.Kinds.Count(kind => kind == "service.accept").ShouldBe(1);
    }

    private string Port(int port, string host) =>
        _world.Place(port, host).Port.ToString(CultureInfo.InvariantCulture);

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
