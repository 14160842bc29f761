using System.Globalization;
using System.Numerics;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// <c>rsa</c> with the padding of PKCS #1 v1.5 (L:components/rsa/binding/luat_lib_rsa.c, mbedTLS 2.28.2).
/// </summary>
internal static class RsaLibrary
{
    private const int BadInput = 0x4080;
    private const int BadPadding = 0x4100;
    private const int TooLarge = 0x4304;
    private const int NotRsa = 0x3F00;
    private const int BadDigest = 0x3E80;

    /// <summary>Bytes around what is encrypted or signed: 0, the kind, at least 8 of padding, and 0.</summary>
    private const int LeastPadding = 11;

    private const byte SignatureKind = 1;
    private const byte EncryptionKind = 2;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("rsa")
        .Add("encrypt", Encrypt)
        .Add("decrypt", Decrypt)
        .Add("verify", Verify)
        .Add("sign", Sign);

    private static int Encrypt(in LuaCall call)
    {
        var key = RsaKey.ReadPublic(call.String(1).Span);
        var data = call.String(2);
        if (key.Error != 0) return Fail(call, "bad public key", key.Error);
        if (key.NotModelled is not null || key.Curve is not null)
        {
            return Fail(call, "mbedtls_rsa_pkcs1_encrypt", NotRsa);
        }

        var padding = key.Bytes - data.Length - 3;
        if (padding < LeastPadding - 3) return Fail(call, "mbedtls_rsa_pkcs1_encrypt", BadInput);
        var block = new byte[key.Bytes];
        block[1] = EncryptionKind;
        var random = call.Host<FirmwareHost>().Random;
        for (var i = 0; i < padding; i++) block[2 + i] = (byte)(1 + random.Below(byte.MaxValue));
        data.Span.CopyTo(block.AsSpan(padding + 3));
        return call.Return(call.State.NewString(Apply(call, key, block, isPrivate: false)));
    }

    private static int Decrypt(in LuaCall call)
    {
        var text = call.String(1);
        var data = call.String(2);
        var key = PrivateKey(call, text, 3);
        if (key.Error != 0) return Fail(call, "bad private key", key.Error);
        RefuseNotModelled(call, "decrypt", key);
        if (data.Length != key.Bytes)
        {
            Warn(call, $"data len NOT match expect {key.Bytes} but {data.Length}");
            return call.Return();
        }

        if (key.Curve is not null) return Fail(call, "mbedtls_rsa_pkcs1_decrypt", NotRsa);
        if (new BigInteger(data.Span, isUnsigned: true, isBigEndian: true) >= key.Modulus)
        {
            return Fail(call, "mbedtls_rsa_pkcs1_decrypt", TooLarge);
        }

        var block = Apply(call, key, data.Span, isPrivate: true);
        var end = block.AsSpan(2).IndexOf((byte)0) + 2;
        if (block[0] != 0 || block[1] != EncryptionKind || end < LeastPadding - 1)
        {
            return Fail(call, "mbedtls_rsa_pkcs1_decrypt", BadPadding);
        }

        return call.Return(call.State.NewString(block[(end + 1)..]));
    }

    private static int Verify(in LuaCall call)
    {
        var key = RsaKey.ReadPublic(call.String(1).Span);
        var digest = call.Int(2);
        var hash = call.String(3);
        var signature = call.String(4);
        if (key.Error != 0) return Fail(call, "bad public key", key.Error);
        RefuseNotModelled(call, "verify", key);
        if (key.Curve is { } curve)
        {
            Lose(call, curve.LostBlocks);
            return call.Return(IsDigest(digest, hash) && VerifyOnCurve(call, curve, digest, hash, signature));
        }

        // 3 numbers of mbedTLS: the modulus, the exponent and what the first power keeps.
        var words = key.Bytes / 4;
        Lose(call, [172, 4 * words + 4, 4]);
        if (Block(call, "verify", key, digest, hash) is not { } block || signature.Length != key.Bytes
            || new BigInteger(signature.Span, isUnsigned: true, isBigEndian: true) >= key.Modulus)
        {
            return call.Return(false);
        }

        Lose(call, [8 * words + 12]);
        return call.Return(Apply(call, key, signature.Span, isPrivate: false).AsSpan().SequenceEqual(block));
    }

    /// <summary>V1112 never frees the key of rsa.verify.</summary>
    private static void Lose(in LuaCall call, ReadOnlySpan<int> blocks)
    {
        foreach (var bytes in blocks) call.Host<FirmwareHost>().SystemHeap.TryAllocate(bytes);
    }

    private static bool VerifyOnCurve(
        in LuaCall call, EcKey key, int digest, LuaString hash, LuaString signature)
    {
        ChargeCurve(call, key.Curve, 2);
        return key.Verify(Content(call, "verify", digest, hash), signature.Memory);
    }

    private static int SignOnCurve(in LuaCall call, EcKey key, int digest, LuaString hash)
    {
        ChargeCurve(call, key.Curve, 1);
        var random = call.Host<FirmwareHost>().Random;
        return call.Return(call.State.NewString(
            key.Sign(Content(call, "sign", digest, hash), () => (int)random.Below(byte.MaxValue + 1))));
    }

    /// <summary>A signature is one product of a point, its check are two.</summary>
    private static void ChargeCurve(in LuaCall call, EcCurve curve, int products)
    {
        const double usualBits = 256;
        var parameters = call.Host<FirmwareHost>().Parameters;
        var size = curve.Bits / usualBits;
        call.State.Charge((long)(parameters.CurvePrivateTime.TotalSeconds * products * size * size * size
            * parameters.InstructionsPerSecond));
    }

    /// <summary>What is signed: the hash, or what a module reads where an empty one stands.</summary>
    private static byte[] Content(in LuaCall call, string function, int digest, LuaString hash)
    {
        if (hash.Length > 0 || SignedDigest.Find(digest) is not { } known) return hash.Span.ToArray();
        call.Host<FirmwareHost>().Notice(string.Create(CultureInfo.InvariantCulture,
            $"rsa.{function} reads {known.Bytes} bytes of an empty hash: a module takes what lies in its memory."));
        return new byte[known.Bytes];
    }

    private static int Sign(in LuaCall call)
    {
        var text = call.String(1);
        var digest = call.Int(2);
        var hash = call.String(3);
        var key = PrivateKey(call, text, 4);
        if (key.Error != 0) return Fail(call, "bad private key", key.Error);
        RefuseNotModelled(call, "sign", key);
        if (!IsDigest(digest, hash)) return Fail(call, "mbedtls_pk_sign", BadDigest);
        if (key.Curve is { } curve) return SignOnCurve(call, curve, digest, hash);
        return Block(call, "sign", key, digest, hash) is { } block
            ? call.Return(call.State.NewString(Apply(call, key, block, isPrivate: true)))
            : Fail(call, "mbedtls_pk_sign", BadInput);
    }

    private static RsaKey PrivateKey(in LuaCall call, LuaString text, int password)
    {
        var key = RsaKey.ReadPrivate(text.Span, call.StringOrNull(password)?.Span.ToArray() ?? []);
        call.State.Charge(key.HashedBytes);
        return key;
    }

    /// <summary>An empty hash is taken for one of the right length; without a digest it may have any.</summary>
    private static bool IsDigest(int digest, LuaString hash) =>
        digest == 0 ? hash.Length > 0 : SignedDigest.Find(digest) is { } known && hash.Length is var n
            && (n == 0 || n == known.Bytes);

    /// <summary>What is signed: the padded hash; null: the digest does not fit, or the key is too short.</summary>
    private static byte[]? Block(in LuaCall call, string function, RsaKey key, int digest, LuaString hash)
    {
        if (!IsDigest(digest, hash)) return null;
        var content = Content(call, function, digest, hash);
        if (SignedDigest.Find(digest) is { } known) content = [.. known.Prefix, .. content];
        var padding = key.Bytes - content.Length - 3;
        if (padding < LeastPadding - 3) return null;
        var block = new byte[key.Bytes];
        block[1] = SignatureKind;
        block.AsSpan(2, padding).Fill(0xFF);
        content.CopyTo(block, padding + 3);
        return block;
    }

    private static byte[] Apply(in LuaCall call, RsaKey key, ReadOnlySpan<byte> block, bool isPrivate)
    {
        // The work grows with the cube of the length; a public exponent is short.
        const double usualBits = 2048;
        const int publicShare = 50;
        var parameters = call.Host<FirmwareHost>().Parameters;
        var share = key.Bits / usualBits;
        var seconds = parameters.RsaPrivateTime.TotalSeconds * share * share * share;
        call.State.Charge((long)((isPrivate ? seconds : seconds / publicShare) * parameters.InstructionsPerSecond));
        var result = BigInteger.ModPow(
            new BigInteger(block, isUnsigned: true, isBigEndian: true),
            isPrivate ? key.PrivateExponent : key.PublicExponent, key.Modulus);
        var bytes = result.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[key.Bytes - bytes.Length], .. bytes];
    }

    private static void RefuseNotModelled(in LuaCall call, string function, RsaKey key)
    {
        if (key.NotModelled is { } kind) throw NotModelled.Error(call, $"rsa.{function} with {kind}");
    }

    private static int Fail(in LuaCall call, string what, int error)
    {
        Warn(call, string.Create(CultureInfo.InvariantCulture, $"{what} {error:X4}"));
        return call.Return();
    }

    private static void Warn(in LuaCall call, string text) =>
        call.Host<FirmwareHost>().Log.Write(LogLevel.Warn, "rs", text);
}
