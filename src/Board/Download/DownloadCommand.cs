using System.Buffers.Binary;

namespace AirHil.Board.Download;

/// <summary>
/// A command to a board in download mode: code, index, id and its complement, length, data (reference bench §5.5). To
/// the ROM only <see cref="DataCode"/> carries a check value, the sum of all bytes. To an agent every command carries a
/// CRC-32 over itself with the plain length, and the length that is sent has its own CRC-8 in the top byte unless it is
/// 0.
/// </summary>
/// <param name="Data">At most <see cref="LongestData"/> bytes.</param>
internal readonly record struct DownloadCommand(DownloadStage Stage, byte Code, byte Index, ReadOnlyMemory<byte> Data)
{
    /// <summary>"Download data", the one code whose frame to the ROM has a check value.</summary>
    public const byte DataCode = 0x32;

    /// <summary>The longest data that is written or read, in bytes: what three bytes of length can say.</summary>
    public const int LongestData = (1 << 24) - 1;

    private const int HeadBytes = 8;

    /// <summary>The bytes on the wire.</summary>
    public byte[] Encode()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Data.Length, LongestData, nameof(Data));
        var check = HasCheck(Stage, Code);
        var bytes = new byte[HeadBytes + Data.Length + (check ? 4 : 0)];
        var body = bytes.AsSpan(0, HeadBytes + Data.Length);
        var id = Id(Stage);
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (Code, Index, id, (byte)~id);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Data.Length);
        Data.Span.CopyTo(bytes.AsSpan(HeadBytes));
        if (check)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(body.Length), Check(Stage, body));
        }

        if (Stage != DownloadStage.DownloadBoot && Data.Length > 0)
        {
            bytes[7] = DownloadChecksums.Crc8(bytes.AsSpan(4, 3));
        }

        return bytes;
    }

    /// <summary>Reads the command that the bytes begin with.</summary>
    /// <param name="command">The command.</param>
    /// <param name="length">Its length on the wire; 0 where more bytes are needed.</param>
    /// <exception cref="FormatException">They are no such command, or a check value is wrong.</exception>
    public static bool TryDecode(
        DownloadStage stage, ReadOnlyMemory<byte> bytes, out DownloadCommand command, out int length)
    {
        (command, length) = (default, 0);
        if (bytes.Length < HeadBytes) return false;
        var head = bytes.Span[..HeadBytes].ToArray();
        if (head[2] != Id(stage) || head[3] != (byte)~Id(stage))
        {
            throw new FormatException(
                $"bytes 2 and 3: {Id(stage):X2} {(byte)~Id(stage):X2} was expected, not {head[2]:X2} {head[3]:X2}");
        }

        if (stage != DownloadStage.DownloadBoot)
        {
            var crc = DownloadChecksums.Crc8(head.AsSpan(4, 3));
            var isEmpty = (head[4] | head[5] | head[6]) == 0;
            if (head[7] != (isEmpty ? 0 : crc))
            {
                throw new FormatException($"byte 7: the length's check is {head[7]:X2}, not {(isEmpty ? 0 : crc):X2}");
            }

            head[7] = 0;
        }

        var data = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        if (data > LongestData) throw new FormatException($"byte 4: {data} bytes of data; {LongestData} at most");
        var check = HasCheck(stage, head[0]);
        var size = HeadBytes + (int)data + (check ? 4 : 0);
        if (bytes.Length < size) return false;
        if (check)
        {
            byte[] plain = [.. head, .. bytes.Span.Slice(HeadBytes, (int)data)];
            var sent = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[plain.Length..]);
            if (sent != Check(stage, plain))
            {
                throw new FormatException($"byte {plain.Length}: the check is {sent:X8}, not {Check(stage, plain):X8}");
            }
        }

        command = new DownloadCommand(stage, head[0], head[1], bytes.Slice(HeadBytes, (int)data));
        length = size;
        return true;
    }

    internal static byte Id(DownloadStage stage) => stage == DownloadStage.Lpc ? (byte)0x4C : (byte)0xCD;

    private static bool HasCheck(DownloadStage stage, byte code) =>
        stage != DownloadStage.DownloadBoot || code == DataCode;

    private static uint Check(DownloadStage stage, ReadOnlySpan<byte> plain) =>
        stage == DownloadStage.DownloadBoot ? DownloadChecksums.Sum(plain) : DownloadChecksums.Crc32(plain);
}
