using System.Formats.Asn1;
using System.Numerics;
using System.Text;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// A key of rsa in PEM, read as mbedTLS 2.28.2 reads it (L:components/mbedtls/library/pkparse.c, pem.c): what is around
/// the block does not matter.
/// </summary>
internal sealed class RsaKey
{
    private const int BadFormat = 0x3D00;
    private const int NoSequence = 0x3D62;
    private const int BadBase64 = 0x112C;

    private const string RsaObject = "1.2.840.113549.1.1.1";

    /// <summary>Kinds of blocks, in the order in which they are looked for.</summary>
    private static readonly string[] PublicKinds = ["RSA PUBLIC KEY", "PUBLIC KEY"];

    private static readonly string[] PrivateKinds =
        ["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];

    public BigInteger Modulus { get; private init; }
    public BigInteger PublicExponent { get; private init; }
    public BigInteger PrivateExponent { get; private init; }

    /// <summary>mbedTLS's number of the error, without its sign; 0: the key can be used.</summary>
    public int Error { get; private init; }

    /// <summary>Why the model cannot use a key that a module could; null: it can.</summary>
    public string? NotModelled { get; private init; }

    /// <summary>Bytes of the modulus, and so of what is encrypted or signed.</summary>
    public int Bytes => Modulus.GetByteCount(isUnsigned: true);

    public int Bits => (int)Modulus.GetBitLength();

    private static RsaKey Curve => new() { NotModelled = "an elliptic curve" };

    private static RsaKey Encrypted => new() { NotModelled = "an encrypted key" };

    public static RsaKey ReadPublic(ReadOnlySpan<byte> text) =>
        Read(text, PublicKinds, NoSequence, static (kind, der) => kind == PublicKinds[0]
            ? OfNumbers(new AsnReader(der, AsnEncodingRules.DER))
            : OfPublicInfo(der));

    public static RsaKey ReadPrivate(ReadOnlySpan<byte> text) =>
        Read(text, PrivateKinds, BadFormat, static (kind, der) => kind switch
        {
            "RSA PRIVATE KEY" => OfPrivateNumbers(der),
            "PRIVATE KEY" => OfPrivateInfo(der),
            "EC PRIVATE KEY" => Curve,
            _ => Encrypted,
        });

    private static RsaKey Read(
        ReadOnlySpan<byte> text, string[] kinds, int otherwise, Func<string, byte[], RsaKey> read)
    {
        foreach (var kind in kinds)
        {
            if (Body(Encoding.Latin1.GetString(text), kind) is not { } body) continue;
            // The old form of an encrypted key has two lines of its own in the block.
            if (body.Contains("Proc-Type", StringComparison.Ordinal)) return Encrypted;
            try
            {
                return Checked(read(kind, Convert.FromBase64String(body)));
            }
            catch (FormatException)
            {
                return new RsaKey { Error = BadBase64 };
            }
            catch (AsnContentException)
            {
                return new RsaKey { Error = BadFormat };
            }
        }

        return new RsaKey { Error = otherwise };
    }

    /// <summary>Numbers that mbedTLS refuses; its own hold 1,024 bytes.</summary>
    private static RsaKey Checked(RsaKey key)
    {
        const int mostBits = 8192;
        BigInteger[] numbers = [key.Modulus, key.PublicExponent, key.PrivateExponent];
        var isSound = key.NotModelled is not null
            || (!key.Modulus.IsEven && Array.TrueForAll(numbers, n => n.Sign >= 0 && n.GetBitLength() <= mostBits));
        return isSound ? key : new RsaKey { Error = BadFormat };
    }

    private static string? Body(string text, string kind)
    {
        var head = $"-----BEGIN {kind}-----";
        var start = text.IndexOf(head, StringComparison.Ordinal);
        if (start < 0) return null;
        start += head.Length;
        var end = text.IndexOf($"-----END {kind}-----", start, StringComparison.Ordinal);
        return end < 0 || !text.AsSpan(start).TrimStart("\r ").StartsWith("\n") ? null : text[start..end];
    }

    private static RsaKey OfNumbers(AsnReader reader)
    {
        var numbers = reader.ReadSequence();
        return new RsaKey { Modulus = numbers.ReadInteger(), PublicExponent = numbers.ReadInteger() };
    }

    private static RsaKey OfPublicInfo(byte[] der)
    {
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        if (info.ReadSequence().ReadObjectIdentifier() != RsaObject) return Curve;
        return OfNumbers(new AsnReader(info.ReadBitString(out _), AsnEncodingRules.DER));
    }

    private static RsaKey OfPrivateNumbers(ReadOnlyMemory<byte> der)
    {
        var numbers = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        numbers.ReadInteger();
        return new RsaKey
        {
            Modulus = numbers.ReadInteger(),
            PublicExponent = numbers.ReadInteger(),
            PrivateExponent = numbers.ReadInteger(),
        };
    }

    private static RsaKey OfPrivateInfo(byte[] der)
    {
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        if (info.ReadSequence().ReadObjectIdentifier() != RsaObject) return Curve;
        return OfPrivateNumbers(info.ReadOctetString());
    }
}
