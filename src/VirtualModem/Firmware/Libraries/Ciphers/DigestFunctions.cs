using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// The hashes of <c>crypto</c>, in upper-case hexadecimal: of strings, of files and in parts
/// (L:luat/modules/luat_lib_crypto.c, L:components/crypto/luat_crypto_mbedtls.c).
/// </summary>
internal static class DigestFunctions
{
    private const string Tag = "crypto";
    private const string TypeName = "crypto";

    /// <summary>The module's block for one stream on the Lua heap, in bytes.</summary>
    private const int ObjectSize = 12;

    /// <summary>MBEDTLS_ERR_MD_BAD_INPUT_DATA: what a stream that has ended answers.</summary>
    private const int BadInput = -0x5100;

    public static int OfString(in LuaCall call, string name) => ReturnHash(call, name, default);

    public static int OfStringWithKey(in LuaCall call, string name)
    {
        call.String(1);
        return ReturnHash(call, name, call.String(2).Span);
    }

    private static int ReturnHash(in LuaCall call, string name, ReadOnlySpan<byte> key)
    {
        var data = call.String(1).Span;
        call.State.Charge(data.Length);
        return call.Return(Hexadecimal(call, Digest.Of(name, data, key)!));
    }

    /// <summary>
    /// V1112 computes it and gives nothing: luat_crypto_md answers 0 where l_crypto_md waits for the length.
    /// </summary>
    public static int Message(in LuaCall call)
    {
        call.String(1);
        call.String(2);
        return call.Return();
    }

    public static int OfFile(in LuaCall call)
    {
        var name = LuaText.Path(call.String(1));
        var path = call.String(2);
        if (path.Length < 2) return call.Return();
        var host = call.Host<FirmwareHost>();
        using var digest = Digest.Create(name, call[3].AsString is { } key ? key.Span : default);
        if (digest is null)
        {
            host.Log.WriteBytes(LogLevel.Info, Tag, $"no such message digest {name}");
            return call.Return();
        }

        if (host.Files.Open(LuaText.Path(path), "rb") is not { } file)
        {
            host.Log.WriteBytes(LogLevel.Info, Tag, $"no such file {LuaText.Path(path)}");
            return call.Return();
        }

        var data = file.Read(long.MaxValue);
        file.Close();
        call.State.Charge(data.Length);
        digest.Append(data);
        return call.Return(Hexadecimal(call, digest.Finish()));
    }

    public static int Start(in LuaCall call)
    {
        EarlyUserdata.Refuse(call, 1, "string");
        var name = LuaText.Path(call.String(1));
        var digest = Digest.Create(name, call[2].AsString is { } key ? key.Span : default);
        return digest is null
            ? call.Return()
            : call.Return(call.State.NewUserdata(
                new DigestStream(digest), TypeMetatable.Of(call.State, TypeName), ObjectSize));
    }

    public static int Update(in LuaCall call)
    {
        var stream = call.Payload<DigestStream>(1, TypeName);
        var data = call.String(2).Span;
        call.State.Charge(data.Length);
        stream.Open?.Append(data);
        return call.Return();
    }

    public static int Finish(in LuaCall call)
    {
        var stream = call.Payload<DigestStream>(1, TypeName);
        if (stream.Open is not { } digest)
        {
            call.Host<IFirmwareHost>().Log.Write(LogLevel.Info, Tag, $"md finish ret {BadInput}");
            return call.Return();
        }

        stream.Open = null;
        var hash = digest.Finish();
        digest.Dispose();
        return call.Return(Hexadecimal(call, hash));
    }

    private static LuaString Hexadecimal(in LuaCall call, byte[] hash) =>
        call.State.NewString(Encoding.ASCII.GetBytes(Convert.ToHexString(hash)));

    /// <summary>What crypto.hash_init gives.</summary>
    private sealed class DigestStream(Digest digest)
    {
        /// <summary>Null once it has ended.</summary>
        public Digest? Open { get; set; } = digest;
    }
}
