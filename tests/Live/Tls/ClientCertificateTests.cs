using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Network;
using AirHil.Live.Tests.Network;
using AirHil.Modem.Air;

namespace AirHil.Live.Tests.Tls;

/// <summary>TLS of a module with real servers: certificates on curves, a client's own, and versions.</summary>
[Trait("Clock", "wall")]
public sealed class ClientCertificateTests : IAsyncDisposable
{
    private readonly Server _server = new();
    private readonly LiveWorld _world = new(new LiveNetworkOptions { Resolver = new FakeResolver() });

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void A_certificate_on_a_curve_is_shown_and_checked(string curve)
    {
        using var authority = Key(curve);
        using var own = Key(curve);
        var server = Signed("CN=server", authority);
        var client = Signed("CN=client", own);
        var serve = Serve(server, SslProtocols.None);
        _world.Open(1, FakeResolver.Known, _server.Port);
        _world.Do(new AirRequest.StartTls(1, FakeResolver.Known, server.ExportCertificatePem())
        {
            Identity = client.ExportCertificatePem() + "\n" + own.ExportECPrivateKeyPem(),
        });
        _world.Await<AirEvent.TlsOpened>();
        _world.During(serve).ShouldBe("CN=client over Tls12");
    }

    [Fact]
    public void A_key_of_another_certificate_is_not_shown()
    {
        using var own = Key("nistP256");
        using var other = Key("nistP256");
        var serve = Serve(Signed("CN=server", own), SslProtocols.None);
        _world.Open(1, FakeResolver.Known, _server.Port);
        _world.Do(new AirRequest.StartTls(1, FakeResolver.Known)
        {
            Identity = Signed("CN=client", own).ExportCertificatePem() + "\n" + other.ExportPkcs8PrivateKeyPem(),
        });
        _world.During(serve).ShouldBe("refused");
        _world.Notices.ShouldContain(n => n.StartsWith("the client certificate for server.test is not shown"));
    }

    [Fact]
    public void A_server_that_speaks_only_tls_1_3_is_none_for_the_module()
    {
        using var own = Key("nistP256");
        var serve = Serve(Signed("CN=server", own), SslProtocols.Tls13);
        _world.Open(1, FakeResolver.Known, _server.Port);
        _world.Do(new AirRequest.StartTls(1, FakeResolver.Known));
        _world.Await<AirEvent.TlsFailed>();
        _world.During(serve).ShouldBe("refused");
    }

    private Task<string> Serve(X509Certificate2 certificate, SslProtocols versions) => Task.Run(async () =>
    {
        using var peer = await _server.Accept();
        await using var tls = new SslStream(new NetworkStream(peer));
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                EnabledSslProtocols = versions,
            });
            return $"{tls.RemoteCertificate?.Subject} over {tls.SslProtocol}";
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return "refused";
        }
    }, TestContext.Current.CancellationToken);

    private static ECDsa Key(string curve) => ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));

    private static X509Certificate2 Signed(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(FakeResolver.Known);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
