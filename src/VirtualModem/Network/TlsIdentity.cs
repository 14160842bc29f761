namespace AirHil.VirtualModem.Network;

/// <summary>A client certificate of a script with its private key, as the firmware has read them.</summary>
/// <param name="Certificates">The certificate, and those above it.</param>
/// <param name="KeyError">0: the key can be used. Else mbedTLS's number without its sign.</param>
/// <param name="KeyPem">The key in PEM, without a password.</param>
internal sealed record TlsIdentity(PemCertificates Certificates, int KeyError, string KeyPem);
