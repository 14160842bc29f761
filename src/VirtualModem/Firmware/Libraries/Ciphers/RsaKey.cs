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

    private const int UnknownKind = 0x3C80;

    private const string RsaObject = "1.2.840.113549.1.1.1";
    private const string CurveObject = "1.2.840.10045.2.1";
    private const string ExchangeObject = "1.3.132.1.12";

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

    /// <summary>Bytes of the modulus, and so of what is encrypted or signed; of a curve those of its field.</summary>
    public int Bytes => Curve?.Curve.Bytes ?? Modulus.GetByteCount(isUnsigned: true);

    public int Bits => (int)Modulus.GetBitLength();

    /// <summary>The key of an elliptic curve; null: it is one of RSA.</summary>
    public EcKey? Curve { get; private init; }

    /// <summary>Bytes that the module hashes to open the key.</summary>
    public long HashedBytes { get; private init; }

    public static RsaKey ReadPublic(ReadOnlySpan<byte> text) =>
        Read(text, PublicKinds, NoSequence, null, static (kind, der) => kind == PublicKinds[0]
            ? OfNumbers(new AsnReader(der, AsnEncodingRules.DER))
            : OfPublicInfo(der));

    /// <param name="text">The file.</param>
    /// <param name="password">Of the script; looked at where the key is encrypted.</param>
    public static RsaKey ReadPrivate(ReadOnlySpan<byte> text, byte[] password) =>
        Read(text, PrivateKinds, BadFormat, password, (kind, der) => kind switch
        {
            "RSA PRIVATE KEY" => OfPrivateNumbers(der),
            "PRIVATE KEY" => OfPrivateInfo(der, 0),
            "EC PRIVATE KEY" => new RsaKey { Curve = EcKey.OfPrivate(der, null) },
            _ => OfPrivateInfo(KeyEncryption.OpenInfo(der, password, out var hashed), hashed),
        });

    private static RsaKey Read(
        ReadOnlySpan<byte> text, string[] kinds, int otherwise, byte[]? password, Func<string, byte[], RsaKey> read)
    {
        foreach (var kind in kinds)
        {
            if (Body(Encoding.Latin1.GetString(text), kind) is not { } body) continue;
            try
            {
                return Checked(read(kind, Open(kind, body, password)));
            }
            catch (RsaKeyException e)
            {
                return new RsaKey { Error = e.Error, NotModelled = e.Kind };
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

    /// <summary>The block's content; mbedTLS gives a password to the old kinds only.</summary>
    private static byte[] Open(string kind, string body, byte[]? password)
    {
        if (!body.StartsWith(KeyEncryption.Mark, StringComparison.Ordinal))
        {
            return Convert.FromBase64String(body);
        }

        return KeyEncryption.OpenBlock(body, kind is "RSA PRIVATE KEY" or "EC PRIVATE KEY" ? password : null);
    }

    /// <summary>Numbers that mbedTLS refuses; its own hold 1,024 bytes.</summary>
    private static RsaKey Checked(RsaKey key)
    {
        const int mostBits = 8192;
        BigInteger[] numbers = [key.Modulus, key.PublicExponent, key.PrivateExponent];
        var isSound = key.NotModelled is not null || key.Curve is not null
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
        if (end < 0) return null;
        if (text[start] == ' ') start++;
        if (text[start] == '\r') start++;
        return text[start] == '\n' ? text[(start + 1)..end] : null;
    }

    private static RsaKey OfNumbers(AsnReader reader)
    {
        var numbers = reader.ReadSequence();
        return new RsaKey { Modulus = numbers.ReadInteger(), PublicExponent = numbers.ReadInteger() };
    }

    private static RsaKey OfPublicInfo(byte[] der)
    {
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var kind = info.ReadSequence();
        var isRsa = IsRsa(kind);
        var content = info.ReadBitString(out _);
        if (!isRsa) return new RsaKey { Curve = EcKey.OfPoint(kind, content) };
        return OfNumbers(new AsnReader(content, AsnEncodingRules.DER));
    }

    private static RsaKey OfPrivateNumbers(ReadOnlyMemory<byte> der, long hashed = 0)
    {
        var numbers = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        numbers.ReadInteger();
        return new RsaKey
        {
            HashedBytes = hashed,
            Modulus = numbers.ReadInteger(),
            PublicExponent = numbers.ReadInteger(),
            PrivateExponent = numbers.ReadInteger(),
        };
    }

    private static RsaKey OfPrivateInfo(byte[] der, long hashed)
    {
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        var kind = info.ReadSequence();
        if (IsRsa(kind)) return OfPrivateNumbers(info.ReadOctetString(), hashed);
        var curve = EcKey.CurveOf(kind);
        return new RsaKey { HashedBytes = hashed, Curve = EcKey.OfPrivate(info.ReadOctetString(), curve) };
    }

    /// <summary>Whether a key is one of RSA, and not one of an elliptic curve.</summary>
    private static bool IsRsa(AsnReader kind) => kind.ReadObjectIdentifier() switch
    {
        RsaObject => true,
        CurveObject => false,
        ExchangeObject => throw RsaKeyException.NotModelled("a curve's key for exchanges only"),
        _ => throw RsaKeyException.Of(UnknownKind),
    };
}
