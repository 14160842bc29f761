using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirHil.Rig.Files;

/// <summary>A certificate for TLS with its private key, from files that the user names.</summary>
/// <param name="Certificate">The certificate that the key belongs to, with the key.</param>
/// <param name="Chain">The other certificates of its file, which clients are sent too.</param>
public sealed record CertificateFile(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <summary>A chain has a handful of certificates, of some kilobytes each.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>OpenSSL at its usual level of security refuses shorter ones in each handshake.</summary>
    private const int LeastRsaBits = 2048;

    /// <summary>Reads PEM from one file or two, or PKCS #12 without a password from one.</summary>
    /// <param name="path">The file of the certificate and of those above it.</param>
    /// <param name="keyPath">The file of the key; null: it is in the same file.</param>
    /// <exception cref="IOException">No usable pair is there; the message names the file and says why.</exception>
    public static CertificateFile Read(string path, string? keyPath)
    {
        var pair = Load(path, keyPath);
        using var rsa = pair.Certificate.GetRSAPublicKey();
        if (rsa is null || rsa.KeySize >= LeastRsaBits) return pair;
        pair.Certificate.Dispose();
        throw new IOException(
            $"'{path}': its RSA key has {rsa.KeySize} bits, and TLS takes none below {LeastRsaBits}");
    }

    /// <summary>Why clients that look at its dates refuse it now; null: they do not.</summary>
    public string? WhyOutOfDate(DateTimeOffset now) =>
        now < Certificate.NotBefore || now > Certificate.NotAfter
            ? $"is valid from {Certificate.NotBefore:yyyy-MM-dd} to {Certificate.NotAfter:yyyy-MM-dd}"
            : null;

    private static CertificateFile Load(string path, string? keyPath)
    {
        var bytes = InputFile.Read(path, MostBytes);
        if (keyPath is null && bytes is [0x30, ..]) return FromPkcs12(path, bytes);
        var text = InputFile.ReadText(path, MostBytes);
        var all = Certificates(path, text);
        var key = keyPath is null ? text : InputFile.ReadText(keyPath, MostBytes);
        CheckKey(keyPath ?? path, key);
        var reason = "";
        foreach (var certificate in all)
        {
            try
            {
                var whole = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
                return new CertificateFile(Kept(whole), [.. all.Where(other => other != certificate)]);
            }
            catch (CryptographicException e)
            {
                reason = e.Message;
            }
        }

        throw new IOException(
            $"'{keyPath ?? path}': its private key does not belong to the certificate of '{path}' " +
            $"({all[0].Subject}), or is damaged: {reason}");
    }

    /// <summary>Windows' TLS takes no key that lives in memory alone.</summary>
    private static X509Certificate2 Kept(X509Certificate2 whole)
    {
        if (!OperatingSystem.IsWindows()) return whole;
        using (whole) return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static CertificateFile FromPkcs12(string path, byte[] bytes)
    {
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, null);
        }
        catch (CryptographicException e)
        {
            throw new IOException($"'{path}' is neither PEM nor PKCS #12 without a password: {e.Message}");
        }

        var own = all.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new IOException($"'{path}' holds no certificate with its private key");
        return new CertificateFile(own, [.. all.Where(c => c != own)]);
    }

    private static X509Certificate2Collection Certificates(string path, string text)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw new IOException($"'{path}': a certificate in it is damaged: {e.Message}");
        }

        return all.Count > 0
            ? all
            : throw new IOException($"'{path}' holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private static void CheckKey(string path, string text)
    {
        if (text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw new IOException(
                $"'{path}': its private key is encrypted, and AirHil asks for no password; " +
                "`openssl pkey -in KEY -out PLAIN` writes one that is not");
        }

        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new IOException($"'{path}' holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
        }
    }
}
