using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirHil.Live.Tls;

/// <summary>How the certificates of servers are judged for the virtual module.</summary>
public sealed class CertificatePolicy
{
    private readonly bool _isBinding;
    private readonly X509Certificate2Collection? _authorities;

    private CertificatePolicy(bool isBinding, X509Certificate2Collection? authorities)
    {
        _isBinding = isBinding;
        _authorities = authorities;
    }

    /// <summary>
    /// As V1112 does: any certificate passes, for it verifies none (reference §3.2, wss). What a check would have said
    /// is noticed in the session.
    /// </summary>
    public static CertificatePolicy AsModule { get; } = new(false, null);

    /// <summary>By this machine's trusted authorities; what does not pass ends the handshake.</summary>
    public static CertificatePolicy Strict { get; } = new(true, null);

    /// <summary>By these authorities alone, such as a lab's own.</summary>
    public static CertificatePolicy TrustOnly(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        return authorities.Count > 0
            ? new CertificatePolicy(true, [.. authorities])
            : throw new ArgumentException("At least one authority is needed to trust anybody", nameof(authorities));
    }

    /// <summary>By authorities in PEM alone; nobody where none can be read.</summary>
    internal static CertificatePolicy TrustOnly(string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // What was readable before it counts.
        }

        return new CertificatePolicy(true, authorities);
    }

    /// <summary>What a client needs to know for a handshake. V1112 speaks TLS 1.2 and older ones, not 1.3.</summary>
    /// <param name="serverName">The name to send and to check.</param>
    /// <param name="identity">The certificate to show, with those above it and its key, in PEM; null: none.</param>
    /// <param name="notice">Told a sentence about a certificate that does not pass; on any thread.</param>
    internal SslClientAuthenticationOptions ClientOptions(string serverName, string? identity, Action<string> notice)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            EnabledSslProtocols = SslProtocols.Tls12,
            ClientCertificateContext = identity is null ? null : ContextOf(serverName, identity, notice),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            {
                if (errors == SslPolicyErrors.None) return true;
                notice(Sentence(serverName, chain, errors));
                return !_isBinding;
            },
        };
        if (_authorities is null) return options;
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        return options;
    }

    /// <summary>The module finds only in the handshake that a key is another's, and the server finds it too.</summary>
    private static SslStreamCertificateContext? ContextOf(string serverName, string pem, Action<string> notice)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(pem);
            using var own = X509Certificate2.CreateFromPem(pem, pem);
            // Windows takes no key that lives in memory alone.
            var kept = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            return SslStreamCertificateContext.Create(kept, all, offline: true);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            notice($"the client certificate for {serverName} is not shown: {problem.Message}");
            return null;
        }
    }

    private string Sentence(string serverName, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) reasons.Add("there is none");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add("it is for another name");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            reasons.Add(
                "its chain is not trusted: "
                + string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()).Distinct() ?? []));
        }

        return $"the certificate of {serverName} does not pass a check ({string.Join("; ", reasons)})"
            + (_isBinding ? "" : "; the module does not check, so the handshake goes on");
    }
}
