using AirHil.Board.Download;

namespace AirHil.Board.Tests.Download;

/// <summary>The vectors of reference bench §5.5 and §5.8, both directions.</summary>
public class DownloadTests
{
    [Theory]
    [InlineData(nameof(DownloadStage.DownloadBoot), 0x32, 3, "AA 55", "32 03 CD 32 02 00 00 00 AA 55 35 02 00 00")]
    [InlineData(nameof(DownloadStage.DownloadBoot), 0x20, 0, "", "20 00 CD 32 00 00 00 00")]
    [InlineData(nameof(DownloadStage.AgentBoot), 0x20, 0, "", "20 00 CD 32 00 00 00 00 B3 5B C3 EA")]
    [InlineData(
        nameof(DownloadStage.Lpc), 0x10, 0, "00 10 00 00 00 00 80 00",
        "10 00 4C B3 08 00 00 25 00 10 00 00 00 00 80 00 9A C5 58 21")]
    [InlineData(nameof(DownloadStage.Lpc), 0x42, 0, "49 4D 42 4F", "42 00 4C B3 04 00 00 9E 49 4D 42 4F 2E 82 DA 6C")]
    [InlineData(nameof(DownloadStage.Lpc), 0x42, 0, "49 58 4C 46", "42 00 4C B3 04 00 00 9E 49 58 4C 46 9F 76 68 91")]
    [InlineData(nameof(DownloadStage.Lpc), 0x44, 0, "", "44 00 4C B3 00 00 00 00 AD AB 08 E7")]
    [InlineData(nameof(DownloadStage.Lpc), 0xAA, 0, "", "AA 00 4C B3 00 00 00 00 FE 9C 52 71")]
    public void Commands_are_the_bytes_of_the_reference(
        string name, byte code, byte index, string data, string wire)
    {
        var stage = Enum.Parse<DownloadStage>(name);
        var command = new DownloadCommand(stage, code, index, Hex(data));
        command.Encode().ShouldBe(Hex(wire));
        byte[] stream = [.. Hex(wire), 0x00];
        DownloadCommand.TryDecode(stage, stream, out var read, out var length).ShouldBeTrue();
        length.ShouldBe(stream.Length - 1);
        (read.Stage, read.Code, read.Index).ShouldBe((stage, code, index));
        read.Data.ToArray().ShouldBe(Hex(data));
        for (var cut = 0; cut < length; cut++)
        {
            DownloadCommand.TryDecode(stage, stream.AsMemory(0, cut), out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_flipped_bit_in_a_checked_command_is_seen()
    {
        var wire = new DownloadCommand(DownloadStage.Lpc, 0x42, 0, Hex("49 4D 42 4F")).Encode();
        for (var bit = 0; bit < 8 * wire.Length; bit++)
        {
            var damaged = wire.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<FormatException>(() => DownloadCommand.TryDecode(DownloadStage.Lpc, damaged, out _, out _));
        }
    }

    [Theory]
    [InlineData(nameof(DownloadStage.DownloadBoot), 6)]
    [InlineData(nameof(DownloadStage.AgentBoot), 10)]
    [InlineData(nameof(DownloadStage.Lpc), 10)]
    public void Answers_come_back_as_they_were_sent(string name, int bytesAround)
    {
        var stage = Enum.Parse<DownloadStage>(name);
        var wire = new DownloadResponse(stage, 0x21, 7, 0, Hex("01 02 03")).Encode();
        wire.Length.ShouldBe(bytesAround + 3);
        DownloadResponse.TryDecode(stage, wire.AsMemory(0, wire.Length - 1), out _, out _).ShouldBeFalse();
        DownloadResponse.TryDecode(stage, wire, out var read, out var length).ShouldBeTrue();
        length.ShouldBe(wire.Length);
        (read.Code, read.Index, read.State).ShouldBe(((byte)0x21, (byte)7, (byte)0));
        read.Data.ToArray().ShouldBe(Hex("01 02 03"));
        wire[2] ^= 1;
        Should.Throw<FormatException>(() => DownloadResponse.TryDecode(stage, wire, out _, out _));
    }

    [Fact]
    public void A_board_in_download_mode_is_told_by_its_answer()
    {
        DownloadSync.For(DownloadStage.DownloadBoot).ToArray().ShouldBe(Hex("00 D3 02 2B"));
        DownloadSync.For(DownloadStage.AgentBoot).ToArray().ShouldBe(Hex("AA D3 02 2B"));
        DownloadSync.For(DownloadStage.Lpc).ToArray().ShouldBe(Hex("CD D3 02 2B"));
        Answer("").ShouldBe(DownloadAnswer.Silent);
        Answer("00 D3 02 2B").ShouldBe(DownloadAnswer.Synchronised);
        Answer("00 00 D3 02 2B 00").ShouldBe(DownloadAnswer.Synchronised);
        Answer("EE D3 02 2B").ShouldBe(DownloadAnswer.OtherStage);
        Answer("41 54").ShouldBe(DownloadAnswer.Unknown);
    }

    [Fact]
    public void The_check_of_a_length_is_the_one_of_the_reference() =>
        DownloadChecksums.Crc8([0x04, 0x00, 0x00]).ShouldBe((byte)0x9E);

    private static DownloadAnswer Answer(string hex) => DownloadSync.Read(Hex(hex), DownloadStage.DownloadBoot);

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
