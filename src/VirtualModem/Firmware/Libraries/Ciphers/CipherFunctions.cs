using System.Globalization;

using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// The ciphers of <c>crypto</c> (L:luat/modules/luat_lib_crypto.c, L:components/crypto/luat_crypto_mbedtls.c). What
/// fails before the data gives no value; what fails later gives what there is so far.
/// </summary>
internal static class CipherFunctions
{
    private const string Tag = "crypto";

    /// <summary>
    /// The names of crypto.cipher_suites(), what the configuration of mbedtls leaves
    /// (S:project/luatos/inc/mbedtls_ec618_config.h).
    /// </summary>
    private const string Suites = """
        ECDHE-ECDSA 256-GCM-SHA384|ECDHE-RSA 256-GCM-SHA384|ECDHE-ECDSA 256-CCM|ECDHE-ECDSA 256-CBC-SHA384
        ECDHE-RSA 256-CBC-SHA384|ECDHE-ECDSA 256-CBC-SHA|ECDHE-RSA 256-CBC-SHA|ECDHE-ECDSA 256-CCM-8
        ECDHE-ECDSA 128-GCM-SHA256|ECDHE-RSA 128-GCM-SHA256|ECDHE-ECDSA 128-CCM|ECDHE-ECDSA 128-CBC-SHA256
        ECDHE-RSA 128-CBC-SHA256|ECDHE-ECDSA 128-CBC-SHA|ECDHE-RSA 128-CBC-SHA|ECDHE-ECDSA 128-CCM-8
        RSA 256-GCM-SHA384|RSA 256-CCM|RSA 256-CBC-SHA256|RSA 256-CBC-SHA|RSA 256-CCM-8
        RSA 128-GCM-SHA256|RSA 128-CCM|RSA 128-CBC-SHA256|RSA 128-CBC-SHA|RSA 128-CCM-8
        RSA-PSK 256-GCM-SHA384|RSA-PSK 256-CBC-SHA384|RSA-PSK 256-CBC-SHA
        RSA-PSK 128-GCM-SHA256|RSA-PSK 128-CBC-SHA256|RSA-PSK 128-CBC-SHA
        PSK 256-GCM-SHA384|PSK 256-CCM|PSK 256-CBC-SHA384|PSK 256-CBC-SHA|PSK 256-CCM-8
        PSK 128-GCM-SHA256|PSK 128-CCM|PSK 128-CBC-SHA256|PSK 128-CBC-SHA|PSK 128-CCM-8
        """;

    public static int Encrypt(in LuaCall call) => Run(call, encrypts: true);

    public static int Decrypt(in LuaCall call) => Run(call, encrypts: false);

    public static int List(in LuaCall call) => ReturnNames(call, [.. CipherForm.All.Select(form => form.Name)]);

    public static int ListSuites(in LuaCall call) => ReturnNames(call, SuiteNames);

    private static readonly string[] SuiteNames =
    [
        .. Suites.Split(['|', '\n'], StringSplitOptions.TrimEntries)
            .Select(suite => $"TLS-{suite.Replace(" ", "-WITH-AES-", StringComparison.Ordinal)}"),
    ];

    private static int ReturnNames(in LuaCall call, IReadOnlyList<string> names)
    {
        var list = call.State.NewTable();
        for (var i = 0; i < names.Count; i++)
        {
            list[i + 1L] = names[i];
            call.State.ChargeBytes(names[i].Length + LibraryWork.BytesPerInstruction);
        }

        return call.Return(list);
    }

    private static int Run(in LuaCall call, bool encrypts)
    {
        var name = call.StringOrNull(1) is { } text ? LuaText.Path(text) : "AES-128-ECB";
        var padding = call.StringOrNull(2) is { } fill ? LuaText.Path(fill) : "PKCS7";
        var data = call.String(3).Span;
        var key = call.String(4).Span;
        var initial = (call.StringOrNull(5) ?? LuaString.Empty).Span;
        var room = new TextRoom(call.State);
        room.Grow(data.Length + 16L);
        if (CipherForm.Find(name) is not { } form)
        {
            Log(call, $"mbedtls_cipher_info fail {name} not support");
            return call.Return();
        }

        if (key.Length != form.KeyBytes)
        {
            Log(call, $"mbedtls_cipher_setkey fail -0x{(int)CipherError.BadInput:x4} {name}");
            return call.Return();
        }

        using var stream = new CipherStream(form, key.ToArray(), encrypts, CipherPaddings.Find(padding));
        if (initial.Length > 0 && stream.SetInitial(initial) is var refused and not CipherError.None)
        {
            Log(call, $"mbedtls_cipher_set_iv fail -0x{(int)refused:x4} {name}");
            return call.Return();
        }

        call.State.Charge(data.Length);
        var output = new List<byte>(data.Length + form.BlockBytes);
        if (form.Mode == CipherMode.Ecb && encrypts && padding is "PKCS7" or "ZERO")
        {
            data = FilledUp(call, form, padding, data);
        }

        Feed(call, stream, form, data, !encrypts && form.Mode == CipherMode.Ecb && padding == "PKCS7", output);
        return call.Return(room.Make([.. output]));
    }

    /// <summary>The firmware fills up ECB itself, always by one byte at least.</summary>
    private static byte[] FilledUp(in LuaCall call, CipherForm form, string padding, ReadOnlySpan<byte> data)
    {
        var used = data.Length % form.BlockBytes;
        var filled = new byte[data.Length - used + form.BlockBytes];
        data.CopyTo(filled);
        if (padding == "PKCS7") CipherPadding.Pkcs7.Fill(filled.AsSpan(data.Length - used), used);
        else call.Host<IFirmwareHost>().Log.Write(LogLevel.Debug, Tag, "zero padding");
        return filled;
    }

    private static void Feed(
        in LuaCall call, CipherStream stream, CipherForm form, ReadOnlySpan<byte> data, bool endsFilled,
        List<byte> output)
    {
        for (var at = 0; at < data.Length; at += form.BlockBytes)
        {
            var before = output.Count;
            var input = data[at..Math.Min(at + form.BlockBytes, data.Length)];
            if (stream.Update(input, output) is var error and not CipherError.None)
            {
                Fail(call, "mbedtls_cipher_update", error, form);
                return;
            }

            if (!endsFilled || at + form.BlockBytes < data.Length) continue;
            var count = CipherPadding.Pkcs7.DataIn(output.ToArray().AsSpan(before));
            output.RemoveRange(before + (count ?? 0), output.Count - before - (count ?? 0));
            if (count is not null) continue;
            Fail(call, "get_pkcs_padding", CipherError.InvalidPadding, form);
            return;
        }

        var end = stream.Finish(output);
        if (end != CipherError.None) Fail(call, "mbedtls_cipher_finish", end, form);
    }

    private static void Fail(in LuaCall call, string what, CipherError error, CipherForm form) =>
        Log(call, string.Create(CultureInfo.InvariantCulture, $"{what} fail 0x{(int)error:X4} {form.Name}"));

    private static void Log(in LuaCall call, string text) =>
        call.Host<IFirmwareHost>().Log.WriteBytes(LogLevel.Error, Tag, text);
}
