using System.Reflection;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Scenarios;

namespace AirHil.Live.Tests.Remote;

public sealed class MessageTests
{
    private static readonly TimeSpan At = TimeSpan.FromMilliseconds(1234.567);
    private static readonly byte[] Bytes = new Payloads(9).Bytes(300);

    public static TheoryData<string> Inputs => Names(typeof(ModemCommand), typeof(AirEvent));

    public static TheoryData<string> Outputs => Names(typeof(ModemReport), typeof(AirRequest));

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_input_of_a_modem_crosses_the_wire(string name)
    {
        var input = (ModemInput)Example(name);
        var message = Cross(new LinkMessage.Numbered(3, new BenchMessage.Input(2, At, 17, input)));
        var crossed = message.ShouldBeOfType<LinkMessage.Numbered>().Message.ShouldBeOfType<BenchMessage.Input>();
        (crossed.Modem, crossed.At, crossed.Seen).ShouldBe((2, At, 17));
        ShouldBeAlike(crossed.Value, input);
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Every_output_of_a_modem_crosses_the_wire(string name)
    {
        var output = (ModemOutput)Example(name);
        var message = Cross(new LinkMessage.Numbered(long.MaxValue, new BenchMessage.Output(2, At, output)));
        var crossed = message.ShouldBeOfType<LinkMessage.Numbered>().Message.ShouldBeOfType<BenchMessage.Output>();
        (crossed.Modem, crossed.At).ShouldBe((2, At));
        ShouldBeAlike(crossed.Value, output);
    }

    [Fact]
    public void Text_of_any_kind_crosses_or_is_made_valid()
    {
        string[] texts = ["", "ümlaut \u0000\u001b[31m", "\ud83d\ude00", "half \ud83d pair", new('x', 10_000)];
        foreach (var text in texts)
        {
            var message = Cross(new LinkMessage.Numbered(
                1, new BenchMessage.Output(1, TimeSpan.Zero, new ModemReport.Noticed(text))));
            message.ShouldBeOfType<LinkMessage.Numbered>();
        }
    }

    [Fact]
    public void A_greeting_crosses_the_wire()
    {
        var welcome = new LinkMessage.Welcome(
            RemoteProtocol.Version, "1.2.3", [new BoardOffer("a", ["x", "y"], 2.5, TimeSpan.FromSeconds(1), "me")],
            "id", "a", 5, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10));
        ShouldBeAlike(Cross(welcome), welcome);
        var hello = new LinkMessage.Hello(RemoteProtocol.Version, "1", "token", "me", "a", "id", 7);
        Cross(hello).ShouldBe(hello);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(32)]
    [InlineData(64)]
    public void The_order_for_a_modem_crosses_the_wire_with_the_width_of_its_numbers_or_without(int? bits)
    {
        var create = Create(bits);
        var bytes = MessageWriter.Write(new LinkMessage.Numbered(5, create));
        Encoding.UTF8.GetString(bytes).Contains("bits", StringComparison.Ordinal).ShouldBe(bits is not null);
        MessageReader.Read(bytes).ShouldBeOfType<LinkMessage.Numbered>().Message.ShouldBe(create);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-32")]
    [InlineData("31")]
    [InlineData("33")]
    [InlineData("48")]
    [InlineData("63")]
    [InlineData("65")]
    [InlineData("32.5")]
    [InlineData("4294967328")]
    [InlineData("1e99")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"32\"")]
    [InlineData("[64]")]
    public void Numbers_have_32_or_64_bits_and_any_other_width_is_malformed(string width)
    {
        var text = Encoding.UTF8.GetString(MessageWriter.Write(new LinkMessage.Numbered(5, Create(64))));
        var wrong = text.Replace("\"bits\":64", "\"bits\":" + width, StringComparison.Ordinal);
        wrong.ShouldNotBe(text);

        var refusal = Should.Throw<MalformedMessageException>(() => MessageReader.Read(Encoding.UTF8.GetBytes(wrong)));

        refusal.Message.ShouldBe("field 'bits' of 'create' is not 32 or 64");
    }

    [Fact]
    public void What_is_no_message_is_refused_in_words_whatever_it_is()
    {
        var seeds = new[]
        {
            MessageWriter.Write(new LinkMessage.Numbered(
                1, new BenchMessage.Input(1, At, 0, new ModemCommand.WriteUart(1, Bytes)))),
            MessageWriter.Write(new LinkMessage.Hello(RemoteProtocol.Version, "1", "token", "me", "a", "id", 7)),
            MessageWriter.Write(new LinkMessage.Numbered(
                2, new BenchMessage.Output(1, TimeSpan.Zero, new ModemReport.LogLine(TimeSpan.Zero, Bytes)))),
        };
        var random = new SplitMix64(11);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seeds[i % seeds.Length].Clone();
            for (var flips = 1 + (random.NextDouble() * 4); flips > 0; flips--)
            {
                bytes[(int)(random.NextDouble() * bytes.Length)] = (byte)(random.NextDouble() * 256);
            }

            var cut = bytes.AsMemory(0, (int)(bytes.Length * Math.Min(1, random.NextDouble() * 2)));
            try
            {
                MessageReader.Read(cut).ShouldNotBeNull();
            }
            catch (MalformedMessageException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Fields_of_a_later_version_are_passed_over()
    {
        var message = MessageReader.Read(
            Encoding.UTF8.GetBytes("""{"new":{"deep":[1,{"er":2}]},"type":"ack","received":4}"""));
        message.ShouldBe(new LinkMessage.Ack(4));
    }

    [Fact]
    public void Text_from_afar_cannot_steer_a_terminal() =>
        Printable.Of("red \u001b[31m\r\nnext\u0007 " + new string('x', 1_000), 40)
            .ShouldBe("red  [31m  next  " + new string('x', 23) + "…");

    private static BenchMessage.Create Create(int? bits) => new(
        3, 2, "left", ulong.MaxValue, new DateTimeOffset(2024, 10, 12, 13, 29, 47, TimeSpan.FromHours(8)), 115_200,
        TimeSpan.FromSeconds(1), At)
    {
        Bits = bits,
    };

    private static LinkMessage Cross(LinkMessage message) => MessageReader.Read(MessageWriter.Write(message));

    private static TheoryData<string> Names(params Type[] unions) =>
        [.. unions.SelectMany(u => u.GetNestedTypes()).Where(t => !t.IsAbstract).Select(t => t.FullName!)];

    private static object Example(string name)
    {
        var type = typeof(ModemInput).Assembly.GetType(name)!;
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(Example)]);
    }

    private static object Example(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(int) => 37,
        var t when t == typeof(long) => 1L << 40,
        var t when t == typeof(double) => 0.25,
        var t when t == typeof(bool) => true,
        var t when t == typeof(string) => "text of " + parameter.Name,
        var t when t == typeof(TimeSpan) => TimeSpan.FromMilliseconds(4711),
        var t when t == typeof(StartReason) => StartReason.Watchdog,
        var t when t == typeof(ReadOnlyMemory<byte>) => (ReadOnlyMemory<byte>)Bytes,
        var t => throw new NotSupportedException($"no example of {t}"),
    };

    private static void ShouldBeAlike(object actual, object expected)
    {
        actual.GetType().ShouldBe(expected.GetType());
        foreach (var property in expected.GetType().GetProperties())
        {
            var (one, other) = (property.GetValue(actual), property.GetValue(expected));
            if (other is ReadOnlyMemory<byte> bytes) ((ReadOnlyMemory<byte>)one!).ToArray().ShouldBe(bytes.ToArray());
            else if (other is IReadOnlyList<BoardOffer> of) ShouldBeAlike(((IReadOnlyList<BoardOffer>)one!)[0], of[0]);
            else if (other is IReadOnlyList<string> texts) ((IReadOnlyList<string>)one!).ShouldBe(texts);
            else one.ShouldBe(other, property.Name);
        }
    }
}
