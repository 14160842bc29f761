using System.Globalization;

namespace AirHil.Live.Tests.Peers;

/// <summary>The module's SNTP client and chrony.</summary>
[Trait("Peer", "real")]
public sealed class ChronyTests
{
    [Fact]
    public async Task The_module_takes_the_time_of_a_real_server()
    {
        using var server = new PeerProgram("chronyd", "chrony");
        string[] rights = Environment.UserName == "root" ? ["-u", "root"] : ["-U"];
        server.Start(0, ["-d", "-x", .. rights, "-f", server.Write(
            "chrony.conf",
            $"""
            port {server.Port}
            bindaddress 127.0.0.1
            allow 127.0.0.1
            local stratum 1
            cmdport 0
            bindcmdaddress /
            pidfile {Path.Combine(server.Folder, "chronyd.pid")}
            """)]);
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await using var module = await LiveModule.Start(
            server.Port,
            """
                socket.sntp_port(PORT)
                for try = 1, 5 do
                    socket.sntp("server.test")
                    if sys.waitUntil("NTP_UPDATE", 7000) then break end
                end
                log.info("got", os.time(), socket.ntptm().vaild)
            """);
        var line = await module.Logs("I/user.got\t");
        var words = line.Split('\t');
        words[2].ShouldBe("true");
        long.Parse(words[1], CultureInfo.InvariantCulture)
            .ShouldBeInRange(before, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
    }
}
