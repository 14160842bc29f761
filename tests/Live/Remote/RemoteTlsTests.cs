using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Remote;
using AirHil.Rig.Files;

namespace AirHil.Live.Tests.Remote;

/// <summary>What goes wrong between a client and the TLS of a bench is told by its cause.</summary>
public sealed class RemoteTlsTests
{
    private static readonly RemoteOptions Options = new() { Token = "t" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_of_nobody_is_refused_with_its_fingerprint()
    {
        using var own = Certificate();
        await using var server = await Serve(own);
        (await Refusal(server.Url, Options)).ShouldBe(
            $"the bench at {server.Url}one cannot be reached: this machine does not trust its certificate; "
            + $"if 'airhil bench serve' there has printed the SHA-256 {Fingerprint(own)}, give that as --fingerprint; "
            + "is 'airhil bench serve' running there, and is the address right?");
    }

    [Fact]
    public async Task Another_fingerprint_is_told_with_both()
    {
        using var own = Certificate();
        await using var server = await Serve(own);
        (await Refusal(server.Url, Options with { Fingerprint = new string('A', 64) })).ShouldContain(
            $"its certificate has the SHA-256 {Fingerprint(own)} and not the one of --fingerprint");
    }

    [Theory]
    [InlineData(-20, -10)]
    [InlineData(10, 20)]
    public async Task Dates_that_do_not_hold_are_told_and_a_fingerprint_knows_the_certificate_anyway(int from, int to)
    {
        using var own = Certificate(from, to);
        await using var server = await Serve(own);
        (await Refusal(server.Url, Options)).ShouldContain(
            $"its certificate is valid from {own.NotBefore:yyyy-MM-dd} to {own.NotAfter:yyyy-MM-dd}");
        await using var target = await Benches.Connect(server.Url, Options with { Fingerprint = Fingerprint(own) });
        target.Board.ShouldBe("one");
    }

    [Fact]
    public async Task A_plain_client_at_a_port_with_TLS_is_told_of_wss()
    {
        using var own = Certificate();
        await using var server = await Serve(own);
        var plain = new UriBuilder(server.Url) { Scheme = "ws" }.Uri;
        (await Refusal(plain, Options)).ShouldContain("a bench with --certificate is at wss://");
    }

    [Fact]
    public async Task A_client_with_TLS_at_a_plain_port_is_told_of_ws()
    {
        await using var server = await Benches.Serve(Board(), Benches.OnAnyPort with { Token = "t" });
        var secure = new UriBuilder(server.Url) { Scheme = "wss" }.Uri;
        (await Refusal(secure, Options)).ShouldContain("a bench without --certificate is at ws://");
    }

    [Fact]
    public async Task A_bench_that_never_shakes_hands_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"wss://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        (await Refusal(url, Options with { ConnectLimit = TimeSpan.FromSeconds(1) })).ShouldContain(
            "it did not answer in time");
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x16, 3, 1, 0, 200, 1, 0 })]
    public async Task A_client_that_never_shakes_hands_is_sent_away(byte[] said)
    {
        using var own = Certificate();
        await using var server = await Serve(own, TimeSpan.FromSeconds(1));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancel);
        await client.GetStream().WriteAsync(said, Cancel);
        await End(client.GetStream());
    }

    [Fact]
    public async Task Nor_may_it_stop_behind_the_handshake()
    {
        using var own = Certificate();
        await using var server = await Serve(own, TimeSpan.FromSeconds(1));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancel);
        await using var tls = new SslStream(
            client.GetStream(), false,
            (_, shown, _, _) => shown?.GetCertHashString() == own.GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost");
        await End(tls);
    }

    private static CountingTarget Board() => new(TimeSpan.FromSeconds(1));

    private static Task<BenchServer> Serve(X509Certificate2 own, TimeSpan? hello = null) =>
        Benches.Serve(Board(), Benches.OnAnyPort with
        {
            Token = "t",
            Certificate = new CertificateFile(own, []),
            Hello = hello ?? Benches.OnAnyPort.Hello,
        });

    private static string Fingerprint(X509Certificate2 own) => own.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>For this machine's own address, of nobody that a machine trusts.</summary>
    private static X509Certificate2 Certificate(int fromDays = -1, int toDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var signed = request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }

    private static async Task<string> Refusal(Uri url, RemoteOptions options)
    {
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(new Uri(url, "one"), options));
        refusal.Reason.ShouldBe(RefusalReason.Unreachable);
        return refusal.Message;
    }

    /// <summary>The other end closes, or resets the connection.</summary>
    private static async Task End(Stream stream)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            var bytes = new byte[1000];
            while (await stream.ReadAsync(bytes, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset.
        }
    }
}
