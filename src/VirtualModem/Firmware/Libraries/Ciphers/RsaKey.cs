using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// A key of rsa in PEM or DER, read as mbedTLS 2.28.2 reads it (L:components/mbedtls/library/pkparse.c, pem.c): what is
/// around a block of PEM does not matter.
/// </summary>
internal sealed class RsaKey
{
    private const int BadFormat = 0x3D00;
    private const int NoSequence = 0x3D62;
    private const int BadBase64 = 0x112C;
    private const int WrongPassword = 0x3B80;
    private const int NoPassword = 0x3C00;
    private const int BadPublic = 0x3B00;

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

    /// <summary>A private key in PEM, without a password; "" of others.</summary>
    public string Pem { get; private init; } = "";

    /// <summary>Bytes that the module hashes to open the key.</summary>
    public long HashedBytes { get; private init; }

    public static RsaKey ReadPublic(ReadOnlySpan<byte> text) =>
        Read(text, PublicKinds, null, static (kind, der) => kind == PublicKinds[0]
            ? OfNumbers(new AsnReader(der, AsnEncodingRules.DER))
            : OfPublicInfo(der)) ?? new RsaKey { Error = ErrorOfPublicDer(text) };

    /// <param name="text">The file.</param>
    /// <param name="password">Of the script; looked at where the key is encrypted. Null: mbedTLS is given none.</param>
    public static RsaKey ReadPrivate(ReadOnlySpan<byte> text, byte[]? password) =>
        Read(text, PrivateKinds, password, (kind, der) => kind switch
        {
            "RSA PRIVATE KEY" => OfPrivateNumbers(der),
            "PRIVATE KEY" => OfPrivateInfo(der, 0),
            "EC PRIVATE KEY" => OfCurve(der),
            _ => OfPrivateInfo(KeyEncryption.OpenInfo(der, password ?? [0], out var hashed), hashed),
        }) ?? OfPrivateDer(text.ToArray(), password ?? [0]);

    /// <summary>The firmware counts a zero behind the text, so that mbedTLS takes no public key in DER.</summary>
    private static int ErrorOfPublicDer(ReadOnlySpan<byte> der)
    {
        try
        {
            var whole = new DerCursor([.. der, 0]);
            var numbers = new DerCursor(whole.Take(DerCursor.Sequence, BadPublic));
            whole.End(BadPublic);
            numbers.Take(DerCursor.Integer, BadPublic);
            return BadPublic;
        }
        catch (RsaKeyException e)
        {
            return e.Error == BadPublic + DerCursor.UnexpectedTag ? NoSequence : e.Error;
        }
    }

    private static RsaKey OfPrivateDer(byte[] der, byte[] password)
    {
        var hashed = 0L;
        Func<RsaKey>[] ways =
        [
            () => password.Length > 0
                ? OfPrivateInfo(KeyEncryption.OpenInfo(der, password, out hashed), hashed)
                : throw RsaKeyException.Of(NoPassword),
            () => OfPrivateInfo(der, 0),
            () => OfPrivateNumbers(der),
            () => OfCurve(der),
        ];
        foreach (var way in ways)
        {
            try
            {
                if (Checked(way()) is { Error: 0 } key) return key;
            }
            catch (RsaKeyException e) when (e.Kind is not null || e.Error == WrongPassword)
            {
                return new RsaKey { Error = e.Error, NotModelled = e.Kind };
            }
            catch (Exception e) when (e is RsaKeyException or AsnContentException)
            {
                // It is a key of another kind.
            }
        }

        return new RsaKey { Error = BadFormat };
    }

    /// <summary>A key in PEM; null: there is no block of these kinds.</summary>
    private static RsaKey? Read(
        ReadOnlySpan<byte> text, string[] kinds, byte[]? password, Func<string, byte[], RsaKey> read)
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

        return null;
    }

    /// <summary>The block's content; mbedTLS gives a password to the old kinds only.</summary>
    private static byte[] Open(string kind, string body, byte[]? password)
    {
        if (!body.StartsWith(KeyEncryption.Mark, StringComparison.Ordinal))
        {
            return Convert.FromBase64String(body);
        }

        var isOld = kind is "RSA PRIVATE KEY" or "EC PRIVATE KEY";
        if (isOld && password is null) throw RsaKeyException.Of(NoPassword);
        return KeyEncryption.OpenBlock(body, isOld ? password : null);
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
            Pem = PemEncoding.WriteString("RSA PRIVATE KEY", der.Span),
            Modulus = numbers.ReadInteger(),
            PublicExponent = numbers.ReadInteger(),
            PrivateExponent = numbers.ReadInteger(),
        };
    }

    private static RsaKey OfCurve(byte[] der) => new()
    {
        Curve = EcKey.OfPrivate(der, null),
        Pem = PemEncoding.WriteString("EC PRIVATE KEY", der),
    };

    private static RsaKey OfPrivateInfo(byte[] der, long hashed)
    {
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        var kind = info.ReadSequence();
        if (IsRsa(kind)) return OfPrivateNumbers(info.ReadOctetString(), hashed);
        var curve = EcKey.CurveOf(kind);
        return new RsaKey
        {
            HashedBytes = hashed,
            Curve = EcKey.OfPrivate(info.ReadOctetString(), curve),
            Pem = PemEncoding.WriteString("PRIVATE KEY", der),
        };
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
