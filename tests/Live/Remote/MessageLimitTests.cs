using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

/// <summary>What is no message of the protocol is refused, with the place and the reason.</summary>
public sealed class MessageLimitTests
{
    private static readonly string[] Internal = ["System.", "AirHil.", "eserializ", ".NET", "LineNumber", "Json"];

    [Theory]
    [InlineData("null", "not null")]
    [InlineData("[]", "$")]
    [InlineData("", "no message of the protocol")]
    [InlineData("{}", "type discriminator")]
    [InlineData("""{"type":"sing"}""", "'sing'")]
    [InlineData("""{"type":"ack"}""", "'received'")]
    [InlineData("""{"type":"ack","received":-1}""", "'received' is -1, and must be from 0")]
    [InlineData("""{"type":"ack","received":1.5}""", "$.received")]
    [InlineData("""{"type":"ack","received":9223372036854775808}""", "$.received")]
    [InlineData("""{"type":"ack","received":1,"new":2}""", "$.new")]
    [InlineData("""{"type":"ack","received":1,"received":2}""", "received")]
    [InlineData("""{"type":"ping","atUs":576460752303423489}""", "a time is from")]
    [InlineData("""{"type":"bye","text":null}""", "$.text")]
    [InlineData("""{"type":"refused","reason":"4001","text":"a"}""", "$.reason")]
    [InlineData("""{"type":"hello","protocol":"2"}""", "$.protocol")]
    [InlineData("""{"type":"numbered","number":0,"message":{"type":"release","modem":1}}""", "'number' is 0")]
    [InlineData("""{"type":"numbered","number":1,"message":{"type":"release","modem":0}}""",
        "$.message: 'modem' is 0")]
    public void A_message_that_is_none_is_refused_with_its_place(string text, string why) => Refusal(text, why);

    [Theory]
    [InlineData("hi", "'h' is an invalid start of a value. (line 1, byte 1)")]
    [InlineData("{}", "the object has no type discriminator: the field 'type' or 'kind'")]
    [InlineData("""{"type":"ack"}""", "the object lacks 'received'")]
    [InlineData("""{"type":"ack","received":true}""", "the value is not of the field's kind")]
    [InlineData("""{"type":"ack","received":1,"new":2}""", "the field 'new' is not known")]
    [InlineData("""{"type":"ack","received":1,"received":2}""", "the field 'received' is there twice")]
    [InlineData("""{"type":"bye","text":null}""", "the field 'text' may not be null")]
    [InlineData("""{"type":"sing"}""", "'sing' is not known as a type or kind")]
    [InlineData("""{"type":"bye","text":[[[[[[[[[[1]]]]]]]]]]}""", "its depth is more than 9")]
    public void A_refusal_has_the_words_of_the_protocol(string text, string why) => Refusal(text, why);

    [Fact]
    public void No_refusal_names_a_type_of_this_program()
    {
        foreach (var seed in LongRun.Seeds(3_000, "changed messages"))
        {
            var random = SplitMix64.For((ulong)seed, "refusals");
            var message = MessageCodec.Write(MessageExamples.All[random.Below(MessageExamples.All.Count)]);
            try
            {
                MessageCodec.Read(ProtocolFuzzTests.Broken(message, random));
            }
            catch (MalformedMessageException refusal)
            {
                var own = refusal.Message.Split(": ", 2)[1];
                foreach (var word in Internal) own.ShouldNotContain(word, Case.Sensitive);
            }
        }
    }

    [Theory]
    [InlineData("""{"kind":"service-push"}""", "service-push")]
    [InlineData("""{"kind":"from-modem","modem":"1","request":{"kind":"log-line","tickUs":0,"bytes":""}}""",
        "at $.message.value.request: ")]
    [InlineData("""{"kind":"from-modem","modem":"1"}""", "'request'")]
    [InlineData("""{"kind":"from-service","output":{"kind":"listening","host":"a","port":0,"transport":"Tcp"}}""",
        "'port' is 0, and must be from 1 to 65535")]
    [InlineData("""{"kind":"from-service","output":{"kind":"listening","host":"a","port":65536,"transport":"Tcp"}}""",
        "'port' is 65536")]
    [InlineData("""{"kind":"from-service","output":{"kind":"listening","host":"a","port":1,"transport":"1"}}""",
        "$.message.value.output.transport")]
    [InlineData("""{"kind":"from-service","output":{"kind":"listening","host":"a","port":1,"transport":1}}""",
        "$.message.value.output.transport")]
    [InlineData("""{"kind":"from-service","output":{"kind":"send","connection":1,"bytes":"?"}}""",
        "$.message.value.output.bytes")]
    [InlineData("""{"kind":"from-service","output":{"kind":"close","connection":1,"reset":1}}""",
        "$.message.value.output.reset")]
    [InlineData("""{"kind":"from-service","output":{"kind":"recorded","event":{}}}""", "'recorded'")]
    [InlineData("""{"kind":"begin","fault":"black whole"}""", "'black whole' is not a fault")]
    [InlineData("""{"kind":"begin","fault":"close with 1001"}""", "'close with 1001' is no fault of a network")]
    [InlineData("""{"kind":"end","fault":"black hole for 3s"}""", "is no fault of a network")]
    [InlineData("""{"kind":"end","fault":"slow link 1 1B/s"}""", "no unit")]
    public void An_input_of_a_network_that_is_none_is_refused_with_its_place(string input, string why) => Refusal(
        """{"type":"numbered","number":1,"message":{"type":"to-network","network":1,"value":""" + input + "}}", why);

    [Theory]
    [InlineData("0")]
    [InlineData("-32")]
    [InlineData("31")]
    [InlineData("48")]
    [InlineData("63")]
    [InlineData("65")]
    [InlineData("32.5")]
    [InlineData("4294967328")]
    [InlineData("1e99")]
    [InlineData("true")]
    [InlineData("\"32\"")]
    [InlineData("[64]")]
    public void Lua_has_numbers_of_32_or_64_bits(string width) => Refusal(
        Create(width), "bits");

    [Theory]
    [InlineData("32", 32)]
    [InlineData("64", 64)]
    [InlineData("null", null)]
    public void The_width_of_Luas_numbers_may_be_left_open(string width, int? bits) =>
        MessageCodec.Read(Encoding.UTF8.GetBytes(Create(width))).ShouldBeOfType<LinkMessage.Numbered>()
            .Message.ShouldBeOfType<BenchMessage.Create>().Bits.ShouldBe(bits);

    [Fact]
    public void A_text_has_a_limit_and_so_have_a_list_a_nesting_and_a_message()
    {
        var most = RemoteProtocol.MaxTextLength;
        MessageCodec.Read(Encoding.UTF8.GetBytes($$"""{"type":"bye","text":"{{new string('x', most)}}"}"""))
            .ShouldBe(new LinkMessage.Bye(new string('x', most)));
        Refusal($$"""{"type":"bye","text":"{{new string('x', most + 1)}}"}""", "4096 characters at most");

        var files = string.Join(',', Enumerable.Repeat("""{"name":"a","bytes":1}""", 257));
        Refusal(
            """{"type":"numbered","number":1,"message":{"type":"announce","id":1,"name":"a","files":[""" + files + "]}}",
            "the count of 'files' is 257, and must be from 0 to 256");

        Refusal($$"""{"type":"ack","received":{{new string('[', 9)}}{{new string(']', 9)}}}""", "depth");
        Refusal(new string(' ', RemoteProtocol.MaxMessageBytes) + "{}",
            "longer than the limit of 4194304");
    }

    [Fact]
    public void A_serial_line_has_a_number_that_modules_have()
    {
        var text = Encoding.UTF8.GetString(MessageCodec.Write(new LinkMessage.Numbered(
            1, new BenchMessage.Input(1, TimeSpan.Zero, 0, new ModemCommand.WriteUart(63, new byte[1])))));

        MessageCodec.Read(Encoding.UTF8.GetBytes(text)).ShouldNotBeNull();
        Refusal(text.Replace("63", "64", StringComparison.Ordinal), "$.message.value: 'port' is 64");
    }

    private static string Create(string width) =>
        """{"type":"numbered","number":5,"message":{"type":"create","modem":3,"firmware":2,"name":"left","seed":1"""
        + """,  "startDate":"2024-10-12T13:29:47+08:00","uartBaud":115200,"nowUs":0,"bits":""" + width + "}}";

    private static void Refusal(string text, string why) =>
        Should.Throw<MalformedMessageException>(() => MessageCodec.Read(Encoding.UTF8.GetBytes(text)))
            .Message.ShouldContain(why);
}
