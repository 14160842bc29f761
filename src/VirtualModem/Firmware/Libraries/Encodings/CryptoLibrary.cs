using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// <c>crypto</c> (reference §8): hashes in upper-case hexadecimal, checksums, Base64, random bytes, one-time passwords.
/// Ciphers, files and streams are not modelled and fail by name.
/// </summary>
internal static class CryptoLibrary
{
    private const int LongestRandom = 128;
    private const int TotpStepSeconds = 30;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("crypto")
        .Add("md5", static (in LuaCall call) => Digest(call, "MD5"))
        .Add("sha1", static (in LuaCall call) => Digest(call, "SHA1"))
        .Add("sha256", static (in LuaCall call) => Digest(call, "SHA256"))
        .Add("sha512", static (in LuaCall call) => Digest(call, "SHA512"))
        .Add("hmac_md5", static (in LuaCall call) => KeyedDigest(call, "MD5"))
        .Add("hmac_sha1", static (in LuaCall call) => KeyedDigest(call, "SHA1"))
        .Add("hmac_sha256", static (in LuaCall call) => KeyedDigest(call, "SHA256"))
        .Add("hmac_sha512", static (in LuaCall call) => KeyedDigest(call, "SHA512"))
        .Add("crc16", Crc16)
        .Add("crc16_modbus", static (in LuaCall call) =>
            call.Return(Checksums.Crc16Modbus(call.String(1).Span, (ushort)call.IntOr(2, 0xFFFF))))
        .Add("crc32", static (in LuaCall call) =>
            call.Return(call.State.Numbers.Integer(Checksums.Crc32(call.String(1).Span))))
        .Add("crc8", Crc8)
        .Add("crc7", static (in LuaCall call) => call.Return(
            Checksums.Crc7(call.String(1).Span, (byte)call.IntOr(2, 0xE5), (byte)call.IntOr(3, 0))))
        .Add("trng", Trng)
        .Add("totp", Totp)
        .Add("base64_encode",
            static (in LuaCall call) => call.Return(call.State.NewString(Base64.Encode(call.String(1).Span))))
        .Add("base64_decode",
            static (in LuaCall call) => call.Return(call.State.NewString(Base64.Decode(call.String(1).Span) ?? [])))
        .Add("md", MessageDigest)
        .Add("checksum", Checksum);

    private static int Digest(in LuaCall call, string name) => ReturnHash(call, name, call.String(1).Span, null);

    private static int KeyedDigest(in LuaCall call, string name) =>
        ReturnHash(call, name, call.String(1).Span, call.String(2).Span.ToArray());

    private static int MessageDigest(in LuaCall call) =>
        ReturnHash(call, call.String(1).ToString(), call.String(2).Span, call[3].AsString?.Span.ToArray());

    private static int ReturnHash(in LuaCall call, string name, ReadOnlySpan<byte> data, byte[]? key)
    {
        call.State.Charge(data.Length);
        var hash = Hash(name, data, key is { Length: > 0 } ? key : null);
        return hash is null
            ? call.Return()
            : call.Return(call.State.NewString(Encoding.ASCII.GetBytes(Convert.ToHexString(hash))));
    }

    [SuppressMessage("Security", "CA5351", Justification = "The module offers MD5, so its model does.")]
    [SuppressMessage("Security", "CA5350", Justification = "The module offers SHA-1, so its model does.")]
    private static byte[]? Hash(string name, ReadOnlySpan<byte> data, byte[]? key) => name switch
    {
        "MD5" => key is null ? MD5.HashData(data) : HMACMD5.HashData(key, data),
        "SHA1" or "SHA" => key is null ? SHA1.HashData(data) : HMACSHA1.HashData(key, data),
        "SHA256" => key is null ? SHA256.HashData(data) : HMACSHA256.HashData(key, data),
        "SHA384" => key is null ? SHA384.HashData(data) : HMACSHA384.HashData(key, data),
        "SHA512" => key is null ? SHA512.HashData(data) : HMACSHA512.HashData(key, data),
        _ => null,
    };

    private static int Crc16(in LuaCall call)
    {
        var form = call.String(1).ToString();
        // A zbuff counts from its cursor to its end.
        var bytes = call[2].AsUserdata is null
            ? call.String(2).Span
            : ZbuffLibrary.Argument(call, 2) is var buffer
                ? buffer.Memory[Math.Min(buffer.Used, buffer.Length)..]
                : default;
        if (form != "USER-DEFINED") return call.Return(Checksums.Crc16(form, bytes));
        return call.Return(Checksums.Crc16(
            bytes,
            (ushort)call.NumberOr(3, 0),
            (ushort)call.NumberOr(4, 0),
            (ushort)call.NumberOr(5, 0),
            (byte)call.NumberOr(6, 0) != 0,
            (byte)call.NumberOr(7, 0) != 0));
    }

    private static int Crc8(in LuaCall call)
    {
        var bytes = call.String(1).Span;
        if (!call[2].IsInteger) return call.Return(Checksums.Crc8(bytes, 0x07, 0));
        var initial = (byte)call.IntOr(3, 0);
        var mirrored = call[4].IsBoolean && call[4].IsTruthy;
        return call.Return(mirrored
            ? Checksums.Crc8Mirrored(bytes, initial) : Checksums.Crc8(bytes, (byte)call[2].AsInteger, initial));
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

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 names SHA-1.")]
    private static int Totp(in LuaCall call)
    {
        var secret = Base32.Decode(call.String(1).Span);
        if (secret is null) return call.Return();
        var seconds = call[2].IsInteger ? call[2].AsInteger : call.Host<IFirmwareHost>().UnixSeconds;
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, seconds / TotpStepSeconds);
        var hash = HMACSHA1.HashData(secret, counter);
        var offset = hash[^1] & 15;
        var code = (BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF) % 1_000_000;
        return call.Return((int)code);
    }

    private static int Checksum(in LuaCall call)
    {
        byte sum = 0;
        var adds = call.IntOr(2, 0) == 1;
        foreach (var b in call.String(1).Span) sum = (byte)(adds ? sum + b : sum ^ b);
        return call.Return(sum);
    }
}
