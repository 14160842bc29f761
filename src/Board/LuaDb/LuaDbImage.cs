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

    /// <summary>
    /// Reads an image as the module does: no checksum is looked at, what follows the last file is ignored.
    /// </summary>
    /// <exception cref="FormatException">It is no such image; the message says what was expected where.</exception>
    public static IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Read(ReadOnlyMemory<byte> image)
    {
        var at = 0;
        Expect(image.Span, ref at, Magic, "the magic 01 04 5A A5 5A A5");
        var version = Field(image.Span, ref at, 0x02, 2, "the version");
        if (version == 0) throw new FormatException("byte 8: the version is 0");
        if (Field(image.Span, ref at, 0x03, 4, "the head size") == 0) throw new FormatException("byte 12: no head "
            + "size");
        var count = Field(image.Span, ref at, 0x04, 2, "the number of files");
        if (count is 0 or > MostFiles) throw new FormatException($"byte 18: {count} files; 1 to {MostFiles} are "
            + "possible");
        Field(image.Span, ref at, 0xFE, 2, "the checksum");
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        for (var i = 0; i < count; i++)
        {
            Expect(image.Span, ref at, Magic, $"file {i + 1} of {count}");
            var name = Name(image.Span, ref at);
            var size = Field(image.Span, ref at, 0x03, 4, $"the size of '{name}'");
            Field(image.Span, ref at, 0xFE, 2, $"the checksum of '{name}'");
            if (size > image.Length - at)
            {
                throw new FormatException($"byte {at}: '{name}' shall have {size} bytes; {image.Length - at} are left");
            }

            files.Add(new(name, image.Slice(at, (int)size)));
            at += (int)size;
        }

        return files;
    }

    private static void Expect(ReadOnlySpan<byte> image, ref int at, ReadOnlySpan<byte> bytes, string what)
    {
        if (!image[at..].StartsWith(bytes)) throw new FormatException($"byte {at}: {what} was expected");
        at += bytes.Length;
    }

    private static uint Field(ReadOnlySpan<byte> image, ref int at, byte type, int size, string what)
    {
        if (image.Length - at < 2 + size || image[at] != type || image[at + 1] != size)
        {
            throw new FormatException($"byte {at}: {what} was expected, as {type:X2} {size:X2} and {size} bytes");
        }

        var value = size == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(image[(at + 2)..])
            : BinaryPrimitives.ReadUInt32LittleEndian(image[(at + 2)..]);
        at += 2 + size;
        return value;
    }

    private static string Name(ReadOnlySpan<byte> image, ref int at)
    {
        if (image.Length - at < 2 || image[at] != 0x02 || image[at + 1] == 0 || image.Length - at < 2 + image[at + 1])
        {
            throw new FormatException($"byte {at}: a file name was expected, as 02, its length and its bytes");
        }

        var name = Encoding.UTF8.GetString(image.Slice(at + 2, image[at + 1]));
        at += 2 + image[at + 1];
        return name;
    }
}
