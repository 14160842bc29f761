using System.Globalization;
using System.Text.Json.Nodes;
using AirHil.Modem;
using AirHil.Rig.Peers;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Rig.World;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

/// <summary>
/// Recordings whose lines are JSON as before, with members that somebody changed: each is refused in the words of the
/// reader, repeated, or not repeated for a reason. Nothing else is thrown.
/// </summary>
public sealed class StructureFuzzTests
{
    private const int ShortRun = 400;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "0.5", "1e300", "99999999999", "\"\"", "\"x\"", "\"../x\"", "\"\\u0000\"",
        "[]", "{}", "[null]", "[[]]", "{\"x\":[1]}", "\"-5\"", "\"ws://a.test/x\"", "\"uart2.rx\"",
    ];

    [Fact]
    public async Task Any_changed_member_is_refused_or_repeated()
    {
        var whole = await Lines();
        var (refused, repeated) = (0, 0);
        foreach (var seed in LongRun.Seeds(ShortRun, "recordings"))
        {
            var random = SplitMix64.For((ulong)seed, "changed members");
            var lines = whole.ToList();
            // The header has most members and most readers.
            var at = random.Below(3) == 0 ? 0 : random.Below(lines.Count);
            for (var count = 1 + random.Below(2); count > 0; count--) lines[at] = Changed(lines[at], random);
            if (random.Below(10) == 0) lines.RemoveAt(1 + random.Below(lines.Count - 1));
            if (random.Below(10) == 0) lines.Insert(1 + random.Below(lines.Count), lines[^1]);
            var wrong = await Refusal(lines);
            if (wrong is null) repeated++;
            else refused++;
            if (wrong is SessionFormatException or FirmwareNotFoundException or ScriptFailedException
                or RunFailedException { IsOfHost: true } or null)
            {
                continue;
            }

            Assert.Fail($"seed {seed}: {string.Join('\n', lines.Except(whole))}\n{wrong}");
        }

        refused.ShouldBeGreaterThan(0);
        repeated.ShouldBeGreaterThan(0);
    }

    /// <param name="before">A text of the recording.</param>
    /// <param name="after">What stands in its place.</param>
    /// <param name="told">What the reader says, behind the file's name.</param>
    [Theory]
    [InlineData("\"main.lua\":", "\"../main.lua\":", ":2: '../main.lua' cannot be in a folder")]
    [InlineData("\"main.lua\":", "\"a\\\\b.lua\":", ":2: 'a\\b.lua' cannot be in a folder")]
    [InlineData("gpio.setup(27, 0)", "gpio.setup(27, 1)",
        ":2: the files of the script 'main.lua' do not fit their sha256; the file was changed after it was recorded")]
    [InlineData("\"baud\":115200", "\"baud\":0", ":1: the header is damaged: 0 baud is no speed of a serial port")]
    [InlineData("\"baud\":115200", "\"baud\":-9600", ":1: the header is damaged: -9600 baud is no speed")]
    [InlineData("\"baud\":115200", "\"baud\":4294967297", ":1: the header is damaged: ")]
    [InlineData("\"seed\":", "\"speed\":0,\"seed\":", ":1: the header is damaged: the speed 0 is not above 0")]
    [InlineData("\"seed\":", "\"speed\":1e9,\"seed\":", ":1: the header is damaged: the speed 1000000000 is not")]
    [InlineData("\"log\":\"log\"", "\"log\":\"weather\"", "kinds begin with")]
    [InlineData("\"bits\":32", "\"bits\":-1", ":1: the header is damaged: -1 is no width of numbers")]
    [InlineData("\"does\":\"ntp\",\"with\":{}", "\"does\":\"ntp\",\"with\":null", ":1: the header is damaged: ")]
    [InlineData("\"does\":\"ntp\",\"with\":{}", "\"does\":\"ntp\",\"with\":[]", ":1: the header is damaged: ")]
    [InlineData("\"Files\":[]", "\"Files\":[null]", ":1: the header is damaged: a list has a null in it")]
    [InlineData("tcp://raw.test:7", "tcp://web.test:80", "cannot share a port")]
    [InlineData("http://web.test", "tcp://web.test:80", "cannot behave as")]
    [InlineData("\"$type\":\"uart\",\"Port\":2", "\"$type\":\"uart\",\"Port\":64",
        "cannot be done: a UART has a number from 0 to 63, not 64")]
    [InlineData("\"$type\":\"uart\",\"Port\":2", "\"$type\":\"uart\",\"Port\":-1",
        "cannot be done: a UART has a number from 0 to 63, not -1")]
    public async Task What_is_wrong_is_told_with_its_line(string before, string after, string told)
    {
        var lines = await Lines();
        var changed = lines.Select(line => line.Replace(before, after, StringComparison.Ordinal)).ToList();
        changed.ShouldNotBe(lines);
        var wrong = (await Refusal(changed)).ShouldBeOfType<SessionFormatException>();
        wrong.Message.ShouldStartWith("changed.ndjson");
        wrong.Message.ShouldContain(told);
    }

    [Fact]
    public async Task A_header_of_services_without_end_is_refused()
    {
        var lines = (await Lines()).ToList();
        var many = string.Join(',', Enumerable.Range(0, 1001).Select(
            n => string.Create(CultureInfo.InvariantCulture, $"{{\"open\":\"ws://h{n}.test/\",\"does\":\"echo\"}}")));
        lines[0] = lines[0].Replace("\"services\":[", $"\"services\":[{many},", StringComparison.Ordinal);
        (await Refusal(lines)).ShouldBeOfType<SessionFormatException>().Message.ShouldContain("1000 services");
    }

    private static async Task<Exception?> Refusal(IEnumerable<string> lines)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        SessionReader Open() => SessionReader.Open(new MemoryStream(bytes), "changed.ndjson");
        try
        {
            using (var reader = Open())
            {
                if (ExactReplay.WhyNot(reader.Header) is not null) return null;
            }

            await ExactReplay.Run(Open);
            return null;
        }
        catch (Exception wrong)
        {
            return wrong;
        }
    }

    private static string Changed(string line, SplitMix64 random)
    {
        var root = JsonNode.Parse(line)!;
        var places = new List<(JsonNode Parent, string Name, int Index)>();
        Collect(root, places);
        if (places.Count == 0) return line;
        var (parent, name, index) = places[random.Below(places.Count)];
        var value = JsonNode.Parse(Values[random.Below(Values.Length)]);
        if (parent is JsonObject members)
        {
            if (random.Below(5) == 0) members.Remove(name);
            else members[name] = value;
        }
        else
        {
            parent.AsArray()[index] = value;
        }

        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<(JsonNode, string, int)> places)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                places.Add((node, name, 0));
                if (value is not null) Collect(value, places);
            }
        }
        else if (node is JsonArray elements)
        {
            for (var i = 0; i < elements.Count; i++)
            {
                places.Add((node, "", i));
                if (elements[i] is { } value) Collect(value, places);
            }
        }
    }

    /// <summary>A short recording with services of every protocol, peers and acts; checksums are left out.</summary>
    private static async Task<IReadOnlyList<string>> Lines()
    {
        using var file = new TempFile("s.ndjson");
        var options = new BenchOptions
        {
            Services =
            [
                .. DefaultWorld.Endpoints, EndpointText.Parse("tcp://raw.test:7=echo"),
                EndpointText.Parse("http://web.test=echo"), EndpointText.Parse("mqtt://broker.test=broker"),
                EndpointText.Parse("ftp://files.test=server"),
                new(ServiceUrl.Parse("ws://a.test/x"), new Answers([new AnswerRule("a", "b")])),
                new(ServiceUrl.Parse("ws://b.test/x"), new ScriptedService(new PeerScript("s.lua", "log(1)", []))),
            ],
        };
        await using (var bench = new Bench(options))
        {
            bench.Firmware(FirmwareSource.FromText(
                """
                _G.sys = require("sys")
                uart.setup(1, 115200)
                gpio.setup(27, 0)
                sys.timerLoopStart(function() uart.write(1, "x") end, 200)
                sys.run()
                """));
            using var recorder = SessionRecorder.Start(bench, file.Path);
            bench.AddService("ws://c.test/x", new EchoFrames());
            bench.AddPeer(
                new PeerScript("a.lua", "send(parameters.x)", [new("x", "1")]) { Modules = [new("m", "return 1")] },
                new PeerPlace.Uart(2));
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(0.5));
            await bench.WriteUart(1, "ab");
            await bench.Mark("here");
            await bench.ServicePush("ws://c.test/x", "pushed");
            await bench.ServicePing(null, "p"u8.ToArray());
            await bench.Begin(new Modem.Faults.DropCoverage(), TimeSpan.FromSeconds(0.3));
            await bench.RunFor(TimeSpan.FromSeconds(0.5));
            await bench.PullReset();
            await bench.RunFor(TimeSpan.FromSeconds(0.3));
            await bench.CutPower();
            recorder.Finish();
        }

        var lines = await File.ReadAllLinesAsync(file.Path, TestContext.Current.CancellationToken);
        return [.. lines.Where(line => !line.StartsWith("{\"sum\"", StringComparison.Ordinal)
            && !line.StartsWith("{\"end\"", StringComparison.Ordinal))];
    }
}
