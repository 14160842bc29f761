using Crc16Form = (ushort Polynomial, ushort Initial, ushort Final, bool Mirrored);

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>The cyclic redundancy checks of <c>crypto</c> (reference §8, L:luat/modules/crc.c).</summary>
internal static class Checksums
{
    /// <summary>
    /// The named forms of CRC-16: polynomial, first value, what the result is XORed with, whether bits are mirrored.
    /// </summary>
    private static readonly Dictionary<string, Crc16Form> Crc16Forms = new()
    {
        ["IBM"] = (0x8005, 0x0000, 0x0000, true),
        ["MAXIM"] = (0x8005, 0x0000, 0xFFFF, true),
        ["USB"] = (0x8005, 0xFFFF, 0xFFFF, true),
        ["MODBUS"] = (0x8005, 0xFFFF, 0x0000, true),
        ["CCITT"] = (0x1021, 0x0000, 0x0000, true),
        ["CCITT-FALSE"] = (0x1021, 0xFFFF, 0x0000, false),
        ["X25"] = (0x1021, 0xFFFF, 0xFFFF, true),
        ["XMODEM"] = (0x1021, 0x0000, 0x0000, false),
        ["DNP"] = (0x3D65, 0x0000, 0xFFFF, true),
    };

    /// <summary>A named CRC-16; 0 for a name that is not known.</summary>
    public static ushort Crc16(string form, ReadOnlySpan<byte> bytes) => Crc16Forms.TryGetValue(form, out var f)
        ? Crc16(bytes, f.Polynomial, f.Initial, f.Final, f.Mirrored, f.Mirrored) : (ushort)0;

    public static ushort Crc16(
        ReadOnlySpan<byte> bytes, ushort polynomial, ushort initial, ushort final, bool mirrorInput, bool mirrorResult)
    {
        var crc = initial;
        foreach (var b in bytes)
        {
            crc ^= (ushort)(Mirror(b, mirrorInput ? 8 : 0) << 8);
            for (var i = 0; i < 8; i++) crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ polynomial : crc << 1);
        }

        return (ushort)(Mirror(crc, mirrorResult ? 16 : 0) ^ final);
    }

    /// <summary>MODBUS with a first value of the caller's.</summary>
    public static ushort Crc16Modbus(ReadOnlySpan<byte> bytes, ushort initial) =>
        Crc16(bytes, 0x8005, (ushort)Mirror(initial, 16), 0, mirrorInput: true, mirrorResult: true);

    /// <summary>The CRC-32 of Ethernet and zip.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    public static byte Crc8(ReadOnlySpan<byte> bytes, byte polynomial, byte initial)
    {
        var crc = initial;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (byte)((crc & 0x80) != 0 ? (crc << 1) ^ polynomial : crc << 1);
        }

        return crc;
    }

    /// <summary>
    /// The mirrored form. V1112 mirrors the first value where it should mirror the polynomial, and takes that for the
    /// polynomial; so does this.
    /// </summary>
    public static byte Crc8Mirrored(ReadOnlySpan<byte> bytes, byte initial)
    {
        var polynomial = (byte)Mirror(initial, 8);
        var crc = initial;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1);
        }

        return crc;
    }

    /// <summary>A CRC of seven bits, given in the upper seven of the result.</summary>
    /// <param name="bytes">The data.</param>
    /// <param name="polynomial">As the firmware takes it, in the upper seven bits.</param>
    /// <param name="initial">The first value.</param>
    /// <param name="leavesTable">Whether the firmware reads behind its table of 256 steps.</param>
    public static byte Crc7(ReadOnlySpan<byte> bytes, byte polynomial, byte initial, out bool leavesTable)
    {
        var crc = initial;
        leavesTable = false;
        foreach (var b in bytes)
        {
            leavesTable |= crc >= 0x80;
            crc = Crc7Step((byte)((crc << 1) ^ b), polynomial);
        }

        return (byte)(crc << 1);
    }

    private static byte Crc7Step(byte index, byte polynomial)
    {
        var value = (byte)((index & 0x80) != 0 ? index ^ polynomial : index);
        for (var i = 1; i < 8; i++)
        {
            value <<= 1;
            if ((value & 0x80) != 0) value ^= polynomial;
        }

        return value;
    }

    /// <summary>The lowest bits of a number in reverse order; the number itself for 0 bits.</summary>
    private static int Mirror(int value, int bits)
    {
        if (bits == 0) return value;
        var result = 0;
        for (var i = 0; i < bits; i++)
        {
            if ((value & (1 << i)) != 0) result |= 1 << (bits - 1 - i);
        }

        return result;
    }
}
