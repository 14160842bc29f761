using AirHil.Modem.Air;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>
/// Certificates that scripts give to socket.config, mqtt.create and http.request (L:luat_network_adapter.c,
/// luat_lib_socket.c, luat_mqtt_client.c, luat_lib_http.c). <c>A</c> is an authority, <c>C</c> and <c>K</c> are the
/// certificate of a client and its key.
/// </summary>
public sealed class TlsSetupTests
{
    private const string Debugged = "local c = socket.create(nil, told) socket.debug(c, true) ";

    public static TheoryData<string> Kinds => ["rsa", "nistP256", "nistP384", "nistP521", "secp256k1"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_can_be_read_reaches_the_air(string kind)
    {
        using var authority = Certificates.Of(kind);
        using var own = Certificates.Of(kind);
        var (pem, key) = (own.ExportCertificatePem(), Certificates.Key(own));
        foreach (var call in (string[])
        [
            "local c = socket.create(nil, told) socket.config(c, nil, false, true, nil, nil, nil, A, C, K) " +
                "socket.connect(c, '203.0.113.9', 9)",
            "local m = mqtt.create(nil, '203.0.113.9', 9, {server_cert = A, client_cert = C, client_key = K}) " +
                "m:connect()",
            "http.request('GET', 'https://203.0.113.9:9/', nil, nil, nil, A, C, K)",
        ])
        {
            var air = SocketBench.Air();
            SocketBench.Run($"{Texts(authority.ExportCertificatePem(), pem, key)} {call}", 8, air);
            var seen = air.Requests.Select(sent => sent.Request).OfType<AirRequest.StartTls>().First();
            seen.Authorities!.TrimEnd().ShouldBe(authority.ExportCertificatePem());
            seen.Identity.ShouldStartWith(pem);
            seen.Identity.ShouldContain("PRIVATE KEY-----");
        }
    }

    /// <summary>The line is one of <c>socket.debug</c>; the call gives true all the same.</summary>
    [Theory]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, 'x')", "network_set_server_cert 1830:00002180")]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, A .. 'x' .. A:gsub('%x', '!', 90))", null)]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, A, 'x', K)",
        "network_set_client_cert 1862:00002180")]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, A, C .. '\\n' .. C:gsub('M', '!'), K)",
        "network_set_client_cert 1862:ffffffff")]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, A, C, 'x')",
        "network_set_client_cert 1872:00003d00")]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, nil, C, C)",
        "network_set_client_cert 1872:00003d00")]
    [InlineData("socket.config(c, nil, false, true, nil, nil, nil, nil, C, K, 'x')", null)]
    [InlineData("socket.config(c, nil, false, false, nil, nil, nil, 'x', 'x', 'x')", null)]
    [InlineData("socket.config(c, nil, true, true, nil, nil, nil, 'x', 'x', 'x')", null)]
    public void What_cannot_be_read_is_a_line_of_debug(string call, string? line)
    {
        using var own = Certificates.Of("nistP256");
        var pem = own.ExportCertificatePem();
        var bench = SocketBench.Run($"{Texts(pem, pem, Certificates.Key(own))} {Debugged} show({call})", 8);
        bench.Told().ShouldContain("true");
        bench.Lines.Where(text => text.Contains("network_set_", StringComparison.Ordinal))
            .ShouldBe(line is null ? [] : [line]);
    }

    [Theory]
    [InlineData("server_cert = 'x'", "network_set_server_cert error")]
    [InlineData("server_cert = A, client_cert = 'x', client_key = K", "network_set_client_cert error")]
    [InlineData("client_cert = C", "network_set_client_cert error")]
    [InlineData("client_cert = C, client_key = 'x'", "network_set_client_cert error")]
    [InlineData("client_cert = 5, client_key = 'x'", null)]
    public void Mqtt_makes_no_client_with_what_cannot_be_read(string table, string? line)
    {
        using var own = Certificates.Of("nistP256");
        var pem = own.ExportCertificatePem();
        var bench = SocketBench.Run(
            $"{Texts(pem, pem, Certificates.Key(own))} show(type((mqtt.create(nil, 'h', 9, {{{table}}}))))", 8);
        bench.Told().ShouldBe([line is null ? "userdata" : "nil"]);
        if (line is null) return;
        bench.Lines.ShouldContain($"E/mqtt {line}");
        bench.Lines.ShouldContain("E/mqtt 设置mqtt参数失败");
    }

    [Fact]
    public void Http_goes_on_with_what_cannot_be_read()
    {
        var bench = SocketBench.Run(
            "show(http.request('GET', 'https://203.0.113.9:9/', nil, nil, {debug = true, timeout = 500}, 'x', 'y')" +
            ".wait())", 8);
        bench.Lines.ShouldContain("network_set_server_cert 1830:00002180");
        bench.Lines.ShouldContain("network_set_client_cert 1862:00002180");
    }

    /// <summary>
    /// V1112 counts the zero behind the password to it: OpenSSL's own form never opens, PKCS #8 does.
    /// </summary>
    [Theory]
    [InlineData("-aes128 -traditional", "'secret'", "00003b80")]
    [InlineData("-aes128 -traditional", "nil", "00003c00")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1", "'secret'", null)]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1", "'secreT'", "00003b80")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1", "nil", "00003b80")]
    public void A_password_has_a_zero_at_its_end(string form, string password, string? code)
    {
        using var own = Certificates.Of("rsa");
        var pem = own.ExportCertificatePem();
        var bench = SocketBench.Run(
            $"{Texts(pem, pem, EncryptedKeys.Of(form))} {Debugged} " +
            $"show(socket.config(c, nil, false, true, nil, nil, nil, nil, C, K, {password}))", 8);
        bench.Lines.Where(text => text.Contains("network_set_", StringComparison.Ordinal))
            .ShouldBe(code is null ? [] : [$"network_set_client_cert 1872:{code}"]);
    }

    private static string Texts(string authority, string certificate, string key) =>
        $"local A, C, K = [[{authority}]], [[{certificate}]], [[{key}]]";
}
