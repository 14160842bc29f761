using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AirHil.VirtualModem.Displays;

namespace AirHil.VirtualModem.Tests.Displays;

/// <summary>Pictures in JPEG. The hashes are those of V1112's own decoder (tjpgd.c), run on a computer.</summary>
public sealed class JpegPictureTests
{
    [Theory]
    [InlineData(nameof(JpegSamples.Quarter), "8B517C9A5704D82C")]
    [InlineData(nameof(JpegSamples.Half), "C1FEA26CF18064AA")]
    [InlineData(nameof(JpegSamples.Whole), "3CE65E7E8FC0878D")]
    [InlineData(nameof(JpegSamples.Grey), "5C7667946905C473")]
    [InlineData(nameof(JpegSamples.WithRestarts), "EFE5FD8C8AE51992")]
    public void A_picture_has_the_pixels_of_the_module(string name, string hash) =>
        Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Text(Sample(name)))))[..16].ShouldBe(hash);

    /// <summary>Another byte at a place, and the last line of what the module's decoder gives.</summary>
    [Theory]
    [InlineData(0, 0x00, "prepare 2")] // no start
    [InlineData(2, 0x00, "prepare 6")] // no marker
    [InlineData(159, 0xC2, "prepare 8")] // progressive
    [InlineData(166, 0x00, "prepare 6")] // no width
    [InlineData(167, 0x04, "prepare 8")] // four components
    [InlineData(169, 0x12, "prepare 8")] // another sampling
    [InlineData(170, 0x05, "prepare 8")] // a table that cannot be
    [InlineData(24, 0x10, "prepare 6")] // factors of 16 bits
    [InlineData(181, 0x20, "prepare 6")] // a third kind of codes
    [InlineData(198, 0x0C, "prepare 6")] // a first value of 12 bits
    [InlineData(322, 0x01, "prepare 8")] // a scan of one component
    [InlineData(324, 0x01, "prepare 8")] // different tables in one component
    [InlineData(180, 0x05, "prepare 6")] // a segment that is too short
    public void A_damaged_head_is_an_error(int place, byte value, string expected)
    {
        var file = JpegSamples.Quarter.ToArray();
        file[place] = value;
        Text(file).ShouldBe(expected + "\n");
    }

    [Theory]
    [InlineData(3, 1, "prepare 2")]
    [InlineData(164, 1, "prepare 2")]
    [InlineData(326, 1, "prepare 2")]
    [InlineData(338, 1, "decomp 2")]
    [InlineData(510, 3, "decomp 2")]
    [InlineData(548, 4, "decomp 2")]
    public void A_file_that_ends_too_soon_shows_what_is_there(int length, int lines, string last)
    {
        var text = Text(JpegSamples.Quarter[..length]).TrimEnd().Split('\n');
        (text.Length, text[^1]).ShouldBe((lines, last));
    }

    [Fact]
    public void The_memory_and_the_buffer_of_the_module_are_the_limit()
    {
        var file = JpegSamples.Quarter;
        Text([.. file[..2], 0xFF, 0xDD, 2, 4, .. new byte[514], .. file[2..]]).ShouldBe("prepare 4\n");
        var table = file[Array.IndexOf(file, (byte)0xDB)..][1..][..67];
        IEnumerable<byte> tables = Enumerable.Repeat<byte[]>([0xFF, 0xDB, .. table], 39).SelectMany(bytes => bytes);
        Text([.. file[..2], .. tables, .. file[2..]]).ShouldBe("prepare 3\n");
    }

    [Fact]
    public void A_restart_marker_that_is_not_expected_ends_the_picture()
    {
        var file = JpegSamples.WithRestarts.ToArray();
        file[395] = 0xD3;
        Text(file).TrimEnd().Split('\n')[1..].ShouldBe(["decomp 6"]);
    }

    private static byte[] Sample(string name) =>
        (byte[])typeof(JpegSamples).GetProperty(name)!.GetValue(null)!;

    /// <summary>A line for each rectangle, and one for the error.</summary>
    private static string Text(byte[] file)
    {
        var text = new StringBuilder();
        var doing = "prepare";
        try
        {
            var picture = new JpegPicture(file);
            doing = "decomp";
            while (picture.Next() is { } part)
            {
                text.Append(CultureInfo.InvariantCulture, $"{part.Left} {part.Top} {part.Right} {part.Bottom}");
                foreach (var pixel in part.Pixels) text.Append(CultureInfo.InvariantCulture, $" {pixel:X4}");
                text.Append('\n');
            }
        }
        catch (JpegException problem)
        {
            text.Append(CultureInfo.InvariantCulture, $"{doing} {(int)problem.Error}\n");
        }

        return text.ToString();
    }
}
