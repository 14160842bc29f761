using AirHil.Modem.ShortMessages;
using CsCheck;

namespace AirHil.Modem.Tests.ShortMessages;

/// <summary>The PDUs of text messages against examples, and written and read again.</summary>
public sealed class PduTests
{
    private static readonly DateTimeOffset At = new(2024, 9, 10, 21, 5, 59, TimeSpan.FromHours(8));

    [Fact]
    public void A_message_in_the_default_alphabet_has_eight_characters_in_seven_bytes() =>
        Convert.ToHexString(DeliverPdu.Write("+8613800000000", "hellohello", At, null))
            .ShouldBe("040D91683108000000F0" + "0000" + "42900112509523" + "0AE8329BFD4697D9EC37");

    [Fact]
    public void A_message_in_ucs2_has_two_bytes_a_character() =>
        Convert.ToHexString(DeliverPdu.Write("10086", "余额", At, null))
            .ShouldBe("0405810180F6" + "0008" + "42900112509523" + "044F59989D");

    [Fact]
    public void A_part_has_a_header() =>
        Convert.ToHexString(DeliverPdu.Write("10086", "余", At, new MessagePart(17, 2, 3)))
            .ShouldBe("4405810180F6" + "0008" + "42900112509523" + "08" + "050003110302" + "4F59");

    [Theory]
    [InlineData("hi", "hi")]
    [InlineData("10 % of {a} [b] ~ ^ | \\ €", "10 % of {a} [b] ~ ^ | \\ €")]
    [InlineData("a`b", "a?b")]
    public void What_the_module_sends_is_read(string text, string read) =>
        SubmitPdu.Read(SubmitPdu.Write("13800000000", text)).ShouldBe(new SubmitPdu("13800000000", read));

    [Fact]
    public void The_vendor_s_way_of_writing_ucs2_is_read() =>
        SubmitPdu.Read(Convert.FromHexString("01000D91683108000000F00008044F60597D"))
            .ShouldBe(new SubmitPdu("+8613800000000", "你好"));

    [Fact]
    public void Every_message_is_read_back() =>
        (from text in Gen.String[Gen.Char[' ', '\u4E20'], 0, 67]
         from part in Gen.Select(Gen.Int[0, 255], Gen.Int[1, 9], Gen.Int[9, 255])
         from hasPart in Gen.Bool
         from number in Gen.OneOf(Gen.Const("10086"), Gen.Const("+8613800000000"))
         select (text, part, hasPart, number)).Sample(given =>
        {
            var part = given.hasPart ? new MessagePart(given.part.Item1, given.part.Item2, given.part.Item3) : null;
            var read = DeliverPdu.Read(DeliverPdu.Write(given.number, given.text, At, part));
            read.Text.ShouldBe(given.text);
            read.Number.ShouldBe(given.number);
            read.Part.ShouldBe(part);
            read.SentAt.ShouldBe(At);
        });

    [Fact]
    public void A_time_west_of_greenwich_has_a_sign()
    {
        var west = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3.5));
        DeliverPdu.Read(DeliverPdu.Write("1", "", west, null)).SentAt.Offset.ShouldBe(TimeSpan.FromHours(-3.5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("040B91683108")]
    public void A_pdu_that_ends_too_early_is_told(string hex) =>
        Should.Throw<FormatException>(() => DeliverPdu.Read(Convert.FromHexString(hex))).Message.ShouldContain("ends");

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '{', 1)]
    [InlineData(81, '{', 2)]
    [InlineData(70, '你', 1)]
    [InlineData(71, '你', 2)]
    [InlineData(135, '你', 3)]
    public void A_long_text_is_cut_where_the_operator_cuts_it(int count, char character, int parts)
    {
        var text = new string(character, count);
        var cut = MessageText.Split(text);
        cut.Count.ShouldBe(parts);
        string.Concat(cut).ShouldBe(text);
    }

    [Theory]
    [InlineData("13800000000", "+8613800000000", true)]
    [InlineData("+8613800000000", "+8613800000000", true)]
    [InlineData("10086", "10086", true)]
    [InlineData("+8610086", "10086", false)]
    [InlineData("13800000001", "+8613800000000", false)]
    public void Numbers_with_and_without_the_country_are_the_same(string one, string other, bool same) =>
        PhoneNumber.AreSame(one, other).ShouldBe(same);
}
