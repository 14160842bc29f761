using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AirHil.VirtualModem.Network;

/// <summary>Addresses as lwIP reads and keeps them (ipaddr_aton of lwIP 2).</summary>
internal static class NetworkAddress
{
    /// <summary>
    /// The dotted form of a text that is an IPv4 address: one to four parts, decimal, octal ("0…") or hexadecimal
    /// ("0x…"), the last part filling what is left. An IPv6 address is given back as it is. Null: a name.
    /// </summary>
    public static string? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? text
                : null;
        }

        var end = text.IndexOfAny([' ', '\t', '\r', '\n', '\v', '\f']);
        var parts = (end < 0 ? text : text[..end]).Split('.');
        if (parts.Length > 4) return null;
        uint value = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (Part(parts[i]) is not { } part) return null;
            var last = i == parts.Length - 1;
            if (part > (last ? uint.MaxValue >> (8 * i) : 0xFF)) return null;
            value |= last ? part : part << (24 - (8 * i));
        }

        return Dotted(BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) :
            value);
    }

    public static bool IsVersion6(string address) => address.Contains(':', StringComparison.Ordinal);

    /// <summary>The dotted form of an address in network byte order, as a script gives it as an integer.</summary>
    public static string Dotted(uint networkOrder) => string.Create(
        CultureInfo.InvariantCulture,
        $"{networkOrder & 0xFF}.{(networkOrder >> 8) & 0xFF}.{(networkOrder >> 16) & 0xFF}.{networkOrder >> 24}");

    /// <summary>A zero and the four bytes of an address, as socket.rx gives it.</summary>
    public static byte[] Bytes(string address) => [0, .. IPAddress.Parse(address).GetAddressBytes()];

    private static uint? Part(string text)
    {
        var (digits, style) = text switch
        {
            ['0', 'x' or 'X', .. var hex] => (hex, 16u),
            ['0', .. { Length: > 0 } octal] => (octal, 8u),
            _ => (text, 10u),
        };
        if (digits.Length == 0) return null;
        uint value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return null;
            var number = (uint)Convert.ToInt32(digit.ToString(), 16);
            if (number >= style) return null;
            value = unchecked((value * style) + number);
        }

        return value;
    }
}
