using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AirHil.Rig.Service.Http;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>What the server says to an HTTP request: 101 (RFC 6455 §4.2.2), or why not.</summary>
internal static class UpgradeAnswer
{
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>The status that a request deserves: 101, or 400, 426 where it is no proper upgrade.</summary>
    public static int Judge(HttpRequestHead? head)
    {
        if (head is null || !string.Equals(head.Method, "GET", StringComparison.Ordinal)) return 400;
        if (!head.HasToken("Upgrade", "websocket") || !head.HasToken("Connection", "upgrade")) return 426;
        if (head["Sec-WebSocket-Version"] != "13") return 426;
        return string.IsNullOrEmpty(head["Sec-WebSocket-Key"]) ? 400 : 101;
    }

    public static byte[] Accept(string key) => Encoding.Latin1.GetBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + AcceptKey(key) + "\r\n\r\n");

    public static byte[] Refuse(int status)
    {
        var more = status == 426 ? "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" : "";
        return Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {HttpReason.Of(status)}\r\n{more}Connection: close\r\nContent-Length: 0\r\n\r\n"));
    }

    /// <summary>RFC 6455 §4.2.2 item 4 names SHA-1; nothing rests on its strength.</summary>
    public static string AcceptKey(string key) =>
#pragma warning disable CA5350 // The protocol names the hash.
        Convert.ToBase64String(SHA1.HashData(Encoding.Latin1.GetBytes(key + KeySuffix)));

#pragma warning restore CA5350
}
