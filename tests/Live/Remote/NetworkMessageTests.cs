using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;

namespace AirHil.Live.Tests.Remote;

/// <summary>What crosses the border of a network at the bench.</summary>
public sealed class NetworkMessageTests
{
    private static readonly TimeSpan At = TimeSpan.FromMilliseconds(1234.567);
    private static readonly byte[] Bytes = new Payloads(9).Bytes(300);

    private static readonly NetworkInput[] Inputs =
    [
        new NetworkInput.FromModem("left", new AirRequest.Radio(true)),
        new NetworkInput.FromModem("left", new AirRequest.SendTcp(4, Bytes)),
        .. Services(
            new ServiceOutput.Listening("echo.test", 443, ServiceTransport.Tls),
            new ServiceOutput.Listening("echo.test", 80, ServiceTransport.Tcp),
            new ServiceOutput.Listening("errdump.test", 65_535, ServiceTransport.Udp),
            new ServiceOutput.Send(7, Bytes),
            new ServiceOutput.Close(7, true),
            new ServiceOutput.Close(7, false),
            new ServiceOutput.Forget(7),
            new ServiceOutput.SendDatagram(3, "errdump.test", 12_425, Bytes)),
        .. Faults().SelectMany(f => (NetworkInput[])
        [
            new NetworkInput.Begin(f), new NetworkInput.Begin(f, "left"), new NetworkInput.End(f),
            new NetworkInput.End(f, "left"),
        ]),
    ];

    private static readonly NetworkOutput[] Outputs =
    [
        new NetworkOutput.ToModem("left", new AirEvent.CoverageChanged(false)),
        new NetworkOutput.ToModem("left", new AirEvent.TcpReceived(4, Bytes)),
        new NetworkOutput.ToService(new ServiceInput.Accepted(7, "1", "echo.test", 443, true, "echo.test")),
        new NetworkOutput.ToService(new ServiceInput.Accepted(7, "1", "echo.test", 80, false, "")),
        new NetworkOutput.ToService(new ServiceInput.Received(7, Bytes)),
        new NetworkOutput.ToService(new ServiceInput.Closed(7, true)),
        new NetworkOutput.ToService(new ServiceInput.Closed(7, false)),
        new NetworkOutput.ToService(new ServiceInput.Datagram(3, "1", "errdump.test", 12_425, Bytes)),
        new NetworkOutput.Recorded(new TcpSent(At, new Connection(1, "echo.test", 443), Bytes) { Modem = "left" }),
        new NetworkOutput.Recorded(new DnsAnswered(At, "echo.test", "198.18.0.7") { Modem = "left" }),
        new NetworkOutput.Recorded(new NetworkNoticed(At, "a \"notice\"") { Modem = "" }),
        new NetworkOutput.Recorded(
            new LogLine(At, TimeSpan.FromSeconds(3), "") { Modem = "" }),
        new NetworkOutput.UnknownHost("left", "nowhere.test"),
    ];

    public static TheoryData<int> EveryInput => [.. Enumerable.Range(0, Inputs.Length)];

    public static TheoryData<int> EveryOutput => [.. Enumerable.Range(0, Outputs.Length)];

    [Theory]
    [MemberData(nameof(EveryInput))]
    public void Every_input_of_a_network_crosses_the_wire(int index)
    {
        var written = Written(new BenchMessage.ToNetwork(2, Inputs[index]));
        var crossed = Read(written).ShouldBeOfType<BenchMessage.ToNetwork>();
        crossed.Network.ShouldBe(2);
        // Bytes are compared by what is written of them, everything else by itself, too.
        Written(crossed).ShouldBe(written);
        if (!HasBytes(written)) crossed.Value.ShouldBe(Inputs[index]);
    }

    [Theory]
    [MemberData(nameof(EveryOutput))]
    public void Every_output_of_a_network_crosses_the_wire(int index)
    {
        var written = Written(new BenchMessage.FromNetwork(2, At, 17, Outputs[index]));
        var crossed = Read(written).ShouldBeOfType<BenchMessage.FromNetwork>();
        (crossed.Network, crossed.At, crossed.Seen).ShouldBe((2, At, 17));
        Written(crossed).ShouldBe(written);
        if (!HasBytes(written)) crossed.Value.ShouldBe(Outputs[index]);
    }

    [Fact]
    public void Every_kind_of_request_event_and_fault_has_its_example_here()
    {
        // A kind that is added to one of these is to be given a form, or is to be refused, and either is to be shown.
        Kinds(Inputs.OfType<NetworkInput.FromService>().Select(i => (object)i.Output), typeof(ServiceOutput))
            .ShouldBe([nameof(ServiceOutput.Recorded)]);
        Kinds(Outputs.OfType<NetworkOutput.ToService>().Select(o => (object)o.Input), typeof(ServiceInput)).ShouldBe(
            ["AddEndpoint", "Begin", "End", "SendBinary", "SendPing", "SendText"], ignoreOrder: true);
        Kinds(Inputs, typeof(NetworkInput)).ShouldBeEmpty();
        Kinds(Outputs, typeof(NetworkOutput)).ShouldBeEmpty();
        typeof(NetworkFault).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(NetworkFault)))
            .Except(Faults().Select(f => f.GetType())).ShouldBeEmpty();
    }

    [Fact]
    public void The_other_messages_of_a_network_cross_the_wire()
    {
        BenchMessage[] messages =
        [
            new BenchMessage.OpenNetwork(
                3, ulong.MaxValue, new DateTimeOffset(2024, 10, 12, 13, 29, 47, TimeSpan.FromHours(8)), At),
            new BenchMessage.NetworkFailed(3, "no port for it"),
            new BenchMessage.CloseNetwork(3),
            new BenchMessage.NetworkClosed(3),
        ];
        foreach (var message in messages) Read(Written(message)).ShouldBe(message);
    }

    [Fact]
    public void An_offer_tells_of_its_network_or_has_no_word_of_it()
    {
        var with = new BoardOffer("a", ["x"], 1, TimeSpan.Zero, null)
        {
            MostModems = 1,
            HasNetwork = true,
            ServiceHosts = ["rig.test", "echo.test"],
        };
        var without = new BoardOffer("b", ["x"], 1, TimeSpan.Zero, null);
        var written = MessageWriter.Write(new LinkMessage.Welcome(
            RemoteProtocol.Version, "1", [with, without], null, null, 0, TimeSpan.Zero, TimeSpan.Zero));
        var boards = MessageReader.Read(written).ShouldBeOfType<LinkMessage.Welcome>().Boards;
        (boards[0].MostModems, boards[0].HasNetwork).ShouldBe((1, true));
        boards[0].ServiceHosts.ShouldBe(with.ServiceHosts);
        (boards[1].MostModems, boards[1].HasNetwork, boards[1].ServiceHosts).ShouldBe((null, false, null));
        Encoding.UTF8.GetString(written).Split("\"b\"")[1].ShouldNotContain("network");
    }

    [Fact]
    public void What_has_no_form_is_refused_by_its_name()
    {
        Refusal(new NetworkOutput.ToService(new ServiceInput.SendText(null, "x"))).ShouldContain("SendText");
        Refusal(new NetworkOutput.ToService(new ServiceInput.Begin(new FallSilent()))).ShouldContain("Begin");
        Refusal(new NetworkInput.FromService(new ServiceOutput.Recorded(
            new UpgradeAccepted(At, new Connection(1, "h", 80), "")))).ShouldContain("Recorded");
        Refusal(new NetworkInput.Begin(new OwnFault())).ShouldContain("somebody's own");
        Refusal(new NetworkInput.End(new SilentHost("two words"))).ShouldContain("two words");
        Refusal(new NetworkInput.Begin(new FailDns("for"))).ShouldContain("dns of for");
        Refusal(new NetworkInput.FromModem(new string('m', 5_000), new AirRequest.Radio(true))).ShouldContain("5000");
    }

    [Theory]
    [InlineData("""{"kind":"service-push"}""", "'service-push' is no input of a network")]
    [InlineData("""{"kind":"from-modem","modem":"1","request":{"kind":"log-line","tickUs":0,"bytes":""}}""",
        "'log-line' is nothing that a modem asks of the air")]
    [InlineData("""{"kind":"from-modem","modem":"1"}""", "field 'request' of 'from-modem' is not an object")]
    [InlineData("""{"kind":"service-listening","host":"a","port":0,"transport":"Tcp"}""", "field 'port'")]
    [InlineData("""{"kind":"service-listening","host":"a","port":65536,"transport":"Tcp"}""", "field 'port'")]
    [InlineData("""{"kind":"service-listening","host":"a","port":1,"transport":"1"}""", "one of Tcp, Tls, Udp")]
    [InlineData("""{"kind":"service-send","connection":1,"bytes":"?"}""", "field 'bytes'")]
    [InlineData("""{"kind":"service-close","connection":1,"reset":1}""", "field 'reset'")]
    [InlineData("""{"kind":"service-forget"}""", "field 'connection'")]
    [InlineData("""{"kind":"service-datagram","flow":"1","host":"a","port":1,"bytes":""}""", "field 'flow'")]
    [InlineData("""{"kind":"fault-begins","fault":"black whole"}""", "'black whole' is not a fault")]
    [InlineData("""{"kind":"fault-begins","fault":"close with 1001"}""", "'close with 1001' is no fault of a network")]
    [InlineData("""{"kind":"fault-ends","fault":"black hole for 3s"}""", "is no fault of a network")]
    [InlineData("""{"kind":"fault-ends","fault":"slow link 1 1B/s"}""", "no unit")]
    public void An_input_that_is_none_is_refused_in_words(string input, string why) =>
        ShouldBeRefused("network-input", "input", input, why);

    [Theory]
    [InlineData("""{"kind":"service-heard"}""", "'service-heard' is no output of a network")]
    [InlineData("""{"kind":"to-modem","modem":"1","event":{"kind":"cut-power"}}""",
        "'cut-power' is nothing that the air tells a modem")]
    [InlineData("""{"kind":"service-accepted","connection":1,"client":"1","host":"a","port":1,"tls":true}""",
        "field 'serverName'")]
    [InlineData("""{"kind":"service-received","connection":1}""", "field 'bytes'")]
    [InlineData("""{"kind":"service-closed","connection":1.5,"reset":true}""", "field 'connection'")]
    [InlineData("""{"kind":"recorded"}""", "field 'event'")]
    [InlineData("""{"kind":"recorded","event":{"t":1,"net":"tcp.nothing"}}""", "field 'event'")]
    [InlineData("""{"kind":"recorded","event":{"t":1,"net":"tcp.tx","conn":1,"hex":7}}""", "field 'event'")]
    [InlineData("""{"kind":"unknown-host","modem":"1"}""", "field 'host'")]
    public void An_output_that_is_none_is_refused_in_words(string output, string why) =>
        ShouldBeRefused("network-output", "output", output, why);

    [Fact]
    public void Bytes_gone_wrong_on_the_way_are_read_or_refused_and_nothing_else()
    {
        byte[][] seeds =
        [
            .. Inputs.Select(i => Written(new BenchMessage.ToNetwork(1, i))),
            .. Outputs.Select(o => Written(new BenchMessage.FromNetwork(1, At, 0, o))),
        ];
        var random = new SplitMix64(12);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seeds[i % seeds.Length].Clone();
            for (var flips = 1 + (random.NextDouble() * 4); flips > 0; flips--)
            {
                bytes[(int)(random.NextDouble() * bytes.Length)] = (byte)(random.NextDouble() * 256);
            }

            try
            {
                MessageReader.Read(bytes).ShouldNotBeNull();
            }
            catch (MalformedMessageException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    private static IEnumerable<NetworkInput> Services(params ServiceOutput[] outputs) =>
        outputs.Select(o => new NetworkInput.FromService(o));

    private static NetworkFault[] Faults() =>
    [
        new DropCoverage(), new BlackHole(), new ResetConnections(), new FailDns(), new FailDns("a.test", true),
        new FailTls(), new FailTls(true), new SlowLink(TimeSpan.FromMilliseconds(1500.5), 20_000),
        new RefuseConnections(), new RefuseConnections("a.test"), new SilentHost(), new SilentHost("a.test"),
    ];

    private static string[] Kinds(IEnumerable<object> examples, Type union) =>
        [.. union.GetNestedTypes().Except(examples.Select(e => e.GetType())).Select(t => t.Name)];

    private static byte[] Written(BenchMessage message) => MessageWriter.Write(new LinkMessage.Numbered(3, message));

    private static BenchMessage Read(byte[] bytes) =>
        MessageReader.Read(bytes).ShouldBeOfType<LinkMessage.Numbered>().Message;

    private static bool HasBytes(byte[] written)
    {
        var text = Encoding.UTF8.GetString(written);
        string[] members = ["\"bytes\"", "\"data\"", "\"hex\"", "\"log\""];
        return Array.Exists(members, member => text.Contains(member, StringComparison.Ordinal));
    }

    private static string Refusal(NetworkInput input) =>
        Should.Throw<NotSupportedException>(() => Written(new BenchMessage.ToNetwork(1, input))).Message;

    private static string Refusal(NetworkOutput output) =>
        Should.Throw<NotSupportedException>(() => Written(new BenchMessage.FromNetwork(1, At, 0, output))).Message;

    private static void ShouldBeRefused(string type, string field, string value, string why)
    {
        var text = $$"""{"type":"{{type}}","n":1,"network":1,"atUs":0,"seen":0,"{{field}}":{{value}}}""";
        Should.Throw<MalformedMessageException>(() => MessageReader.Read(Encoding.UTF8.GetBytes(text)))
            .Message.ShouldContain(why);
    }

    private sealed record OwnFault : NetworkFault
    {
        public override string Phrase => "somebody's own";
    }
}
