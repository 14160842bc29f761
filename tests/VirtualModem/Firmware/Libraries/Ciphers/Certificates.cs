using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary>Certificates that sign themselves, made in the test.</summary>
internal static class Certificates
{
    /// <summary>One of RSA, "rsa", or on a curve that the runtime knows by name.</summary>
    public static X509Certificate2 Of(string kind)
    {
        var (key, request) = New(kind);
        using (key)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 2, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("broker.test");
            names.AddIpAddress(new IPAddress([1, 2, 3, 4]));
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            return request.CreateSelfSigned(
                new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2051, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }
    }

    /// <summary>The private key as PKCS #8, in PEM.</summary>
    public static string Key(X509Certificate2 certificate) =>
        (certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? certificate.GetRSAPrivateKey()!)
        .ExportPkcs8PrivateKeyPem();

    private static (AsymmetricAlgorithm Key, CertificateRequest Request) New(string kind)
    {
        if (kind == "rsa")
        {
            var rsa = RSA.Create(2048);
            return (rsa, new CertificateRequest("CN=a, O=b", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        return (key, new CertificateRequest("CN=a, O=b", key, HashAlgorithmName.SHA256));
    }
}
