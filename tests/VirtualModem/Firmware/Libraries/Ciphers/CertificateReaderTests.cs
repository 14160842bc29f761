using System.Text;
using AirHil.VirtualModem.Firmware.Libraries.Ciphers;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary>What mbedTLS 2.28.2, built for 32 bits with the configuration of EC618, says of certificates.</summary>
public sealed class CertificateReaderTests
{
    private const string Good = "nistP256";

    private static readonly Lazy<byte[]> Der = new(() => Certificates.Of(Good).RawData);

    [Theory]
    [InlineData("rsa")]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    [InlineData("secp256k1")]
    [InlineData("brainpoolP384r1")]
    public void A_certificate_is_read_in_pem_and_der(string kind)
    {
        using var certificate = Certificates.Of(kind);
        var pem = certificate.ExportCertificatePem();
        ErrorOf(pem).ShouldBe(0);
        ErrorOf("Certificate:\n" + pem.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\nmore").ShouldBe(0);
        var read = CertificateReader.Read([.. certificate.RawData, 0]);
        read.Error.ShouldBe(0);
        read.Pem.TrimEnd().ShouldBe(pem);
    }

    [Theory]
    [InlineData("", 0x2180)]
    [InlineData("garbage", 0x2180)]
    [InlineData("-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n", 0x2180)]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA", 0x2780)]
    [InlineData("-----BEGIN CERTIFICATE-----AAAA\n-----END CERTIFICATE-----\n", 0x2780)]
    [InlineData("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", 0x112C)]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 0x2180)]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{0}", -1)]
    [InlineData("{0}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", -1)]
    [InlineData("{0}\n{0}\n-----BEGIN CERTIFICATE-----\nAAAA", 0)]
    public void A_text_is_refused_or_in_part(string text, int error) =>
        ErrorOf(text.Replace("{0}", Certificates.Of(Good).ExportCertificatePem(), StringComparison.Ordinal))
            .ShouldBe(error);

    /// <summary>Bytes of the certificate, found by those that stand there, are others.</summary>
    [Theory]
    [InlineData("2A8648CE3D030107", "2A8648CE3D030106", 0x3A00)] // a curve that mbedTLS does not have
    [InlineData("2A8648CE3D030107", "06A8648CE3D03010", 0x3A00)]
    [InlineData("06082A8648CE3D030107", "05082A8648CE3D030107", 0x3D62)]
    [InlineData("06082A8648CE3D030107", "30082A8648CE3D030107", 0x3D00)]
    [InlineData("2A8648CE3D0201", "2A8648CE3D0202", 0x3C80)] // a kind of key
    [InlineData("2A8648CE3D040302", "2A8648CE3D040309", 0x262E)] // a signature
    [InlineData("03420004", "03420003", 0x4E80)] // a point that is packed
    [InlineData("03420004", "03420104", 0x3B68)]
    [InlineData("A003020102", "A003020103", 0x2580)] // the version
    [InlineData("A003020102", "A003020182", 0x2264)]
    [InlineData("A003020102", "A003030102", 0x2262)]
    [InlineData("170D3230", "180D3230", 0x2400)] // a time
    [InlineData("170D3230", "190D3230", 0x2462)]
    [InlineData("170D32303031", "170D32303133", 0x2400)]
    [InlineData("0603550403", "0503550403", 0x23E2)] // a name
    [InlineData("130162", "110162", 0x23E2)]
    [InlineData("130162", "130062", 0x23E6)]
    [InlineData("0603551D130101FF", "0603551D140101FF", 0x2562)] // a critical extension that nobody knows
    [InlineData("0603551D25", "0603551D11", 0x2562)]
    [InlineData("0603551D0E", "0603551D0F", 0x2500)] // twice the same
    [InlineData("030202", "030209", 0x2564)] // the use of the key
    [InlineData("820B62726F6B65722E", "800B62726F6B65722E", 0x2562)] // a name of another kind
    [InlineData("820B62726F6B65722E", "800B06022A0365722E", 0)]
    [InlineData("820B62726F6B65722E74657374", "800B06082B06010505070804A0", 0x2560)] // a module's, cut
    [InlineData("870401020304", "800401020304", 0)] // the last one is not looked into
    public void A_damaged_certificate_has_its_error(string bytes, string others, int error)
    {
        var digits = Convert.ToHexString(Der.Value);
        digits.ShouldContain(bytes);
        CertificateReader.Read(
            Convert.FromHexString(digits.Replace(bytes, others, StringComparison.Ordinal))).Error.ShouldBe(error);
    }

    /// <summary>The exponent is looked at before what is behind it.</summary>
    [Theory]
    [InlineData("0203010001", "0201010001", 0x3B00)]
    [InlineData("0203010001", "0203010000", 0x3B00)]
    [InlineData("0203010001", "0202000101", 0x3B00)]
    [InlineData("0203010001", "0201030001", 0x3B66)]
    [InlineData("2A864886F70D01010B", "2A864886F70D01010A", 0x2362)] // RSASSA-PSS, which takes parameters
    public void A_key_that_is_damaged_has_its_error(string bytes, string others, int error)
    {
        using var certificate = Certificates.Of("rsa");
        CertificateReader.Read(Convert.FromHexString(
            Convert.ToHexString(certificate.RawData).Replace(bytes, others, StringComparison.Ordinal)))
            .Error.ShouldBe(error);
    }

    [Fact]
    public void What_is_cut_is_no_certificate() =>
        CertificateReader.Read(Der.Value.AsSpan(0, Der.Value.Length - 2)).Error.ShouldBe(0x2180);

    private static int ErrorOf(string text) => CertificateReader.Read(Encoding.Latin1.GetBytes(text)).Error;
}
