namespace AirHil.VirtualModem.Network;

/// <summary>Certificates of a script, as the firmware has read them (mbedtls_x509_crt_parse).</summary>
/// <param name="Error">
/// 0: it took all. Else mbedTLS's number without its sign, or, where it took some, minus the number of the others.
/// </param>
/// <param name="Pem">Those that it took.</param>
internal sealed record PemCertificates(int Error, string Pem);
