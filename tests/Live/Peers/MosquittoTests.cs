using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Tests.Network;

namespace AirHil.Live.Tests.Peers;

/// <summary>The module's MQTT client and Eclipse Mosquitto.</summary>
[Trait("Peer", "real")]
public sealed class MosquittoTests
{
    private const string Package = "mosquitto";
    private const string Clients = "mosquitto-clients";

    private const string Client =
        """
            c:auth("airhil", "user", "secret", CLEAN)
            c:keepalive(60)
            c:on(function(client, event, data, payload, meta)
                local flags = meta and string.format("%d %d %d", meta.qos, meta.retain, meta.dup)
                log.info("got", event, data, payload, flags)
                if event == "conack" then sys.publish("UP") end
            end)
            c:connect()
            sys.waitUntil("UP")

        """;

    [Fact]
    public async Task Messages_of_every_quality_go_there_and_back()
    {
        using var broker = Broker();
        await using var module = await LiveModule.Start(
            broker.Port,
            "local c = mqtt.create(nil, 'server.test', PORT)\n"
            + Client.Replace(", CLEAN", "", StringComparison.Ordinal) + """
                for qos = 0, 2 do
                    c:subscribe("t/" .. qos, qos)
                    sys.wait(200)
                    log.info("got", "id", c:publish("t/" .. qos, "hello " .. qos, qos))
                    sys.wait(200)
                end
                sys.wait(1000) -- all that was asked for is answered by then, also on a busy host
                c:publish("big", string.rep("x", 6000), 1)
                c:unsubscribe("t/0")
                sys.wait(200)
                c:publish("t/0", "unheard", 1)
            """);
        await module.Logs("I/user.got\tconack", "I/user.got\tid\t0");
        // The third value is of the packet that was parsed last, which may be an acknowledgement (net §3.3).
        await module.Logs("recv\tt/0\thello 0\t0 0 0", "recv\tt/1\thello 1\t", "recv\tt/2\thello 2\t");
        await module.Logs("I/user.got\tsent\t6", "I/user.got\tsent\t8");
    }

    [Fact]
    public async Task A_retained_message_waits_for_the_module_and_a_last_will_for_its_end()
    {
        using var broker = Broker();
        var port = broker.Port.ToString(CultureInfo.InvariantCulture);
        var watched = broker.Run(
            PeerProgram.Find("mosquitto_sub", Clients), "-p", port, "-t", "#", "-C", "2", "-F", "%t %p %q");
        await broker.Run(
            PeerProgram.Find("mosquitto_pub", Clients), "-p", port, "-t", "kept", "-m", "old", "-r", "-q", "1");
        await using var module = await LiveModule.Start(
            broker.Port,
            "local c = mqtt.create(nil, 'server.test', PORT)\nc:will('gone', 'bye', 1)\n"
            + Client.Replace(", CLEAN", "", StringComparison.Ordinal) + "c:subscribe('kept', 1)");
        await module.Logs("I/user.got\trecv\tkept\told\t1 1 0");
        await module.LosesItsConnections();
        await module.Logs("I/user.got\tdisconnect");
        (await module.During(watched)).ReplaceLineEndings("\n").ShouldBe("kept old 0\ngone bye 0\n");
    }

    [Fact]
    public async Task A_session_that_is_kept_gets_what_came_meanwhile()
    {
        using var broker = Broker();
        var port = broker.Port.ToString(CultureInfo.InvariantCulture);
        await using var module = await LiveModule.Start(
            broker.Port,
            "local c = mqtt.create(nil, 'server.test', PORT)\nc:autoreconn(true, 3000)\n"
            + Client.Replace("CLEAN", "false", StringComparison.Ordinal) + "c:subscribe('news', 2)");
        await module.Logs("I/user.got\tconack");
        await module.During(Task.Run(async () =>
        {
            await Task.Delay(500);
            return "";
        }));
        await module.LosesItsConnections();
        await module.Logs("I/user.got\tdisconnect");
        await broker.Run(
            PeerProgram.Find("mosquitto_pub", Clients), "-p", port, "-t", "news", "-m", "kept", "-q", "2");
        await module.Logs("I/user.got\tconack", "I/user.got\trecv\tnews\tkept\t2 0 0");
    }

    [Fact]
    public async Task Over_TLS_the_module_checks_by_its_authority()
    {
        using var broker = Broker();
        using var other = RSA.Create(2048);
        using var stranger = new CertificateRequest(
            "CN=another authority", other, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var module = await LiveModule.Start(
            broker.SecondPort,
            $$$"""
                local own = [[{{{LiveWorld.Lab.Value.Authority.ExportCertificatePem()}}}]]
                local other = [[{{{stranger.ExportCertificatePem()}}}]]
                for i, tls in ipairs {true, {server_cert = own}, {server_cert = other}, {}} do
                    local c = mqtt.create(nil, "server.test", PORT, tls)
                    c:auth("airhil" .. i)
                    c:on(function(client, event) sys.publish("HAPPENED", event) end)
                    c:connect()
                    local _, event = sys.waitUntil("HAPPENED")
                    log.info("got", i, event)
                    c:close()
                end
            """);
        const string Distrust = "network_state_shakehand 811:0x2700, 3";
        await module.Logs(
            "got\t1\tconack", "got\t2\tconack", Distrust, "got\t3\tdisconnect", Distrust, "got\t4\tdisconnect");
    }

    [Fact]
    public async Task A_wrong_password_is_told_by_its_code()
    {
        using var broker = Broker("allow_anonymous false\n");
        await using var module = await LiveModule.Start(
            broker.Port, "local c = mqtt.create(nil, 'server.test', PORT)\n"
            + Client.Replace(", CLEAN", "", StringComparison.Ordinal));
        await module.Logs("W/mqtt CONACK 0x05", "I/user.got\tdisconnect\t5.000000");
    }

    private static PeerProgram Broker(string access = "allow_anonymous true\n")
    {
        var broker = new PeerProgram("mosquitto", Package);
        var certificate = LiveWorld.Lab.Value.For(FakeResolver.Known);
        var shown = broker.Write("server.pem", certificate.ExportCertificatePem());
        using var key = certificate.GetRSAPrivateKey()!;
        var secret = broker.Write("server.key", key.ExportPkcs8PrivateKeyPem());
        broker.Start(broker.Port, "-c", broker.Write(
            "mosquitto.conf",
            $"""
            {access}
            {(Environment.UserName == "root" ? "user root" : "")}
            listener {broker.Port} 127.0.0.1
            listener {broker.SecondPort} 127.0.0.1
            certfile {shown}
            keyfile {secret}
            """));
        return broker;
    }
}
