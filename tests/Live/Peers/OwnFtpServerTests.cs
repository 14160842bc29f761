using System.Globalization;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Live.Tests.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Live.Tests.Peers;

/// <summary>The rig's own FTP server on real sockets, and curl as its client.</summary>
[Trait("Peer", "real")]
public sealed class OwnFtpServerTests : IAsyncDisposable
{
    private readonly LiveWorld _world = new(
        new LiveNetworkOptions
        {
            // A client is told these ports, so the edge has to listen there.
            Edge = new EdgeOptions
            {
                Ports = [.. Enumerable.Range(19_000, 4).Select(port => new EdgePort("files.test", port, port))],
            },
        },
        [Server()]);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Curl_brings_and_takes_files()
    {
        using var curl = new PeerProgram("curl", "curl");
        var up = curl.Write("up.bin", new string('x', 300_000));
        Run(curl, "in/hello.txt").ShouldBe("hello");
        Run(curl, "in/hello.txt", "--disable-epsv").ShouldBe("hello");
        Run(curl, "in/").ShouldContain("hello.txt");
        Run(curl, "made/up.bin", "-T", up, "--ftp-create-dirs").ShouldBe("");
        Run(curl, "made/up.bin").Length.ShouldBe(300_000);
        Run(curl, "", "-Q", "DELE /made/up.bin", "-l").ShouldBe("in\nmade\n");
        Run(curl, "none.txt", "-w", "%{response_code}", "-s", "--no-show-error").ShouldBe("550");
    }

    private string Run(PeerProgram curl, string path, params string[] more) => _world.During(curl.Run(
        curl.Program,
        ["-sS", "--max-time", "20", "--user", "module:secret", .. more, string.Create(
            CultureInfo.InvariantCulture, $"ftp://localhost:{_world.Place(21, "files.test").Port}/{path}")]));

    private static Endpoint Server()
    {
        var url = ServiceUrl.Parse("ftp://files.test");
        var users = EndpointText.Parse(
            url, null, new ServiceTable("users", ["user", "password"], [["module", "secret"]]));
        return EndpointText.Parse(
            url, users, new ServiceTable("files", ["path", "body"], [["/in/hello.txt", "hello"]]));
    }
}
