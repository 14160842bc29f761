using System.Buffers.Binary;
using System.Text;
using AirHil.Board.LuaDb;

namespace AirHil.Board.Tests.LuaDb;

/// <summary>Reads a script image as V1112 does (reference bench §5.3).</summary>
internal static class LuaDbReader
{
    private static ReadOnlySpan<byte> Magic => [0x01, 0x04, 0x5A, 0xA5, 0x5A, 0xA5];

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
        if (count is 0 or > LuaDbImage.MostFiles)
        {
            throw new FormatException($"byte 18: {count} files; 1 to {LuaDbImage.MostFiles} are possible");
        }

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
