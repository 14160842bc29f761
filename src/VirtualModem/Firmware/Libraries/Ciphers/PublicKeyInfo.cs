using System.Formats.Asn1;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// The public key in a certificate, as mbedTLS 2.28.2 reads it (L:components/mbedtls/library/pkparse.c).
/// </summary>
internal static class PublicKeyInfo
{
    private const int InvalidKey = 0x3D00;
    private const int InvalidAlgorithm = 0x3A80;
    private const int InvalidPublic = 0x3B00;
    private const int UnknownKind = 0x3C80;

    private const string RsaObject = "2A864886F70D010101";
    private const string CurveObject = "2A8648CE3D0201";
    private const string ExchangeObject = "2B8104010C";

    /// <summary>Reads the next element as a key.</summary>
    /// <exception cref="RsaKeyException">mbedTLS refuses it.</exception>
    public static void Check(ref DerCursor cursor)
    {
        var info = new DerCursor(cursor.Take(DerCursor.Sequence, InvalidKey));
        var kind = Convert.ToHexString(info.TakeAlgorithm(InvalidAlgorithm, out var parameters));
        if (kind is not (RsaObject or CurveObject or ExchangeObject))
        {
            throw RsaKeyException.Of(UnknownKind);
        }

        if (kind == RsaObject && !IsEmpty(parameters)) throw RsaKeyException.Of(InvalidAlgorithm);
        var key = info.TakeBytes(InvalidPublic);
        info.End(InvalidPublic);
        if (kind == RsaObject) CheckRsa(key);
        else CheckCurve(parameters, key);
    }

    /// <summary>Whether parameters of an algorithm are absent or NULL.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> parameters) => parameters.IsEmpty || parameters is [5, 0];

    private static void CheckRsa(ReadOnlySpan<byte> key)
    {
        var content = new DerCursor(key);
        var numbers = new DerCursor(content.Take(DerCursor.Sequence, InvalidPublic));
        content.End(InvalidPublic);
        var modulus = numbers.Take(DerCursor.Integer, InvalidPublic).TrimStart((byte)0);
        var exponent = numbers.Take(DerCursor.Integer, InvalidPublic).TrimStart((byte)0);
        const int leastBytes = 16;
        const int mostBytes = 1024;
        var isSound = modulus.Length is >= leastBytes and <= mostBytes && modulus[^1] % 2 == 1
            && exponent.Length > 0 && exponent[^1] % 2 == 1 && exponent is not [1];
        if (!isSound) throw RsaKeyException.Of(InvalidPublic);
        numbers.End(InvalidPublic);
    }

    private static void CheckCurve(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> key)
    {
        const int unknownCurve = 0x3A00;
        if (parameters.IsEmpty) throw RsaKeyException.Of(InvalidKey + DerCursor.OutOfData);
        if (parameters[0] is not (DerCursor.ObjectId or DerCursor.Sequence))
        {
            throw RsaKeyException.Of(InvalidKey + DerCursor.UnexpectedTag);
        }

        try
        {
            EcKey.OfPoint(new AsnReader(parameters.ToArray(), AsnEncodingRules.DER), key);
        }
        catch (AsnContentException)
        {
            throw RsaKeyException.Of(unknownCurve);
        }
    }
}
