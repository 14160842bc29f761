using System.Globalization;
using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Ciphers;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// <c>iotauth</c>: the client id, user name and password that six clouds ask for, computed from a device's secret
/// (reference-net §5.4, L:components/iotauth/luat_iotauth.c). Texts are bytes, read as Latin-1. A method that is not
/// known is logged; what was computed before is returned, the rest is empty.
/// </summary>
internal static class IotAuthLibrary
{
    private const long DefaultTimestamp = 32_472_115_200;
    private const long TuyaTimestamp = 7_258_089_600;
    private const int LongestName = 191;
    private const int LongestPassword = 255;
    private const int LongestToken = 99;
    private const int AliyunDeviceBuffer = 64;
    private const int AliyunTextBuffer = 200;
    private const int OneNetKeyBytes = 64;
    private const int QcloudKeyBytes = 48;
    private const int ConnectionIdLetters = 5;

    /// <summary>Seconds around 1970 with years of four digits; 32-bit numbers stay within them.</summary>
    private const long YearRange = 62_000_000_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("iotauth")
        .Add("aliyun", Aliyun)
        .Add("onenet", OneNet)
        .Add("iotda", Iotda)
        .Add("qcloud", Qcloud)
        .Add("tuya", Tuya)
        .Add("baidu", Baidu);

    private static int Aliyun(in LuaCall call)
    {
        var (product, device, secret) = (Text(call, 1), Text(call, 2), Text(call, 3));
        var method = TextOr(call, 4, "hmacmd5");
        var time = TimeOr(call, 5, DefaultTimestamp);
        var mode = call[6].IsBoolean && call[6].IsTruthy ? 2 : 3;
        if (HashOf(call, method, "hmacmd5", "hmacsha1", "hmacsha256") is not { } hash) return Return(call, "", "", "");
        var id = $"{product}.{device}";
        var signed = $"clientId{id}deviceName{device}productKey{product}timestamp{time}";
        WarnOver(call, id.Length >= AliyunDeviceBuffer || signed.Length >= AliyunTextBuffer);
        return Return(
            call,
            $"{id}|securemode={mode},signmethod=hmac{hash.ToLowerInvariant()},timestamp={time}|",
            $"{device}&{product}",
            Convert.ToHexString(Sign(hash, signed, Encoding.Latin1.GetBytes(secret))));
    }

    private static int OneNet(in LuaCall call)
    {
        var (product, device, secret) = (Text(call, 1), Text(call, 2), Text(call, 3));
        var method = TextOr(call, 4, "md5");
        var version = TextOr(call, 6, "2018-10-31");
        var resource = call[7].AsString is not null ? Text(call, 7) : $"products/{product}/devices/{device}";
        var key = DecodeKey(call, secret, OneNetKeyBytes);
        var message = new OneNetMessage(version, method, resource);
        WarnOver(call, message.IsOverrun);
        if (HashOf(call, method, "md5", "sha1", "sha256") is not { } hash) return Return(call, "", "", "");
        var sign = Sign(
            hash, $"{DefaultTimestamp}\n{message.Method}\n{message.Resource}\n{message.Version}", key);
        var encoded = Escape(message.Resource);
        var encodedSign = Escape(Convert.ToBase64String(sign));
        WarnOver(call, Math.Max(encoded.Length, encodedSign.Length) >= OneNetMessage.TextBuffer);
        message.Resource = encoded;
        var token = $"version={message.Version}&res={encoded}&et={DefaultTimestamp}&method={message.Method}" +
            $"&sign={encodedSign}";
        return Return(call, device, product, token);
    }

    private static int Iotda(in LuaCall call)
    {
        var (device, secret) = (Text(call, 1), Text(call, 2));
        var time = TimeOr(call, 3, DefaultTimestamp);
        if (time is < -YearRange or > YearRange) throw NullPointer.Error(call, "iotauth.iotda with such a time");
        var local = DateTimeOffset.FromUnixTimeSeconds(time + call.Host<FirmwareHost>().Calendar.OffsetSeconds);
        var hour = local.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var sign = Sign("SHA256", secret, Encoding.Latin1.GetBytes(hour));
        return Return(call, $"{device}_0_{(call[3].IsNumber ? 1 : 0)}_{hour}", device, Hex(sign));
    }

    private static int Qcloud(in LuaCall call)
    {
        var (product, device, secret) = (Text(call, 1), Text(call, 2), Text(call, 3));
        var method = TextOr(call, 4, "sha256");
        var time = TimeOr(call, 5, DefaultTimestamp);
        var application = TextOr(call, 6, "12010126");
        var key = DecodeKey(call, secret, QcloudKeyBytes);
        var user = Cut($"{product}{device};{application};{ConnectionId(call)};{time}", LongestName);
        var password = HashOf(call, method, "sha1", "sha256") is { } hash
            ? $"{Hex(Sign(hash, user, key))};hmac{hash.ToLowerInvariant()}"
            : "";
        return Return(call, product + device, user, password);
    }

    private static int Tuya(in LuaCall call)
    {
        var (device, secret) = (Text(call, 1), Text(call, 2));
        var time = TimeOr(call, 3, TuyaTimestamp);
        var signed = Cut($"deviceId={device},timestamp={time},secureMode=1,accessType=1", LongestToken);
        return Return(
            call,
            $"tuyalink_{device}",
            $"{device}|signMethod=hmacSha256,timestamp={time},secureMode=1,accessType=1",
            Hex(Sign("SHA256", signed, Encoding.Latin1.GetBytes(secret))));
    }

    private static int Baidu(in LuaCall call)
    {
        var (core, device, secret) = (Text(call, 1), Text(call, 2), Text(call, 3));
        var method = TextOr(call, 4, "MD5");
        var time = call.IntegerOr(5, 0);
        if (HashOf(call, method, "md5", "sha256") is not { } hash) return Return(call, core, "", "");
        var stamp = time == 0 ? "" : $"{time}|";
        var signed = Cut($"{device}&{time}&{hash}{secret}", LongestToken);
        return Return(call, core, $"thingidp@{core}|{device}|{stamp}{hash}", Hex(Sign(hash, signed, [])));
    }

    private static string Text(in LuaCall call, int index) => LuaText.Path(call.String(index));

    private static string TextOr(in LuaCall call, int index, string otherwise) =>
        call[index].IsNil ? otherwise : Text(call, index);

    private static long TimeOr(in LuaCall call, int index, long otherwise) =>
        call[index].IsNumber ? call.Integer(index) : otherwise;

    /// <summary>The hash of a method in small or in capital letters, not in both; null: it is logged.</summary>
    private static string? HashOf(in LuaCall call, string method, params ReadOnlySpan<string> known)
    {
        foreach (var name in known)
        {
            var capitals = name.ToUpperInvariant();
            if (method != name && method != capitals) continue;
            return capitals.Replace("HMAC", "", StringComparison.Ordinal);
        }

        call.Host<FirmwareHost>().Log.WriteBytes(LogLevel.Error, "iotauth", $"not support: {method}");
        return null;
    }

    /// <summary>Without a key it is the plain hash.</summary>
    private static byte[] Sign(string hash, string text, byte[] key) =>
        Digest.Of(hash, Encoding.Latin1.GetBytes(text), key)!;

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A key that is no Base64 is empty; of one that is too long only the length counts.</summary>
    private static byte[] DecodeKey(in LuaCall call, string secret, int most)
    {
        var key = Base64.Decode(Encoding.Latin1.GetBytes(secret)) ?? [];
        if (key.Length <= most) return key;
        WarnOver(call, true);
        return new byte[key.Length];
    }

    private static void WarnOver(in LuaCall call, bool isOver)
    {
        if (isOver)
        {
            call.Host<FirmwareHost>().Notice("iotauth: a text that does not fit; V1112 overwrites its memory here.");
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (" +/?%#&=".Contains(c, StringComparison.Ordinal)) escaped.Append(Uri.HexEscape(c));
            else escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string ConnectionId(in LuaCall call)
    {
        var bytes = new byte[ConnectionIdLetters];
        call.Host<FirmwareHost>().FillRandom(bytes);
        return string.Concat(bytes.Select(b => (char)('a' + (b % 26))));
    }

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;

    private static int Return(in LuaCall call, string id, string user, string password) => call.Return(
        NewText(call, Cut(id, LongestName)), NewText(call, Cut(user, LongestName)),
        NewText(call, Cut(password, LongestPassword)));

    private static LuaString NewText(in LuaCall call, string text) =>
        call.State.NewString(Encoding.Latin1.GetBytes(text));
}
