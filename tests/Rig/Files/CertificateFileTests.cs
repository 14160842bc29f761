using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Rig.Files;

namespace AirHil.Rig.Tests.Files;

public sealed class CertificateFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-certificate-");
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public CertificateFileTests()
    {
        _certificate = SelfSigned("CN=own", _key);
        Write("own.crt", _certificate.ExportCertificatePem());
        Write("own.key", _key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_pair_is_read_from_two_files_or_one_with_a_mark_or_text_before_it()
    {
        CertificateFile.Read(At("own.crt"), At("own.key")).Certificate.HasPrivateKey.ShouldBeTrue();
        var both = File.ReadAllText(At("own.key")) + "\n" + File.ReadAllText(At("own.crt"));
        foreach (var text in (string[])[both, "\uFEFF" + both, "Bag Attributes\n" + both])
        {
            Write("both.pem", text);
            CertificateFile.Read(At("both.pem"), null).Certificate.HasPrivateKey.ShouldBeTrue();
        }

        File.WriteAllBytes(At("both.p12"), _certificate.Export(X509ContentType.Pkcs12));
        CertificateFile.Read(At("both.p12"), null).Certificate.HasPrivateKey.ShouldBeTrue();
    }

    /// <summary>OpenSSL's ecparam writes the parameters of the curve in front of the key.</summary>
    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void A_pair_on_a_curve_is_read_in_each_form_of_its_key(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var certificate = SelfSigned("CN=curve", key);
        const string parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        Write("curve.crt", certificate.ExportCertificatePem());
        foreach (var text in (string[])
            [key.ExportPkcs8PrivateKeyPem(), key.ExportECPrivateKeyPem(), parameters + key.ExportECPrivateKeyPem()])
        {
            Write("curve.key", text);
            CertificateFile.Read(At("curve.crt"), At("curve.key")).Certificate.GetECDsaPrivateKey().ShouldNotBeNull();
        }
    }

    [Fact]
    public void Those_above_it_come_along_in_any_order()
    {
        using var key = RSA.Create(2048);
        using var above = SelfSigned("CN=above", key);
        var (own, other) = (_certificate.ExportCertificatePem() + "\n", above.ExportCertificatePem() + "\n");
        foreach (var text in (string[])[own + other, other + own])
        {
            Write("chain.crt", text);
            var pair = CertificateFile.Read(At("chain.crt"), At("own.key"));
            pair.Certificate.Subject.ShouldBe("CN=own");
            pair.Chain.ShouldHaveSingleItem().Subject.ShouldBe("CN=above");
        }
    }

    [Fact]
    public void What_is_no_pair_is_told_with_its_file_and_the_reason()
    {
        using var other = RSA.Create(2048);
        using var small = RSA.Create(1024);
        Write("other.key", other.ExportPkcs8PrivateKeyPem());
        Write("locked.key", _key.ExportEncryptedPkcs8PrivateKeyPem("secret", Pbe()));
        Write("cut.crt", "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n");
        Write("small.crt", SelfSigned("CN=small", small).ExportCertificatePem());
        Write("small.key", small.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(At("locked.p12"), _certificate.Export(X509ContentType.Pkcs12, "secret"));
        Write("large.crt", new string(' ', (1 << 20) + 1));
        Directory.CreateDirectory(At("folder"));
        foreach (var (file, key, reason) in ((string, string?, string)[])
        [
            ("own.crt", "other.key", "other.key': its private key does not belong to the certificate"),
            ("own.crt", "locked.key", "locked.key': its private key is encrypted"),
            ("own.crt", "own.crt", "own.crt' holds no private key"),
            ("own.crt", null, "own.crt' holds no private key"),
            ("own.key", "own.key", "own.key' holds no certificate"),
            ("cut.crt", "own.key", "cut.crt': a certificate in it is damaged"),
            ("small.crt", "small.key", "has 1024 bits"),
            ("locked.p12", null, "neither PEM nor PKCS #12 without a password"),
            ("large.crt", "own.key", "has more than 1048576 bytes"),
            ("folder", "own.key", "folder' is a folder"),
            ("own.crt", "folder", "folder' is a folder"),
            ("own.crt", "missing", "missing'"),
        ])
        {
            Should.Throw<IOException>(() => CertificateFile.Read(At(file), key is null ? null : At(key)))
                .Message.ShouldContain(reason);
        }
    }

    [Fact]
    public void A_pipe_or_a_device_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices as Linux has them");
        using (var fifo = Process.Start("mkfifo", [At("pipe")])) fifo.WaitForExit();
        foreach (var special in (string[])[At("pipe"), "/dev/zero"])
        {
            Should.Throw<IOException>(() => CertificateFile.Read(special, At("own.key")))
                .Message.ShouldContain("is a device, a pipe or a socket");
            Should.Throw<IOException>(() => CertificateFile.Read(At("own.crt"), special))
                .Message.ShouldContain("is a device, a pipe or a socket");
        }
    }

    [Fact]
    public void Its_dates_are_judged()
    {
        var pair = CertificateFile.Read(At("own.crt"), At("own.key"));
        pair.WhyOutOfDate(DateTimeOffset.UtcNow).ShouldBeNull();
        pair.WhyOutOfDate(DateTimeOffset.UtcNow.AddYears(1)).ShouldNotBeNull().ShouldStartWith("is valid from");
        pair.WhyOutOfDate(DateTimeOffset.UtcNow.AddYears(-1)).ShouldNotBeNull();
    }

    private static X509Certificate2 SelfSigned(string name, RSA key) =>
        new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private static X509Certificate2 SelfSigned(string name, ECDsa key) =>
        new CertificateRequest(name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private static PbeParameters Pbe() => new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
