using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// Opens a key that is encrypted with a password: the old form of OpenSSL, with two lines in the PEM block, and PKCS #8
/// with PBES2 (L:components/mbedtls/library/pem.c, pkparse.c, pkcs5.c).
/// </summary>
internal static class KeyEncryption
{
    /// <summary>How the body of a block of the old form begins.</summary>
    public const string Mark = "Proc-Type: 4,ENCRYPTED";

    /// <summary>Rounds that the model computes at most; usual are 2,048.</summary>
    public const int MostRounds = 100_000;

    private const int BadData = 0x1100;
    private const int BadVector = 0x1200;
    private const int UnknownCipher = 0x1280;
    private const int PasswordRequired = 0x1300;
    private const int WrongPassword = 0x3B80;
    private const int NoPassword = 0x3C00;
    private const int NoSuchForm = 0x3980;
    private const int NoSuchPart = 0x2E80;

    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";

    /// <summary>PBEs of PKCS #12 that mbedTLS knows: triple DES with two or three keys, RC4.</summary>
    private static readonly string[] Pkcs12 =
        ["1.2.840.113549.1.12.1.1", "1.2.840.113549.1.12.1.3", "1.2.840.113549.1.12.1.4"];

    /// <summary>Opens the body of a block of the old form.</summary>
    /// <param name="body">From behind the first line of dashes to the next.</param>
    /// <param name="password">Of the script; null: mbedTLS is given none.</param>
    /// <exception cref="RsaKeyException">It cannot be opened.</exception>
    public static byte[] OpenBlock(string body, byte[]? password)
    {
        const string info = "DEK-Info: ";
        var lines = body.Split('\n');
        var comma = lines.Length < 2 ? -1 : lines[1].IndexOf(',', StringComparison.Ordinal);
        if (lines[0].TrimEnd('\r') != Mark) throw RsaKeyException.Of(BadData);
        if (comma < 0 || !lines[1].StartsWith(info, StringComparison.Ordinal)) throw RsaKeyException.Of(UnknownCipher);
        var name = lines[1][info.Length..comma];
        if (CipherForm.Find(name) is not { Mode: CipherMode.Cbc } form || name == "DES-EDE-CBC")
        {
            throw RsaKeyException.Of(UnknownCipher);
        }

        var digits = lines[1][(comma + 1)..].TrimEnd('\r');
        if (digits.Length < 2 * form.BlockBytes || digits.AsSpan(0, 2 * form.BlockBytes).ContainsAnyExcept(HexDigits))
        {
            throw RsaKeyException.Of(BadVector);
        }

        if (digits.Length > 2 * form.BlockBytes) throw RsaKeyException.Of(BadData);
        var vector = Convert.FromHexString(digits);
        var data = Convert.FromBase64String(string.Concat(lines[2..]));
        if (password is null) throw RsaKeyException.Of(PasswordRequired);
        if (data.Length % form.BlockBytes != 0)
        {
            throw RsaKeyException.Of(form.BlockBytes == DesBlocks.BlockBytes ? 0x32 : 0x22);
        }

        var der = Decrypt(form, KeyOf(form.KeyBytes, vector.AsSpan(0, 8), password), vector, data);
        // The only sign of a wrong password: what comes out does not begin as a key does.
        return der.Length > 2 && der[0] == 0x30 && der[1] <= 0x83 ? der : throw RsaKeyException.Of(WrongPassword);
    }

    /// <summary>Opens an EncryptedPrivateKeyInfo of PKCS #8.</summary>
    /// <param name="der">The block.</param>
    /// <param name="password">Of the script.</param>
    /// <param name="hashed">How many bytes the module hashes for it.</param>
    /// <exception cref="RsaKeyException">It cannot be opened.</exception>
    public static byte[] OpenInfo(byte[] der, ReadOnlySpan<byte> password, out long hashed)
    {
        if (password.IsEmpty) throw RsaKeyException.Of(NoPassword);
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        var kind = algorithm.ReadObjectIdentifier();
        var data = info.ReadOctetString();
        if (Pkcs12.Contains(kind)) throw RsaKeyException.NotModelled("a key encrypted as in PKCS #12");
        if (kind != Pbes2) throw RsaKeyException.Of(NoSuchForm);
        var parts = algorithm.ReadSequence();
        var derivation = parts.ReadSequence();
        if (derivation.ReadObjectIdentifier() != Pbkdf2) throw RsaKeyException.Of(NoSuchPart);
        var (salt, rounds, hash) = ReadDerivation(derivation.ReadSequence());
        var scheme = parts.ReadSequence();
        var form = CipherForm.Find(scheme.ReadObjectIdentifier() switch
        {
            "1.3.14.3.2.7" => "DES-CBC",
            "1.2.840.113549.3.7" => "DES-EDE3-CBC",
            _ => throw RsaKeyException.Of(NoSuchPart),
        })!;
        var vector = scheme.ReadOctetString();
        if (rounds > MostRounds)
        {
            throw RsaKeyException.NotModelled(string.Create(
                CultureInfo.InvariantCulture, $"a key of more than {MostRounds} rounds"));
        }

        var key = Derive(hash, password.ToArray(), salt, (int)rounds, form.KeyBytes, out hashed);
        if (data.Length % form.BlockBytes != 0 || vector.Length != form.BlockBytes)
        {
            throw RsaKeyException.Of(WrongPassword);
        }

        var plain = Decrypt(form, key, vector, data);
        var fill = plain.Length == 0 ? 0 : plain[^1];
        return fill > 0 && fill <= form.BlockBytes && !plain.AsSpan(plain.Length - fill).ContainsAnyExcept(plain[^1])
            ? plain[..^fill]
            : throw RsaKeyException.Of(WrongPassword);
    }

    private static ReadOnlySpan<char> HexDigits => "0123456789abcdefABCDEF";

    private static (byte[] Salt, long Rounds, string Hash) ReadDerivation(AsnReader reader)
    {
        var salt = reader.ReadOctetString();
        if (!reader.TryReadInt32(out var rounds)) rounds = int.MaxValue;
        if (reader.HasData && reader.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) reader.ReadInteger();
        if (!reader.HasData) return (salt, rounds, "SHA1");
        return (salt, rounds, reader.ReadSequence().ReadObjectIdentifier() switch
        {
            "1.2.840.113549.2.7" => "SHA1",
            "1.2.840.113549.2.8" => "SHA224",
            "1.2.840.113549.2.9" => "SHA256",
            "1.2.840.113549.2.10" => "SHA384",
            "1.2.840.113549.2.11" => "SHA512",
            _ => throw RsaKeyException.Of(NoSuchPart),
        });
    }

    /// <summary>PBKDF2 of RFC 8018.</summary>
    private static byte[] Derive(
        string hash, byte[] password, byte[] salt, int rounds, int length, out long hashed)
    {
        const int bytesOfRound = 256; // Two blocks of 64 bytes for each of the two hashes of an HMAC.
        var key = new List<byte>();
        hashed = 0;
        for (var number = 1; key.Count < length; number++)
        {
            var counter = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(counter, number);
            var turn = Digest.Of(hash, (byte[])[.. salt, .. counter], password)!;
            var sum = turn.ToArray();
            for (var i = 1; i < rounds; i++)
            {
                turn = Digest.Of(hash, turn, password)!;
                for (var at = 0; at < sum.Length; at++) sum[at] ^= turn[at];
            }

            key.AddRange(sum);
            hashed += (long)rounds * bytesOfRound;
        }

        return [.. key.Take(length)];
    }

    /// <summary>The key of the old form: MD5 of the password and 8 bytes, twice at most.</summary>
    private static byte[] KeyOf(int length, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> password)
    {
        byte[] text = [.. password, .. salt];
        var first = Digest.Of("MD5", text)!;
        return [.. first.Concat(Digest.Of("MD5", (byte[])[.. first, .. text])!).Take(length)];
    }

    private static byte[] Decrypt(CipherForm form, byte[] key, byte[] vector, byte[] data)
    {
        using var cipher = form.Open(key);
        var plain = new byte[data.Length];
        var before = vector.AsSpan();
        for (var at = 0; at < data.Length; at += form.BlockBytes)
        {
            var block = data.AsSpan(at, form.BlockBytes);
            cipher.Decrypt(block, plain.AsSpan(at, form.BlockBytes));
            for (var i = 0; i < form.BlockBytes; i++) plain[at + i] ^= before[i];
            before = block;
        }

        return plain;
    }
}
