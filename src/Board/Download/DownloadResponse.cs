using System.Buffers.Binary;

namespace AirHil.Board.Download;

/// <summary>
/// A board's answer: code, index, id and its complement, state, length, data; an agent's answer ends with a CRC-32
/// (reference bench §5.5).
/// </summary>
/// <param name="State">0: done.</param>
/// <param name="Data">At most 255 bytes.</param>
internal readonly record struct DownloadResponse(
    DownloadStage Stage, byte Code, byte Index, byte State, ReadOnlyMemory<byte> Data)
{
    private const int HeadBytes = 6;

    /// <summary>The bytes on the wire.</summary>
    public byte[] Encode()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Data.Length, 255, nameof(Data));
        var id = DownloadCommand.Id(Stage);
        byte[] plain = [Code, Index, id, (byte)~id, State, (byte)Data.Length, .. Data.Span];
        if (Stage == DownloadStage.DownloadBoot) return plain;
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(check, DownloadChecksums.Crc32(plain));
        return [.. plain, .. check];
    }

    /// <summary>Reads the answer that the bytes begin with.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="length">Its length on the wire; 0 where more bytes are needed.</param>
    /// <exception cref="FormatException">They are no such answer, or the check value is wrong.</exception>
    public static bool TryDecode(
        DownloadStage stage, ReadOnlyMemory<byte> bytes, out DownloadResponse response, out int length)
    {
        (response, length) = (default, 0);
        if (bytes.Length < HeadBytes) return false;
        var head = bytes.Span[..HeadBytes];
        var id = DownloadCommand.Id(stage);
        if (head[2] != id || head[3] != (byte)~id)
        {
            throw new FormatException($"bytes 2 and 3: {id:X2} {(byte)~id:X2} was expected, not {head[2]:X2} "
                + $"{head[3]:X2}");
        }

        var plain = HeadBytes + head[5];
        var size = plain + (stage == DownloadStage.DownloadBoot ? 0 : 4);
        if (bytes.Length < size) return false;
        if (size > plain)
        {
            var sent = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[plain..]);
            var right = DownloadChecksums.Crc32(bytes.Span[..plain]);
            if (sent != right) throw new FormatException($"byte {plain}: the check is {sent:X8}, not {right:X8}");
        }

        response = new DownloadResponse(stage, head[0], head[1], head[4], bytes[HeadBytes..plain]);
        length = size;
        return true;
    }
}
