using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Tls;

namespace AirHil.Live.Tests.Tls;

public sealed class LabCertificatesTests
{
    [Fact]
    public void A_hosts_certificate_is_for_it_and_below_the_authority()
    {
        using var lab = new LabCertificates();
        var certificate = lab.For("echo.test");
        certificate.HasPrivateKey.ShouldBeTrue();
        certificate.MatchesHostname("echo.test").ShouldBeTrue();
        certificate.MatchesHostname("localhost").ShouldBeTrue();
        certificate.MatchesHostname("other.test").ShouldBeFalse();
        lab.For("192.0.2.7").MatchesHostname("192.0.2.7").ShouldBeTrue();
        lab.For("ECHO.test").ShouldBeSameAs(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(lab.Authority.ExportCertificatePem()));
        chain.Build(certificate).ShouldBeTrue(string.Join(", ", chain.ChainStatus.Select(s => s.Status)));
    }
}
