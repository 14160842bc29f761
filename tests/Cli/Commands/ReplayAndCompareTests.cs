using System.Text.Json;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Tests;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Tests.Commands;

/// <summary>`airhil replay` and `airhil compare`, as a user gives them.</summary>
public sealed class ReplayAndCompareTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_virtual_session_is_repeated_and_said_to_be_the_same()
    {
        var file = await Record("a.ndjson.zst");
        var outcome = await Airhil.In(_folder, "replay", file);
        outcome.ShouldExitWith(0).Output.ShouldStartWith("the same: ");
    }

    [Fact]
    public async Task A_session_that_does_not_come_back_exits_7_and_shows_where()
    {
        var file = await Record("a.ndjson");
        var changed = Path.Combine(_folder.Path, "b.ndjson");
        var older = Path.Combine(_folder.Path, "c.ndjson");
        Change(file, changed, SessionHeader.ThisProgram);
        Change(file, older, "airhil 0.0.9");

        var text = await Airhil.In(_folder, "replay", changed);
        text.ShouldExitWith(7).Output.ShouldContain("event 30");
        text.Output.ShouldContain("was other");
        text.Output.ShouldContain("recorded it, as this is: the file was changed, or AirHil has a fault");
        (await Airhil.In(_folder, "replay", older)).ShouldExitWith(7).Output.ShouldContain(
            $"airhil 0.0.9 recorded it, and this is {SessionHeader.ThisProgram}: they model something differently");
        var json = await Airhil.In(_folder, "replay", changed, "--format", "json");
        using var told = JsonDocument.Parse(json.ShouldExitWith(7).Output);
        told.RootElement.GetProperty("same").GetBoolean().ShouldBeFalse();
        told.RootElement.GetProperty("index").GetInt64().ShouldBe(30);
        told.RootElement.GetProperty("before").GetArrayLength().ShouldBe(10);

        static void Change(string file, string changed, string program)
        {
            using var reader = SessionReader.Open(file);
            using var writer = new SessionWriter(changed, reader.Header with { Program = program });
            while (reader.TryRead(out var entry))
            {
                if (entry.Note is { } note) writer.Append(note);
                else if (entry.Event is { } e) writer.Append(writer.Events == 30 ? e with { Modem = "was other" } : e);
            }

            writer.Finish(reader.End!.At, reader.End.Step);
        }
    }

    [Fact]
    public async Task Stimuli_drive_another_script_and_the_answers_are_compared()
    {
        var file = await Record("a.ndjson.gz");
        (await Airhil.In(_folder, "replay", file, "--stimuli"))
            .ShouldExitWith(0).Output.ShouldStartWith("equal");
        var again = Path.Combine(_folder.Path, "again.ndjson");
        var other = await Airhil.In(
            _folder, "replay", file, "--stimuli", "--script", Script("uart-passthrough-b"), "--record", again);
        other.ShouldExitWith(1).Output.ShouldContain("the first at");
        var compared = await Airhil.In(_folder, "compare", file, again, "--format", "json");
        using var told = JsonDocument.Parse(compared.ShouldExitWith(1).Output);
        var first = told.RootElement.GetProperty("first");
        first.GetProperty("leftContext").GetArrayLength().ShouldBe(10);
        first.GetProperty("rightContext").GetArrayLength().ShouldBe(10);
        told.RootElement.GetProperty("kinds").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Stimuli_drive_a_modem_of_another_kind()
    {
        var file = await Record("a.ndjson.gz");
        var again = Path.Combine(_folder.Path, "again.ndjson");
        var outcome = await Airhil.In(
            _folder, "replay", file, "--stimuli", "--clock", "wall", "--speed", "10", "--ignore-identity",
            "--tolerance", "15s", "--record", again);
        outcome.Output.ShouldContain("uart1.rx");
        using var reader = SessionReader.Open(again);
        reader.Header.Clock.ShouldBe(RigClock.Wall);
        reader.ReadEvents().Single(e => e.Kind == "uart1.rx").Bytes.ToArray().ShouldBe("\"echo\""u8.ToArray());
        reader.End!.At.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task What_a_target_cannot_take_is_told_before_it_is_touched()
    {
        var file = Path.Combine(_folder.Path, "faults.ndjson");
        await using (var bench = new Bench())
        {
            using var recorder = SessionRecorder.Start(bench, file);
            bench.Firmware(FirmwareSource.FromText("print(1)"));
            await bench.ApplyPower();
            await bench.Begin(new FailDns(), TimeSpan.FromSeconds(1));
            await bench.RunFor(TimeSpan.FromSeconds(2));
            await bench.CutPower();
            recorder.Finish();
        }

        File.WriteAllText(
            Path.Combine(_folder.Path, "airhil.bench.yaml"), "boards:\n  one: { log: /dev/null-there-is-none }\n");
        var replayed = await Airhil.In(_folder, "replay", file, "--stimuli", "--target", "board:one");
        replayed.ShouldExitWith(6).Error.ShouldContain("no capability 'dns'");
        replayed.Error.ShouldContain("no capability 'power'");
        var run = await Airhil.In(
            _folder, "run", Script("uart-passthrough-a"), "--target", "board:one", "--at", "1s service down");
        run.ShouldExitWith(6).Error.ShouldContain("no capability 'network'");
        (await Airhil.In(_folder, "replay", file, "--clock", "wall"))
            .ShouldExitWith(4).Error.ShouldContain("go with --stimuli");
    }

    [Fact]
    public async Task Equal_sessions_are_equal_and_a_tolerance_covers_small_shifts()
    {
        var one = await Record("a.ndjson");
        var other = await Record("b.ndjson", new BenchOptions
        {
            Target = new VirtualTarget
            {
                Parameters = new ModemParameters { ScriptAt = TimeSpan.FromMilliseconds(252) },
            },
        });
        (await Airhil.In(_folder, "compare", one, one))
            .ShouldExitWith(0).Output.ShouldStartWith("equal: ");
        (await Airhil.In(_folder, "compare", one, other))
            .ShouldExitWith(1).Output.ShouldContain("after");
        (await Airhil.In(_folder, "compare", one, other, "--tolerance", "5ms")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Measured_timings_are_written_as_a_profile()
    {
        var board = await Record("board.ndjson", new BenchOptions
        {
            NetworkProfile = NetworkProfile.LteGood with { DnsMs = 300 },
        });
        var profile = Path.Combine(_folder.Path, "p.json");
        var outcome = await Airhil.In(_folder, "compare", board, board, "--fit", profile);
        outcome.ShouldExitWith(0).Error.ShouldContain("fit: dns: ");
        Rig.Comparison.MeasuredProfile.Load(profile).Network.DnsMs.ShouldBeInRange(295, 305);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_with_the_file_and_what_to_do()
    {
        var file = await Record("a.ndjson");
        var missing = await Airhil.In(_folder, "replay", Path.Combine(_folder.Path, "none.ndjson"));
        missing.ShouldExitWith(4).Error.ShouldContain("there is no session");
        var foreign = await Airhil.In(_folder, "compare", file, Path.Combine(RepositoryRoot.Path, "README.md"));
        foreign.ShouldExitWith(4).Error.ShouldContain("README.md:1: not a session");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var torn = Path.Combine(_folder.Path, "torn.ndjson");
        await File.WriteAllBytesAsync(torn, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        (await Airhil.In(_folder, "replay", torn))
            .ShouldExitWith(0).Error.ShouldContain("was cut off after");
        bytes[bytes.Length / 2]++;
        await File.WriteAllBytesAsync(torn, bytes, TestContext.Current.CancellationToken);
        (await Airhil.In(_folder, "replay", torn)).ShouldExitWith(4).Error.ShouldContain("torn.ndjson:");
        (await Airhil.In(_folder, "compare", file, file, "--tolerance", "5")).ShouldExitWith(4);
        (await Airhil.In(_folder, "compare", file, file, "--ignore", "(")).ShouldExitWith(4);
        (await Airhil.In(_folder, "compare", file, file, "--without", "air")).ShouldExitWith(4);
        (await Airhil.In(_folder, "replay", file, "--script", "x")).ShouldExitWith(4);
    }

    /// <summary>Line 5 is read when the module already runs.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_damaged_line_is_told_as_the_files_wherever_it_is_read(int line)
    {
        var lines = File.ReadAllLines(
            Path.Combine(RepositoryRoot.Path, "fixtures", "sessions", "websocket-echo.ndjson"));
        lines[line - 1] = lines[line - 1].Replace("\"t\":", "\"t\":0.00000001", StringComparison.Ordinal);
        File.WriteAllLines(Path.Combine(_folder.Path, "damaged.ndjson"), lines);
        var outcome = (await Airhil.In(_folder, "replay", "damaged.ndjson")).ShouldExitWith(4);
        outcome.Error.ShouldContain($"damaged.ndjson:{line}: not a line of a session");
        outcome.Error.ShouldNotContain("fault of AirHil");
    }

    private static string Script(string name) => Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", name);

    private async Task<string> Record(string name, BenchOptions? options = null)
    {
        var file = Path.Combine(_folder.Path, name);
        await using var bench = new Bench(options);
        using var recorder = SessionRecorder.Start(bench, file);
        bench.Firmware(FirmwareSource.FromPath(Script("uart-passthrough-a")));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(9));
        await bench.WriteUart(1, "\"echo\"");
        await bench.RunFor(TimeSpan.FromSeconds(6));
        recorder.Finish();
        return file;
    }
}
