using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Comparison;

/// <summary>
/// Changes of a script, each of which must be found at the event where it first shows. The script is recorded once;
/// each changed one is driven by the stimuli of that recording.
/// </summary>
public sealed class ScriptMutationTests : IAsyncLifetime
{
    private const string Script =
        """
        PROJECT = "mutants"
        VERSION = "1.0.0"
        _G.sys = require("sys")
        if wdt then
          wdt.init(9000)
          sys.timerLoopStart(wdt.feed, 3000)
        end
        log.info("begin", PROJECT)
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len)
          local data = uart.read(id, len)
          if #data > 0 then
            log.info("uart", #data)
            uart.write(id, "got " .. data)
          end
        end)
        local beats = 0
        local wsc
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          wsc = websocket.create(nil, "wss://echo.airtun.air32.cn/ws/echo2")
          wsc:autoreconn(true, 3000)
          wsc:on(function(client, event, data)
            log.info("wsc", event, data)
            if event == "conack" then
              client:send("hello")
              sys.publish("UP")
            end
          end)
          wsc:connect()
          sys.waitUntil("UP")
          while true do
            sys.wait(2000)
            beats = beats + 1
            wsc:send("beat " .. beats)
            log.info("beat", beats)
          end
        end)
        sys.timerLoopStart(function() log.info("alive") end, 5000)
        sys.subscribe("IP_READY", function() log.info("online") end)
        sys.run()

        """;

    private readonly TempFile _file = new("script.ndjson.zst");

    /// <summary>
    /// What is changed, into what, and the first event that differs: how, its kind, and a part of its text.
    /// </summary>
    public static TheoryData<string, string, string, DivergenceKind, string, string> Mutations => new()
    {
        { "a longer wait", "sys.wait(2000)", "sys.wait(2500)", DivergenceKind.Moved, "tcp.tx", "beat 1" },
        { "a shorter wait", "sys.wait(2000)", "sys.wait(1990)", DivergenceKind.Moved, "tcp.tx", "beat 1" },
        { "a slower timer", "alive\") end, 5000", "alive\") end, 5001", DivergenceKind.Moved, "log", "alive" },
        { "a lost send", "wsc:send(\"beat \" .. beats)", "", DivergenceKind.Missing, "tcp.tx", "beat 1" },
        {
            "a send lost once", "wsc:send(\"beat \" .. beats)", "if beats ~= 4 then wsc:send(\"beat \" .. beats) end",
            DivergenceKind.Missing, "tcp.tx", "beat 4"
        },
        { "another payload", "\"beat \" .. beats", "\"beet \" .. beats", DivergenceKind.Changed, "tcp.tx", "beat 1" },
        {
            "another payload once", "\"beat \" .. beats)",
            "(beats == 3 and \"boat \" or \"beat \") .. beats)", DivergenceKind.Changed, "tcp.tx", "beat 3"
        },
        {
            "a send too much", "wsc:send(\"beat \" .. beats)",
            "wsc:send(\"beat \" .. beats) if beats == 2 then wsc:send(\"extra\") end", DivergenceKind.Added, "tcp.tx",
            "extra"
        },
        {
            "another greeting", "client:send(\"hello\")", "client:send(\"hallo\")",
            DivergenceKind.Changed, "tcp.tx", "hello"
        },
        {
            "an extra reset", "log.info(\"beat\", beats)",
            "log.info(\"beat\", beats) if beats == 3 then rtos.reboot() end",
            DivergenceKind.Added, "power.on", "Software"
        },
        {
            "an error that ends the VM", "log.info(\"beat\", beats)",
            "log.info(\"beat\", beats) if beats == 2 then beats = nil + 1 end",
            DivergenceKind.Added, "log", "coroutine.resume"
        },
        {
            "a log line more", "log.info(\"online\")", "log.info(\"online\") log.info(\"more\")",
            DivergenceKind.Added, "log", "more"
        },
        { "a log line less", "log.info(\"begin\", PROJECT)", "", DivergenceKind.Missing, "log", "begin" },
        { "another log level", "log.info(\"begin\"", "log.warn(\"begin\"", DivergenceKind.Changed, "log", "begin" },
        {
            "another answer on the UART", "\"got \" .. data", "\"had \" .. data",
            DivergenceKind.Changed, "uart1.tx", "got"
        },
        { "no answer on the UART", "uart.write(id, \"got \" .. data)", "", DivergenceKind.Missing, "uart1.tx", "got" },
        {
            "another speed of the UART", "uart.setup(1, 115200", "uart.setup(1, 2400",
            DivergenceKind.Missing, "log", "user.uart"
        },
        { "another path", "/ws/echo2", "/ws/echo", DivergenceKind.Changed, "tcp.tx", "GET /ws/echo2" },
        { "no TLS", "wss://", "ws://", DivergenceKind.Changed, "log", "connect host" },
        {
            "another wait before it connects again", "autoreconn(true, 3000)", "autoreconn(true, 4000)",
            DivergenceKind.Changed, "log", "reconnect after"
        },
        { "no reconnection", "autoreconn(true, 3000)", "autoreconn(false)", DivergenceKind.Missing, "log", "" },
        {
            "a watchdog that is not fed", "sys.timerLoopStart(wdt.feed, 3000)",
            "sys.timerStart(function() while true do end end, 12000)", DivergenceKind.Missing, "tcp.tx", "beat 4"
        },
    };

    public async ValueTask InitializeAsync()
    {
        await using var bench = new Bench();
        using var recorder = SessionRecorder.Start(bench, _file.Path);
        bench.Firmware(FirmwareSource.FromText(Script));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(10));
        await bench.WriteUart(1, "one");
        await bench.RunFor(TimeSpan.FromSeconds(10));
        await bench.Begin(new ResetConnections());
        await bench.RunFor(TimeSpan.FromSeconds(15));
        await bench.WriteUart(1, "two");
        await bench.RunFor(TimeSpan.FromSeconds(5));
        recorder.Finish();
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_script_as_it_is_shows_no_difference()
    {
        var result = await Compare(Script, new ComparisonOptions());
        result.Equal.ShouldBeTrue();
        result.Kinds.ShouldAllBe(k => k.Left == k.Same && k.Right == k.Same);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_changed_script_is_found_at_the_event_where_it_first_shows(
        string what, string before, string after, DivergenceKind how, string kind, string text)
    {
        Script.Split(before).Length.ShouldBe(2, what);
        // Another instruction or two is another microsecond, which is not what is looked for.
        var result = await Compare(
            Script.Replace(before, after),
            new ComparisonOptions { Tolerance = new Tolerance(TimeSpan.FromMilliseconds(1), 0) });
        result.Equal.ShouldBeFalse();
        var first = result.First.ShouldNotBeNull();
        var seen = (first.Left ?? first.Right)!;
        var shown = $"{first.Kind} {FailureLine(first.Left)} | {FailureLine(first.Right)}";
        first.Kind.ShouldBe(how, shown);
        seen.Kind.ShouldBe(kind, shown);
        TextOf(seen).ShouldContain(text);
        first.LeftContext.Count.ShouldBe(10);
        first.RightContext.Count.ShouldBe(10);
    }

    private static string FailureLine(SessionEvent? e) => e is null ? "-" : $"{e.At} {e.Kind} {TextOf(e)}";

    private async Task<ComparisonResult> Compare(string script, ComparisonOptions options)
    {
        using (var reader = SessionReader.Open(_file.Path))
        {
            await using var bench = new Bench(reader.Header.ToOptions());
            using var recorder = SessionRecorder.Start(bench, _file.Beside("other"));
            await StimulusReplay.Drive(bench, reader, _ => FirmwareSource.FromText(script));
            recorder.Finish();
        }

        return SessionComparer.Compare(
            () => SessionReader.Open(_file.Path), () => SessionReader.Open(_file.Beside("other")), options);
    }

    /// <summary>Text or bytes; of a client's frame what it carries.</summary>
    private static string TextOf(SessionEvent e)
    {
        var bytes = e.Bytes.ToArray();
        if (e.Kind == "tcp.tx" && bytes.Length > 6 && (bytes[1] & 0x80) != 0 && bytes[0] == 0x81)
        {
            for (var i = 6; i < bytes.Length; i++) bytes[i] ^= bytes[2 + ((i - 6) & 3)];
        }

        return e.Text + " " + System.Text.Encoding.UTF8.GetString(bytes);
    }
}
