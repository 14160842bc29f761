using System.Text;

namespace AirHil.VirtualModem.Logging;

/// <summary>Bytes in the log: two digits and a space each (S:project/luatos/src/luat_base_ec618.c).</summary>
internal static class HexDump
{
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3 + 2);
        foreach (var value in bytes) text.Append(Convert.ToHexString([value])).Append(' ');
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
