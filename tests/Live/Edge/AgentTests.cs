using System.Text;
using AirHil.Modem;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Tests;

namespace AirHil.Live.Tests.Edge;

/// <summary>The agent that a user adds to a script for radio faults on a board, run on the virtual module.</summary>
public sealed class AgentTests
{
    private const int UsbPort = 32;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task It_says_which_script_runs()
    {
        await using var bench = await Started("airhil.start{uart = 1}", "return \"0123456789ab\"");
        await bench.Expect(Match.LogExactly("I/user.airhil\tscript 0123456789ab"), Second);
        await bench.WriteUart(1, "airhil script\r\n");
        await bench.Expect(Match.LogExactly("I/user.airhil\tscript 0123456789ab"), Second);
    }

    [Fact]
    public async Task Without_a_deployed_hash_the_script_is_unknown()
    {
        await using var bench = await Started("airhil.start()");
        await bench.Expect(Match.LogExactly("I/user.airhil\tscript unknown"), Second);
    }

    [Theory]
    [InlineData("uart = 1", 1)]
    [InlineData("", UsbPort)]
    public async Task Radio_off_takes_the_link_and_the_websocket_away_and_on_brings_them_back(string options, int port)
    {
        var echo = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo", "main.lua"),
            TestContext.Current.CancellationToken);
        var start = $"require(\"airhil\").start{{{options}}}\nsys.run()";
        await using var bench = await Powered(echo.Replace("sys.run()", start, StringComparison.Ordinal), null);
        await bench.Expect(Match.LogContains("I/user.wsc\trecv"), TimeSpan.FromSeconds(10));
        await bench.WriteUart(port, "airhil radio off\n");
        await bench.Expect(Match.LogExactly("I/user.airhil\tradio off"), Second);
        await bench.Expect(Match.Moment<Moment.IpLost>(), Second);
        await bench.Expect(Match.LogContains("I/user.wsc\tdisconnect"), Second);
        await bench.ExpectNot(Match.Moment<Moment.IpReady>(), TimeSpan.FromSeconds(30));
        await bench.WriteUart(port, "airhil radio on\n");
        await bench.Expect(Match.LogExactly("I/user.airhil\tradio on"), Second);
        await bench.Expect(Match.Moment<Moment.IpReady>(), TimeSpan.FromSeconds(6));
        await bench.Expect(Match.Moment<Moment.WebSocketReady>(), TimeSpan.FromSeconds(10));
        bench.Summary().Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reset_reboots_and_says_so_first()
    {
        await using var bench = await Started("airhil.start{uart = 1}");
        await bench.Expect(Match.LogContains("script unknown"), Second);
        await bench.WriteUart(1, "airhil reset\n");
        await bench.Expect(Match.LogExactly("I/user.airhil\treset"), Second);
        await bench.Expect(Match.Started("Software"), Second);
        await bench.Expect(Match.LogContains("script unknown"), Second);
    }

    [Fact]
    public async Task A_mark_is_a_line_of_the_log()
    {
        await using var bench = await Started("airhil.start{uart = 1}");
        await bench.Expect(Match.LogContains("script unknown"), Second);
        await bench.WriteUart(1, "airhil mark before the storm\r\n");
        await bench.Expect(Match.LogExactly("I/user.airhil\tmark before the storm"), Second);
    }

    [Fact]
    public async Task What_is_no_order_is_passed_on()
    {
        await using var bench = await Started(Echoing);
        await bench.Expect(Match.LogContains("script unknown"), Second);
        string[] texts = ["hello", "airhil", "airhil fly\n", "x airhil reset\n", "air\nhil", "airhil mark"];
        foreach (var text in texts)
        {
            await bench.WriteUart(1, text);
            await bench.Expect(Match.UartText(1, text), Second);
            await bench.WriteUart(1, "\n");
            await bench.Expect(Match.UartText(1, "\n"), Second);
        }

        await bench.WriteUart(1, "airhil mark " + new string('x', 300) + "\n");
        await bench.Expect(Match.UartText(1, "xxx\n"), Second);
        bench.Events.ShouldNotContain(e => e.Text.StartsWith("I/user.airhil\tmark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orders_among_data_are_taken_out_and_nothing_else_is_changed()
    {
        string[] words = ["airhil mark 1\n", "airhil ", "airhil x\n", "\n", "a", "air", "data", "\0\u00FF\r", "mark\n"];
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var draw = new SplitMix64(seed);
            var count = 1 + draw.Below(30);
            var sent = string.Concat(Enumerable.Range(0, count).Select(_ => words[draw.Below(words.Length)]));
            var piece = 1 + draw.Below(40);
            await using var bench = await Started(Echoing);
            await bench.Expect(Match.LogContains("script unknown"), Second);
            var booted = bench.Events.Count;
            for (var at = 0; at < sent.Length; at += piece)
            {
                await bench.WriteUart(1, Encoding.Latin1.GetBytes(sent[at..Math.Min(at + piece, sent.Length)]));
                await bench.RunFor(TimeSpan.FromMilliseconds(20));
            }

            await bench.RunFor(Second);
            var (orders, rest) = Split(sent);
            var passed = bench.Events.Skip(booted).Where(e => e.Kind == EventKinds.UartOut(1));
            string.Concat(passed.Select(e => Encoding.Latin1.GetString(e.Bytes.Span))).ShouldBe(rest, sent);
            bench.Events.Count(e => e.Lane == SessionLane.Log
                && e.Text.StartsWith("I/user.airhil\tmark", StringComparison.Ordinal)).ShouldBe(orders, sent);
        }
    }

    private const string Echoing = "airhil.start{uart = 1, received = function(id, bytes) uart.write(id, bytes) end}";

    /// <summary>The rule in one sentence: whole lines that are a mark are orders.</summary>
    private static (int Orders, string Passed) Split(string sent)
    {
        var orders = 0;
        var rest = new StringBuilder();
        var at = 0;
        while (at < sent.Length)
        {
            var end = sent.IndexOf('\n', at);
            var line = end < 0 ? sent[at..] : sent[at..(end + 1)];
            if (end >= 0 && line.StartsWith("airhil mark ", StringComparison.Ordinal)) orders++;
            else rest.Append(line);
            at += line.Length;
        }

        return (orders, rest.ToString());
    }

    private static Task<Bench> Started(string start, string? hashFile = null) => Powered(
        $"""
        sys = require("sys")
        local airhil = require("airhil")
        {start}
        sys.run()
        """, hashFile);

    private static async Task<Bench> Powered(string main, string? hashFile)
    {
        var agent = Path.Combine(RepositoryRoot.Path, "fixtures", "agent", "airhil.lua");
        var files = new Dictionary<string, string>
        {
            ["main.lua"] = main,
            ["airhil.lua"] = await File.ReadAllTextAsync(agent, TestContext.Current.CancellationToken),
        };
        if (hashFile is not null) files["airhil_script.lua"] = hashFile;
        var bench = new Bench();
        bench.Firmware(FirmwareSource.FromFiles(files));
        await bench.ApplyPower();
        return bench;
    }
}
