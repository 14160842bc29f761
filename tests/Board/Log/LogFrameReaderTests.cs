using System.Text;
using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

public class LogFrameReaderTests
{
    // Reference bench §2.4, and real frames of an EC718 that the same section points to.
    [Theory]
    [InlineData(Wire.RealFrame, 170_329, Wire.RealText)]
    [InlineData(
        "7E 39 30 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 11 00 00 00 49 2F 75 73 65 72 2E 77 73 63 "
            + "09 63 "
        + "6F 6E 61 63 6B 00 00 00 7E",
        12_345, "I/user.wsc\tconack")]
    [InlineData(
        "7E 39 30 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 11 00 00 00 49 2F 75 73 65 72 2E 77 73 63 "
            + "20 63 "
        + "6F 6E 61 63 6B 00 00 00 7E",
        12_345, "I/user.wsc conack")]
    [InlineData(
        "7E E8 03 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 0E 00 00 00 49 2F 75 73 65 72 2E 74 20 61 "
            + "7D 02 "
        + "62 7D 01 63 00 00 7E",
        1_000, "I/user.t a~b}c")]
    [InlineData(
        "7E1000000000000000C320140A25732025643A696F20766F6C7420332E3376202564002573100000006273705F757365725F6"
        + "96E69745F69"
        + "6F89010000150000007E",
        16, "bsp_user_init_io 393:io volt 3.3v 21")]
    [InlineData(
        "7E0800000000000000C320140A25732025643A25782C25782C25782C25782C25642C25730010000000616D5F6765745F63686"
        + "9705F747970"
        + "6561030000F6BE06001B00000064000000DB0000000A000000070000004543373138484D007E",
        8, "am_get_chip_type 865:6bef6,1b,64,db,10,EC718HM")]
    [InlineData(
        "7EA400000000000000C320140A442F6D61696E202573206C7561766D20256C6420256C6420256C6400080000006C6F61646C6"
        + "96273F8FF3F"
        + "00983E0000983E00007E",
        164, "D/main loadlibs luavm 4194296 16024 16024")]
    [InlineData(
        "7E9B692500000000004C6AD2082B534F4343454C4C3A2025782C25782C25752C25752C2575002573206004000000F00000060"
        + "E0000D70000"
        + "008CCACB047E",
        2_451_867, "+SOCCELL: 460,f000,3590,215,80464524")]
    public void Every_frame_of_the_reference_is_read_whole_and_byte_by_byte(string hex, int tick, string text)
    {
        foreach (var chunk in (int[])[int.MaxValue, 1, 7])
        {
            var record = Wire.Read(Wire.Hex(hex), chunk).ShouldHaveSingleItem();
            record.Text().ShouldBe(text);
            record.Tick.ShouldBe(TimeSpan.FromMilliseconds(tick));
            record.IsGuess.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("7D 01", "}")]
    [InlineData("7D 02", "~")]
    [InlineData("7D 5D", "}")]
    [InlineData("7D 5E", "~")]
    public void All_four_escapes_are_understood(string escape, string meant)
    {
        var hex = $"7E 01 00 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 01 00 00 00 {escape} 00 00 00 7E";
        Wire.Read(Wire.Hex(hex), 1).ShouldHaveSingleItem().Text().ShouldBe(meant);
    }

    [Fact]
    public void A_brace_that_was_not_escaped_stays_a_brace()
    {
        var reader = new LogFrameReader();
        var hex = "7E 01 00 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 04 00 00 00 7B 61 7D 2C 7E";
        Wire.Read(reader, Wire.Hex(hex), 1).ShouldHaveSingleItem().Text().ShouldBe("{a},");
        reader.Counters.UnknownEscapes.ShouldBe(1);
    }

    [Theory]
    [InlineData("%d %u", "-1 4000000000")]
    [InlineData("a%db%uc", "a-1b4000000000c")]
    [InlineData("%5d|%-12u|", "   -1|4000000000  |")]
    [InlineData("%05d%%%u", "-0001%4000000000")]
    [InlineData("%+d %#x", "-1 0xee6b2800")]
    [InlineData("%i %X", "-1 EE6B2800")]
    [InlineData("%hd %lu", "-1 4000000000")]
    public void Integers_are_written_as_printf_writes_them(string format, string text) =>
        Wire.Read(Wire.Formatted(format, -1, 4_000_000_000u)).ShouldHaveSingleItem().Text().ShouldBe(text);

    [Fact]
    public void Arguments_of_all_widths_are_taken_in_order()
    {
        var frame = Wire.Formatted(
            "%c|%lld|%llu|%.2f|%s|%.*s|%p|%x", (int)'A', -5_000_000_000L, 18_000_000_000_000_000_000UL, 3.14159, "five",
            "sixth", 0x0C7FBA58u, 255);
        Wire.Read(frame, 3).ShouldHaveSingleItem().Text()
            .ShouldBe("A|-5000000000|18000000000000000000|3.14|five|sixth|0C7FBA58|ff");
    }

    [Fact]
    public void Width_and_precision_may_be_arguments()
    {
        Wire.Read(Wire.Formatted("[%*d][%-8s][%.2s][%.3d]", 6, 42, "ab", "long", 7)).ShouldHaveSingleItem().Text()
            .ShouldBe("[    42][ab      ][lo][007]");
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_kept_as_they_are()
    {
        byte[] text = [.. "I/user.gb "u8, 0xC4, 0xE3, 0xBA, 0xC3, 0x00, 0x7E, 0x7D, 0xFF];
        Wire.Read(Wire.Frame(text), 1).ShouldHaveSingleItem().Text.ToArray().ShouldBe(text);
    }

    [Fact]
    public void The_terminator_of_a_C_line_is_no_part_of_it()
    {
        var hex = Wire.Frame("D/mobile cid1, state0", terminated: true);
        hex.Length.ShouldBe(Wire.Frame("D/mobile cid1, state0").Length, "the NUL takes the place of padding");
        Wire.Read(hex).ShouldHaveSingleItem().Text().ShouldBe("D/mobile cid1, state0");
        Wire.Read(Wire.Frame("I/user.x\tends with a NUL\0")).ShouldHaveSingleItem().Text().ShouldEndWith("\0");
    }

    [Fact]
    public void Delimiters_may_be_shared_or_doubled()
    {
        var (one, two) = (Wire.Frame("I/a 1"), Wire.Frame("I/a 2"));
        byte[] shared = [.. one, .. two.AsSpan(1)];
        byte[] idle = [0x7E, 0x7E, .. one, 0x7E, 0x7E, 0x7E, .. two, 0x7E];
        foreach (var wire in (byte[][])[shared, idle])
        {
            var reader = new LogFrameReader();
            Wire.Read(reader, wire, 1).Select(Wire.Text).ShouldBe(["I/a 1", "I/a 2"]);
            reader.Counters.Malformed.ShouldBe(0);
        }
    }

    [Fact]
    public void Without_a_format_the_longest_printable_run_is_the_text()
    {
        // A community reader of EC718 firmware V2030 sees such frames (reference bench §2.2).
        var frame = Wire.Formatted(">> ", "I/user.app running");
        var record = Wire.Read(frame).ShouldHaveSingleItem();
        record.Text().ShouldBe("I/user.app running");
        record.IsGuess.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UART Boot Completed", "UART Boot Completed")]
    [InlineData("50% done", "50% done")]
    [InlineData("100%", "100%")]
    [InlineData("100%% of it", "100% of it")]
    public void A_format_without_arguments_is_the_text(string format, string text)
    {
        // Real padding is not zero.
        foreach (var rest in (byte[][])[[], [0x25], [0x25, 0x73, 0x10]])
        {
            byte[] frame = [1, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 5, .. Encoding.ASCII.GetBytes(format), 0, .. rest];
            if (rest.Length > (3 - format.Length % 4)) continue;
            var record = Wire.Read([0x7E, .. frame, 0x7E]).ShouldHaveSingleItem();
            record.Text().ShouldBe(text);
            record.IsGuess.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(40)]
    public void A_frame_that_was_cut_gives_no_half_line_and_costs_no_neighbour(int length)
    {
        var whole = Wire.Frame("I/user.a\twhole");
        var reader = new LogFrameReader();
        var records = Wire.Read(reader, [.. whole, .. Wire.Hex(Wire.RealFrame).AsSpan(0, length), .. whole], 5);
        records.Select(Wire.Text).ShouldBe(["I/user.a\twhole", "I/user.a\twhole"]);
        reader.Counters.Malformed.ShouldBe(1);
        reader.Counters.DroppedBytes.ShouldBe(length - 1);
    }

    [Fact]
    public void An_escape_that_was_cut_is_not_carried_into_the_next_frame()
    {
        var whole = Wire.Frame("I/a b");
        Wire.Read([0x7E, 0x01, 0x7D, .. whole], 1).ShouldHaveSingleItem().Text().ShouldBe("I/a b");
    }

    [Fact]
    public void Bytes_before_the_first_delimiter_are_dropped_and_counted()
    {
        var reader = new LogFrameReader();
        Wire.Read(reader, [.. "half a frame"u8, .. Wire.Frame("I/a b")], 1).Count.ShouldBe(1);
        reader.Counters.DroppedBytes.ShouldBe(12);
        reader.Counters.Malformed.ShouldBe(0);
    }

    [Fact]
    public void A_frame_longer_than_any_line_of_Lua_is_dropped_and_the_next_one_read()
    {
        var reader = new LogFrameReader(longestFrame: 1000);
        var records = Wire.Read(reader, [.. Wire.Frame(new string('x', 2000)), .. Wire.Frame("I/a b")], 64);
        records.ShouldHaveSingleItem().Text().ShouldBe("I/a b");
        reader.Counters.Malformed.ShouldBe(1);
    }

    [Fact]
    public void The_longest_string_of_Lua_fits_in_a_frame()
    {
        var text = new byte[262_000];
        Array.Fill(text, (byte)'~');
        Wire.Read(Wire.Frame(text), 4096).ShouldHaveSingleItem().Text.Length.ShouldBe(text.Length);
    }

    [Fact]
    public void A_port_that_went_away_leaves_no_half_frame_behind()
    {
        var reader = new LogFrameReader();
        Wire.Read(reader, Wire.Hex(Wire.RealFrame)[..30]).ShouldBeEmpty();
        reader.Reset();
        Wire.Read(reader, Wire.Frame("I/a b")).ShouldHaveSingleItem().Text().ShouldBe("I/a b");
        reader.Counters.DroppedBytes.ShouldBe(29);
    }

    [Fact]
    public void A_GB2312_line_keeps_its_length()
    {
        var text = Encoding.Latin1.GetBytes("I/user.gb\t\xB4\xF3");
        Wire.Read(Wire.Frame(text)).ShouldHaveSingleItem().Text.Length.ShouldBe(text.Length);
    }
}
