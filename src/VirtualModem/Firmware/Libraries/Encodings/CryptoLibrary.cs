using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Ciphers;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// <c>crypto</c> (reference §8): checksums, Base64, random bytes and one-time passwords; hashes and ciphers are in
/// <see cref="DigestFunctions"/> and <see cref="CipherFunctions"/>.
/// </summary>
internal static class CryptoLibrary
{
    private const int LongestRandom = 128;
    private const int TotpStepSeconds = 30;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("crypto")
        .Add("md5", static (in LuaCall call) => DigestFunctions.OfString(call, "MD5"))
        .Add("sha1", static (in LuaCall call) => DigestFunctions.OfString(call, "SHA1"))
        .Add("sha256", static (in LuaCall call) => DigestFunctions.OfString(call, "SHA256"))
        .Add("sha512", static (in LuaCall call) => DigestFunctions.OfString(call, "SHA512"))
        .Add("hmac_md5", static (in LuaCall call) => DigestFunctions.OfStringWithKey(call, "MD5"))
        .Add("hmac_sha1", static (in LuaCall call) => DigestFunctions.OfStringWithKey(call, "SHA1"))
        .Add("hmac_sha256", static (in LuaCall call) => DigestFunctions.OfStringWithKey(call, "SHA256"))
        .Add("hmac_sha512", static (in LuaCall call) => DigestFunctions.OfStringWithKey(call, "SHA512"))
        .Add("crc16", Crc16)
        .Add("crc16_modbus", static (in LuaCall call) =>
            call.Return(Checksums.Crc16Modbus(call.String(1).Span, (ushort)call.IntOr(2, 0xFFFF))))
        .Add("crc32", static (in LuaCall call) =>
            call.Return(call.State.Numbers.Integer(Checksums.Crc32(call.String(1).Span))))
        .Add("crc8", Crc8)
        .Add("crc7", Crc7)
        .Add("trng", Trng)
        .Add("totp", Totp)
        .Add("base64_encode", StringExtensions.ToBase64)
        .Add("base64_decode", StringExtensions.FromBase64)
        .Add("md", DigestFunctions.Message)
        .Add("md_file", DigestFunctions.OfFile)
        .Add("hash_init", DigestFunctions.Start)
        .Add("hash_update", DigestFunctions.Update)
        .Add("hash_finish", DigestFunctions.Finish)
        .Add("cipher", CipherFunctions.Encrypt)
        .Add("cipher_encrypt", CipherFunctions.Encrypt)
        .Add("cipher_decrypt", CipherFunctions.Decrypt)
        .Add("cipher_list", CipherFunctions.List)
        .Add("cipher_suites", CipherFunctions.ListSuites)
        .Add("checksum", Checksum);

    private static int Crc16(in LuaCall call)
    {
        var form = LuaText.Path(call.String(1));
        // A zbuff counts from its cursor to its end; what is neither that nor a string counts as nothing.
        var bytes = ZbuffLibrary.ArgumentOrNull(call, 2) is { } buffer
            ? buffer.Memory[Math.Min(buffer.Used, buffer.Length)..]
            : call[2].Type is LuaType.String or LuaType.Number ? call.String(2).Span : default;
        var (polynomial, initial, final) = (Unsigned(call, 3), Unsigned(call, 4), Unsigned(call, 5));
        var (mirrorsInput, mirrorsResult) = ((byte)Unsigned(call, 6) != 0, (byte)Unsigned(call, 7) != 0);
        return call.Return(form == "USER-DEFINED"
            ? Checksums.Crc16(bytes, polynomial, initial, final, mirrorsInput, mirrorsResult)
            : Checksums.Crc16(form, bytes));
    }

    private static ushort Unsigned(in LuaCall call, int index) =>
        unchecked((ushort)SoftFloat.ToUnsigned(call.NumberOr(index, 0)));

    private static int Crc8(in LuaCall call)
    {
        var bytes = call.String(1).Span;
        if (!call[2].IsInteger) return call.Return(Checksums.Crc8(bytes, 0x07, 0));
        var initial = (byte)call.IntOr(3, 0);
        var mirrored = call[4].IsBoolean && call[4].IsTruthy;
        return call.Return(mirrored
            ? Checksums.Crc8Mirrored(bytes, initial) : Checksums.Crc8(bytes, (byte)call[2].AsInteger, initial));
    }

    private static int Crc7(in LuaCall call)
    {
        var crc = Checksums.Crc7(
            call.String(1).Span, (byte)call.IntOr(2, 0xE5), (byte)call.IntOr(3, 0), out var leavesTable);
        if (leavesTable)
        {
            call.Host<IFirmwareHost>().Notice(
                "crypto.crc7: with this polynomial or start V1112 reads behind its table of 256 bytes. The result " +
                "depends on what lies there. Give a polynomial of at least 0x80 and a start below 0x80.");
        }

        return call.Return(crc);
    }

    private static int Trng(in LuaCall call)
    {
        // The length is unsigned, so a negative one is the longest.
        var length = call.UInt(1);
        if (length == 0) return call.Return();
        var bytes = new byte[Math.Min(length, LongestRandom)];
        call.Host<IFirmwareHost>().FillRandom(bytes);
        return call.Return(call.State.NewString(bytes));
    }

    private static int Totp(in LuaCall call)
    {
        if (Base32.Decode(call.String(1).Span) is not { } secret)
        {
            call.Host<IFirmwareHost>().Notice(
                "crypto.totp: the secret is not Base32. V1112 takes it for a key of 4 GB, and a module reads over " +
                "other memory until it restarts. Give letters and the digits 2 to 7.");
            return call.Return();
        }

        var seconds = call[2].IsInteger ? call[2].AsInteger : call.Host<IFirmwareHost>().UnixSeconds;
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(counter, unchecked((ulong)seconds) / TotpStepSeconds);
        var hash = Digest.Of("SHA1", counter, secret)!;
        var offset = hash[^1] & 15;
        var code = (BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF) % 1_000_000;
        return call.Return((int)code);
    }

    private static int Checksum(in LuaCall call)
    {
        byte sum = 0;
        var data = call.String(1).Span;
        var adds = call.IntOr(2, 0) == 1;
        foreach (var b in data) sum = (byte)(adds ? sum + b : sum ^ b);
        return call.Return(sum);
    }
}
