using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// Reads certificates as mbedTLS 2.28.2 does with the configuration of EC618 (L:components/mbedtls/library/x509_crt.c,
/// x509.c, pkparse.c). Inside of RSASSA-PSS and of RSA keys it looks less closely.
/// </summary>
internal static class CertificateReader
{
    private const int InvalidFormat = 0x2180;
    private const int InvalidVersion = 0x2200;
    private const int InvalidSerial = 0x2280;
    private const int InvalidAlgorithm = 0x2300;
    private const int InvalidName = 0x2380;
    private const int InvalidDate = 0x2400;
    private const int InvalidSignature = 0x2480;
    private const int UnknownVersion = 0x2580;
    private const int UnknownSignature = 0x262E;
    private const int SignatureMismatch = 0x2680;
    private const int UnknownFormat = 0x2780;
    private const int BadBase64 = 0x112C;

    private const string Head = "-----BEGIN CERTIFICATE-----";
    private const string Foot = "-----END CERTIFICATE-----";

    private const byte ExplicitVersion = 0xA0;
    private const byte Set = 0x31;
    private const byte UtcTime = 0x17;
    private const byte GeneralizedTime = 0x18;

    /// <summary>Signatures that the configuration knows: RSA with MD5 to SHA-512 and PSS, ECDSA with SHA.</summary>
    private static readonly string[] Signatures =
    [
        "2A864886F70D010104", "2A864886F70D010105", "2A864886F70D01010E", "2A864886F70D01010B", "2A864886F70D01010C",
        "2A864886F70D01010D", "2B0E03021D", "2A864886F70D01010A", "2A8648CE3D0401", "2A8648CE3D040301",
        "2A8648CE3D040302", "2A8648CE3D040303", "2A8648CE3D040304",
    ];

    private const string PssSignature = "2A864886F70D01010A";

    /// <summary>One certificate in DER, or all of a text in PEM.</summary>
    public static PemCertificates Read(ReadOnlySpan<byte> text)
    {
        var content = Encoding.Latin1.GetString(CText(text));
        if (!content.Contains(Head, StringComparison.Ordinal))
        {
            // The firmware tells mbedTLS of the zero behind the text.
            byte[] whole = [.. text, 0];
            var error = ErrorOf(whole);
            return new PemCertificates(error, error == 0 ? Pem(Trimmed(whole)) : "");
        }

        var (failed, first, taken) = (0, 0, new StringBuilder());
        while (NextBlock(ref content) is { } body)
        {
            var der = Decode(body);
            var error = der is null ? BadBase64 : ErrorOf(der);
            if (error == 0) taken.Append(Pem(der));
            else if (failed++ == 0) first = error;
        }

        if (taken.Length > 0) return new PemCertificates(-failed, taken.ToString());
        return new PemCertificates(first != 0 ? first : UnknownFormat, "");
    }

    private static ReadOnlySpan<byte> CText(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;

    private static string Pem(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";

    /// <summary>The certificate alone, without what is behind it.</summary>
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> der)
    {
        var cursor = new DerCursor(der);
        cursor.Take(InvalidFormat);
        return der[..^cursor.Left];
    }

    /// <summary>The body of the next block; null: no further block is complete.</summary>
    private static string? NextBlock(ref string text)
    {
        var start = text.IndexOf(Head, StringComparison.Ordinal);
        if (start < 0) return null;
        var at = start + Head.Length;
        var end = text.IndexOf(Foot, at, StringComparison.Ordinal);
        if (end < 0) return null;
        if (text[at] == ' ') at++;
        if (text[at] == '\r') at++;
        if (text[at] != '\n') return null;
        var body = text[(at + 1)..Math.Max(at + 1, end)];
        text = text[(end + Foot.Length)..];
        return body;
    }

    private static byte[]? Decode(string body) =>
        Base64.IsValid(body) ? Convert.FromBase64String(body) : null;

    /// <summary>mbedTLS's number of what is wrong with a certificate in DER; 0: nothing.</summary>
    private static int ErrorOf(ReadOnlySpan<byte> der)
    {
        try
        {
            Check(der);
            return 0;
        }
        catch (RsaKeyException e)
        {
            return e.Error;
        }
    }

    private static void Check(ReadOnlySpan<byte> der)
    {
        DerCursor whole;
        try
        {
            var outside = new DerCursor(der);
            whole = new DerCursor(outside.Take(DerCursor.Sequence, InvalidFormat));
        }
        catch (RsaKeyException)
        {
            throw RsaKeyException.Of(InvalidFormat);
        }

        var signed = new DerCursor(whole.Take(DerCursor.Sequence, InvalidFormat));
        var id = CheckSigned(ref signed, out var parameters);
        var other = whole.TakeAlgorithm(InvalidAlgorithm, out var otherParameters);
        if (!id.SequenceEqual(other) || !parameters.SequenceEqual(otherParameters))
        {
            throw RsaKeyException.Of(SignatureMismatch);
        }

        whole.TakeBytes(InvalidSignature);
        whole.End(InvalidFormat);
    }

    /// <summary>The part that is signed.</summary>
    /// <returns>The number of the algorithm of the signature.</returns>
    private static ReadOnlySpan<byte> CheckSigned(ref DerCursor signed, out ReadOnlySpan<byte> parameters)
    {
        var version = Version(ref signed);
        Serial(ref signed);
        var id = signed.TakeAlgorithm(InvalidAlgorithm, out parameters);
        if (version > 2) throw RsaKeyException.Of(UnknownVersion);
        Signature(id, parameters);
        Name(signed.Take(DerCursor.Sequence, InvalidFormat), mayBeEmpty: false);
        var dates = new DerCursor(signed.Take(DerCursor.Sequence, InvalidDate));
        Time(ref dates);
        Time(ref dates);
        dates.End(InvalidDate);
        Name(signed.Take(DerCursor.Sequence, InvalidFormat), mayBeEmpty: true);
        PublicKeyInfo.Check(ref signed);
        if (version > 0)
        {
            const byte issuer = 0xA1;
            const byte subject = 0xA2;
            if (signed.Next == issuer) signed.Take(InvalidFormat);
            if (signed.Next == subject) signed.Take(InvalidFormat);
        }

        if (version == 2) CertificateExtensions.Check(ref signed);
        signed.End(InvalidFormat);
        return id;
    }

    private static int Version(ref DerCursor signed)
    {
        if (signed.IsAtEnd) throw RsaKeyException.Of(InvalidFormat + DerCursor.OutOfData);
        if (signed.Next != ExplicitVersion) return 0;
        var content = new DerCursor(signed.Take(InvalidFormat));
        var version = content.TakeInteger(InvalidVersion);
        content.End(InvalidVersion);
        return version;
    }

    private static void Serial(ref DerCursor signed)
    {
        const byte other = 0x82;
        if (signed.IsAtEnd) throw RsaKeyException.Of(InvalidSerial + DerCursor.OutOfData);
        if (signed.Next is not (DerCursor.Integer or other))
        {
            throw RsaKeyException.Of(InvalidSerial + DerCursor.UnexpectedTag);
        }

        signed.Take(InvalidSerial);
    }

    private static void Signature(ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters)
    {
        var digits = Convert.ToHexString(id);
        if (!Signatures.Contains(digits)) throw RsaKeyException.Of(UnknownSignature);
        if (digits != PssSignature)
        {
            if (!PublicKeyInfo.IsEmpty(parameters)) throw RsaKeyException.Of(InvalidAlgorithm);
        }
        else if (parameters.IsEmpty || parameters[0] != DerCursor.Sequence)
        {
            throw RsaKeyException.Of(InvalidAlgorithm + DerCursor.UnexpectedTag);
        }
    }

    private static void Name(ReadOnlySpan<byte> bytes, bool mayBeEmpty)
    {
        if (bytes.IsEmpty && mayBeEmpty) return;
        var sets = new DerCursor(bytes);
        do
        {
            var set = new DerCursor(sets.Take(Set, InvalidName));
            do
            {
                Attribute(ref set);
            }
            while (!set.IsAtEnd);
        }
        while (!sets.IsAtEnd);
    }

    private static void Attribute(ref DerCursor set)
    {
        var pair = new DerCursor(set.Take(DerCursor.Sequence, InvalidName));
        pair.Take(DerCursor.ObjectId, InvalidName);
        if (pair.IsAtEnd) throw RsaKeyException.Of(InvalidName + DerCursor.OutOfData);
        const byte bits = 3;
        const byte utf8 = 12;
        const byte printable = 19;
        const byte t61 = 20;
        const byte ia5 = 22;
        const byte universal = 28;
        const byte bmp = 30;
        if (pair.Next is not (bits or utf8 or printable or t61 or ia5 or universal or bmp))
        {
            throw RsaKeyException.Of(InvalidName + DerCursor.UnexpectedTag);
        }

        pair.Take(InvalidName);
        pair.End(InvalidName);
    }

    private static void Time(ref DerCursor dates)
    {
        if (dates.IsAtEnd) throw RsaKeyException.Of(InvalidDate + DerCursor.OutOfData);
        var digitsOfYear = dates.Next switch
        {
            UtcTime => 2,
            GeneralizedTime => 4,
            _ => throw RsaKeyException.Of(InvalidDate + DerCursor.UnexpectedTag),
        };
        var text = Encoding.Latin1.GetString(dates.Take(InvalidDate));
        if (text.EndsWith('Z')) text = text[..^1];
        if (text.Length != digitsOfYear + 10 || !text.All(char.IsAsciiDigit)) throw RsaKeyException.Of(InvalidDate);
        var number = new int[5];
        for (var i = 0; i < number.Length; i++)
        {
            var at = digitsOfYear + (2 * i);
            number[i] = ((text[at] - '0') * 10) + text[at + 1] - '0';
        }

        var year = text[..digitsOfYear].Aggregate(0, (sum, digit) => (sum * 10) + digit - '0');
        if (digitsOfYear == 2) year += year < 50 ? 2000 : 1900;
        // The calendar of the runtime has no year 0, which is a leap year.
        if (number[0] is < 1 or > 12 || number[1] < 1
            || number[1] > DateTime.DaysInMonth(year == 0 ? 2000 : year, number[0])
            || number[2] > 23 || number[3] > 59 || number[4] > 59)
        {
            throw RsaKeyException.Of(InvalidDate);
        }
    }
}
