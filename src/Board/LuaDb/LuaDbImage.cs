using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AirHil.Board.LuaDb;

/// <summary>
/// The script image of LuatOS, LuaDB version 2 (reference bench §5.3): files one behind the other, without checksums,
/// alignment or padding. Plain .lua files are allowed in it.
/// </summary>
internal static class LuaDbImage
{
    /// <summary>The longest file name that the module can hold, in bytes.</summary>
    public const int LongestName = 31;

    /// <summary>The most files that the module reads.</summary>
    public const int MostFiles = 1024;

    /// <summary>The largest image that is read or written: more than any partition of an EC618.</summary>
    public const int LargestImage = 4 << 20;

    private static ReadOnlySpan<byte> Magic => [0x01, 0x04, 0x5A, 0xA5, 0x5A, 0xA5];
    private static ReadOnlySpan<byte> Version => [0x02, 0x02, 0x02, 0x00];
    private static ReadOnlySpan<byte> HeadSize => [0x03, 0x04, 0x12, 0x00, 0x00, 0x00];
    private static ReadOnlySpan<byte> NoChecksum => [0xFE, 0x02, 0xFF, 0xFF];

    /// <summary>Writes an image with the files in their order.</summary>
    /// <exception cref="FormatException">A name, the number of files or the size is more than a module can
    /// hold.</exception>
    public static byte[] Write(IReadOnlyCollection<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count is 0 or > MostFiles)
        {
            throw new FormatException($"an image holds 1 to {MostFiles} files, not {files.Count}");
        }

        var output = new ArrayBufferWriter<byte>();
        output.Write(Magic);
        output.Write(Version);
        output.Write(HeadSize);
        output.Write<byte>([0x04, 0x02]);
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(2), (ushort)files.Count);
        output.Advance(2);
        output.Write(NoChecksum);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, content) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            if (bytes.Length is 0 or > LongestName || bytes.AsSpan().Contains((byte)0))
            {
                throw new FormatException($"the file name '{name}' has {bytes.Length} bytes; a module holds 1 to "
                    + $"{LongestName}");
            }

            if (!seen.Add(name)) throw new FormatException($"the file '{name}' is there twice");
            if (output.WrittenCount + content.Length > LargestImage)
            {
                throw new FormatException($"the files come to more than {LargestImage} bytes, at '{name}'");
            }

            output.Write(Magic);
            output.Write<byte>([0x02, (byte)bytes.Length]);
            output.Write(bytes);
            output.Write<byte>([0x03, 0x04]);
            BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), (uint)content.Length);
            output.Advance(4);
            output.Write(NoChecksum);
            output.Write(content.Span);
        }

        return output.WrittenSpan.ToArray();
    }
}
