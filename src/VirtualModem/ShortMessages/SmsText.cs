using System.Buffers.Binary;
using AirHil.Modem.ShortMessages;

namespace AirHil.VirtualModem.ShortMessages;

/// <summary>The texts of a message as the C code passes them on (luat_lib_sms.c, ucs2char).</summary>
internal static class SmsText
{
    /// <summary>
    /// The text that the SDK gives to the binding: ASCII of the default alphabet, else the bytes in hexadecimal. What
    /// it makes of other characters of the default alphabet is closed; here they are question marks.
    /// </summary>
    public static string BufferOf(DeliverPdu pdu) => pdu.Coding == MessageCoding.SevenBit
        ? string.Concat(pdu.Text.Select(c => c < 0x80 ? c : '?'))
        : Convert.ToHexString(pdu.Body.Span);

    /// <summary>
    /// UTF-8 of UCS-2 in hexadecimal, up to the first zero; half of a pair of surrogates becomes three bytes by itself.
    /// </summary>
    public static byte[] FromHex(string hex)
    {
        var bytes = Convert.FromHexString(hex.Length % 2 == 0 ? hex : hex[..^1]);
        var text = new List<byte>(bytes.Length * 2);
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            var unit = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(i));
            switch (unit)
            {
                case 0:
                    return [.. text];
                case <= 0x7F:
                    text.Add((byte)unit);
                    break;
                case <= 0x7FF:
                    text.AddRange([(byte)(0xC0 | (unit >> 6)), (byte)(0x80 | (unit & 0x3F))]);
                    break;
                default:
                    text.AddRange(
                    [
                        (byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F)),
                    ]);
                    break;
            }
        }

        return [.. text];
    }

    /// <summary>The distance from UTC in quarter hours.</summary>
    public static int QuartersOf(DateTimeOffset time) => (int)(time.Offset.TotalMinutes / 15);
}
