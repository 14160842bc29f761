using System.Text;
using System.Text.Json;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

public sealed class MessageCodecTests
{
    [Fact]
    public void Every_message_crosses_the_wire_as_it_is()
    {
        foreach (var message in MessageExamples.All)
        {
            var written = MessageCodec.Write(message);
            var crossed = MessageCodec.Read(written);
            MessageExamples.ShouldBeAlike(crossed, message, message.GetType().Name);
            MessageCodec.Write(crossed).ShouldBe(written);
        }
    }

    [Fact]
    public void Every_case_of_every_type_is_among_the_examples()
    {
        var written = MessageExamples.All.Select(m => Encoding.UTF8.GetString(MessageCodec.Write(m))).ToArray();
        foreach (var union in MessageExamples.Unions.Where(u => u != typeof(NetworkFault)))
        {
            foreach (var one in MessageExamples.CasesOf(union))
            {
                var kind = $":\"{JsonNamingPolicy.KebabCaseLower.ConvertName(one.Name)}\"";
                written.ShouldContain(text => text.Contains(kind, StringComparison.Ordinal), one.FullName);
            }
        }
    }

    [Fact]
    public void The_page_of_the_protocol_names_every_case_and_every_field()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "remote-protocol.md"));
        page.ShouldContain($"version **{RemoteProtocol.Version}**");
        foreach (var message in MessageExamples.All)
        {
            using var json = JsonDocument.Parse(MessageCodec.Write(message));
            ShouldBeOn(page, json.RootElement);
        }
    }

    [Fact]
    public void Text_of_any_kind_crosses_or_is_made_valid()
    {
        string[] texts = ["", "\u00fcmlaut \u0000\u001b[31m", "\ud83d\ude00", "half \ud83d pair", new('x', 10_000)];
        foreach (var text in texts)
        {
            var message = Output(new ModemReport.Noticed(text));
            MessageCodec.Read(MessageCodec.Write(message)).ShouldBeOfType<LinkMessage.Numbered>();
        }
    }

    [Fact]
    public void What_has_no_form_is_refused_by_its_name()
    {
        Refusal(MessageExamples.Wrap(new NetworkOutput.ToService(new ServiceInput.SendText(null, "x"))))
            .ShouldContain("SendText");
        Refusal(MessageExamples.Wrap(new NetworkOutput.ToService(new ServiceInput.Begin(new FallSilent()))))
            .ShouldContain("Begin");
        Refusal(MessageExamples.Wrap(new NetworkInput.End(new SilentHost { Limits = new(Host: "two words") })))
            .ShouldContain("two words");
        Refusal(MessageExamples.Wrap(new NetworkInput.Begin(new FailDns { Limits = new(Host: "for") })))
            .ShouldContain("dns of for");
        Refusal(MessageExamples.Wrap(
            new NetworkInput.FromModem(new string('m', 5_000), new AirRequest.Radio(true)))).ShouldContain("5000");
        Should.Throw<InvalidOperationException>(() => MessageCodec.Write(
            Output(new ModemReport.UartReceived(1, new byte[RemoteProtocol.MaxMessageBytes])))).Message
            .ShouldContain("write less at a time");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_greeting_of_another_version_is_read_for_its_version_alone(int version)
    {
        Read($$"""{"type":"hello","protocol":{{version}},"airhil":"1.0","strange":[{}]}""")
            .ShouldBe(new LinkMessage.Hello(version, "1.0"));
        Read($$"""{"new":{"er":1},"airHil":"9","protocol":{{version}},"type":"welcome"}""")
            .ShouldBeOfType<LinkMessage.Welcome>().Protocol.ShouldBe(version);
    }

    [Fact]
    public void Anything_that_comes_is_read_or_refused_in_words()
    {
        byte[][] seeds = [.. MessageExamples.All.Select(MessageCodec.Write)];
        var random = new SplitMix64(11);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            try
            {
                MessageCodec.Read(Mutated(seeds, random)).ShouldNotBeNull();
                read++;
            }
            catch (MalformedMessageException e)
            {
                e.Message.ShouldNotBeEmpty();
                e.Message.ShouldNotContain("\n");
                refused++;
            }
        }

        read.ShouldBeGreaterThan(1_000);
        refused.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Text_from_afar_cannot_steer_a_terminal() =>
        Printable.Of("red \u001b[31m\r\nnext\u0007 " + new string('x', 1_000), 40)
            .ShouldBe("red  [31m  next  " + new string('x', 23) + "…");

    /// <summary>A message with bytes changed, a part cut out or put in twice, or a number made extreme.</summary>
    private static byte[] Mutated(byte[][] seeds, SplitMix64 random)
    {
        var bytes = seeds[random.Below(seeds.Length)].ToArray();
        var (at, length) = (random.Below(bytes.Length), 1 + random.Below(40));
        var end = Math.Min(bytes.Length, at + length);
        switch (random.Below(5))
        {
            case 0:
                for (var flips = 1 + random.Below(4); flips > 0; flips--)
                {
                    bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
                }

                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..]];
            default:
                string[] values = ["-1", "1e999", "null", "9223372036854775808", "\"\\ud83d\"", "[[[[[[[[[[]]]]]]]]]]"];
                var text = Encoding.UTF8.GetString(bytes);
                var colon = text.IndexOf(':', Math.Min(at, text.Length - 1));
                var stop = colon < 0 ? -1 : text.IndexOfAny([',', '}'], colon);
                if (stop < 0) return Encoding.UTF8.GetBytes(text + values[random.Below(values.Length)]);
                return Encoding.UTF8.GetBytes(text[..(colon + 1)] + values[random.Below(values.Length)] + text[stop..]);
        }
    }

    private static void ShouldBeOn(string page, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray()) ShouldBeOn(page, item);
            return;
        }

        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var field in json.EnumerateObject())
        {
            // An event of the record has the form that events have in sessions.
            if (field.Name == "event" && json.GetProperty("kind").ValueEquals("recorded")) continue;
            page.ShouldContain($"`{field.Name}`", Case.Sensitive);
            if (field.Name is "type" or "kind") page.ShouldContain($"`{field.Value.GetString()}`", Case.Sensitive);
            ShouldBeOn(page, field.Value);
        }
    }

    private static LinkMessage Output(ModemOutput output) =>
        new LinkMessage.Numbered(1, new BenchMessage.Output(1, TimeSpan.Zero, output));

    private static LinkMessage Read(string text) => MessageCodec.Read(Encoding.UTF8.GetBytes(text));

    private static string Refusal(LinkMessage message) =>
        Should.Throw<NotSupportedException>(() => MessageCodec.Write(message)).Message;
}
