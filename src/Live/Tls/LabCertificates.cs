using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirHil.Live.Tls;

/// <summary>
/// Server certificates made in memory, below an authority that lives as long as this object: for services of a bench
/// that were given none. RSA 2048, which every TLS stack of the field takes.
/// </summary>
public sealed class LabCertificates : IDisposable
{
    private const int MostHosts = 256;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, X509Certificate2> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SslStreamCertificateContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateTimeOffset _made = DateTimeOffset.UtcNow;

    public LabCertificates()
    {
        var request = new CertificateRequest(
            "CN=AirHIL lab authority", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(_made.AddDays(-1), _made + Lifetime);
    }

    /// <summary>What a client has to trust, with its private key: do not hand it out as it is.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>A certificate for a host (name or IPv4 address) and for this machine.</summary>
    /// <exception cref="InvalidOperationException">More than 256 hosts have one already.</exception>
    public X509Certificate2 For(string host)
    {
        lock (_lock)
        {
            if (_byHost.TryGetValue(host, out var known)) return known;
            if (_byHost.Count >= MostHosts)
            {
                throw new InvalidOperationException($"More than {MostHosts} hosts ask for a certificate");
            }

            var made = Make(host);
            _byHost.Add(host, made);
            return made;
        }
    }

    /// <summary>The same as servers use it: with its chain, which is built once and with nobody's help.</summary>
    /// <exception cref="InvalidOperationException">More than 256 hosts have one already.</exception>
    public SslStreamCertificateContext ContextFor(string host)
    {
        lock (_lock)
        {
            if (_contexts.TryGetValue(host, out var known)) return known;
            var made = SslStreamCertificateContext.Create(For(host), null, offline: true);
            _contexts.Add(host, made);
            return made;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var certificate in _byHost.Values) certificate.Dispose();
            _byHost.Clear();
            _contexts.Clear();
        }

        Authority.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Make(string host)
    {
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=AirHIL bench service"), _key, HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork)
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        using var signed = request.Create(
            Authority, _made.AddDays(-1), _made + Lifetime - TimeSpan.FromHours(1),
            RandomNumberGenerator.GetBytes(16));
        using var whole = signed.CopyWithPrivateKey(_key);

        // Windows takes no key that lives in memory alone; a round trip through PKCS #12 makes it one that it takes.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
