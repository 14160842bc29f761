using System.Formats.Asn1;
using System.Numerics;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// A key of an elliptic curve, as mbedTLS 2.28.2 reads and uses it (L:components/mbedtls/library/pkparse.c, ecdsa.c).
/// </summary>
/// <param name="Curve">Its curve.</param>
/// <param name="Public">The point; not read of a private key.</param>
/// <param name="Private">The number; 0 of a public key.</param>
internal sealed record EcKey(EcCurve Curve, EcPoint Public, BigInteger Private)
{
    private const int BadKey = 0x4C80;
    private const int PackedPoint = 0x4E80;
    private const int BadPoint = 0x4F80;
    private const int NoCurve = 0x8C80;
    private const int BadFormat = 0x3D00;
    private const int BadVersion = 0x3D80;
    private const int UnknownCurve = 0x3A00;

    /// <summary>What verify leaves on the system heap: the structure, the two coordinates and 1.</summary>
    public int[] LostBlocks => [172, (Curve.Bytes + 3) / 4 * 4, (Curve.Bytes + 3) / 4 * 4, 4];

    /// <summary>A public key: the curve's name, and the point.</summary>
    /// <exception cref="RsaKeyException">It cannot be used.</exception>
    public static EcKey OfPoint(AsnReader parameters, ReadOnlySpan<byte> point)
    {
        var curve = CurveOf(parameters);
        var (key, error) = PointOf(curve, point);
        return error == 0 ? new EcKey(curve, key, 0) : throw RsaKeyException.Of(error);
    }

    /// <summary>A private key of SEC 1; PKCS #8 names the curve outside of it.</summary>
    /// <exception cref="RsaKeyException">It cannot be used.</exception>
    public static EcKey OfPrivate(ReadOnlyMemory<byte> der, EcCurve? curve)
    {
        var parts = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (parts.ReadInteger() != 1) throw RsaKeyException.Of(BadVersion);
        var number = Unsigned(parts.ReadOctetString());
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (curve is null)
        {
            if (!parts.HasData || parts.PeekTag() != tag) throw RsaKeyException.Of(NoCurve);
            curve = CurveOf(parts.ReadSequence(tag));
        }

        if (parts.HasData && parts.PeekTag() == tag) parts.ReadEncodedValue();
        if (parts.HasData && PointOf(curve, PublicPart(parts)).Error is not (0 or PackedPoint))
        {
            throw RsaKeyException.Of(BadFormat);
        }

        var isSound = number.Sign > 0 && number < curve.Order;
        return isSound ? new EcKey(curve, curve.Base, number) : throw RsaKeyException.Of(BadKey);
    }

    private static byte[] PublicPart(AsnReader parts) =>
        parts.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1, isConstructed: true)).ReadBitString(out _);

    /// <summary>The point behind its mark, and mbedTLS's number of the error.</summary>
    private static (EcPoint Point, int Error) PointOf(EcCurve curve, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return (default, BadFormat);
        if (bytes[0] != 4) return (default, PackedPoint);
        if (bytes.Length != 1 + 2 * curve.Bytes) return (default, BadPoint);
        var point = new EcPoint(Unsigned(bytes[1..(1 + curve.Bytes)]), Unsigned(bytes[(1 + curve.Bytes)..]));
        return (point, curve.Has(point) ? 0 : BadKey);
    }

    /// <summary>The named curve; mbedTLS 2.28.2 stumbles over its own check of one that is given by numbers.</summary>
    public static EcCurve CurveOf(AsnReader parameters)
    {
        if (!parameters.HasData || parameters.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            throw RsaKeyException.Of(BadFormat);
        }

        return EcCurve.Find(parameters.ReadObjectIdentifier()) ?? throw RsaKeyException.Of(UnknownCurve);
    }

    /// <summary>Signs a hash with a number that nobody knows.</summary>
    /// <returns>The two numbers of the signature in DER.</returns>
    public byte[] Sign(ReadOnlySpan<byte> hash, Func<int> randomByte)
    {
        while (true)
        {
            var secret = Unsigned(RandomBytes(Curve.Bytes + 8, randomByte)) % (Curve.Order - 1) + 1;
            var r = Curve.Sum(secret, Curve.Base, 0, Curve.Base)!.Value.X % Curve.Order;
            var s = Inverse(secret) * (Digest(hash) + r * Private) % Curve.Order;
            if (r.IsZero || s.IsZero) continue;
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(r);
                writer.WriteInteger(s);
            }

            return writer.Encode();
        }
    }

    /// <summary>Whether a signature is one of this key for the hash.</summary>
    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlyMemory<byte> signature)
    {
        BigInteger r, s;
        try
        {
            var reader = new AsnReader(signature, AsnEncodingRules.BER);
            var numbers = reader.ReadSequence();
            (r, s) = (Unsigned(numbers.ReadIntegerBytes().Span), Unsigned(numbers.ReadIntegerBytes().Span));
            if (reader.HasData || numbers.HasData) return false;
        }
        catch (AsnContentException)
        {
            return false;
        }

        if (r.Sign < 1 || s.Sign < 1 || r >= Curve.Order || s >= Curve.Order) return false;
        var inverse = Inverse(s);
        var sum = Curve.Sum(Digest(hash) * inverse % Curve.Order, Curve.Base, r * inverse % Curve.Order, Public);
        return sum is { } point && point.X % Curve.Order == r;
    }

    /// <summary>As many leading bits of the hash as the order has.</summary>
    private BigInteger Digest(ReadOnlySpan<byte> hash)
    {
        var bits = (int)Curve.Order.GetBitLength();
        var used = hash[..Math.Min(hash.Length, (bits + 7) / 8)];
        return (Unsigned(used) >> Math.Max(0, used.Length * 8 - bits)) % Curve.Order;
    }

    private BigInteger Inverse(BigInteger number) => BigInteger.ModPow(number, Curve.Order - 2, Curve.Order);

    private static byte[] RandomBytes(int count, Func<int> randomByte)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)randomByte();
        return bytes;
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
