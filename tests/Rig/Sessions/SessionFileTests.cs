using System.Globalization;
using System.Text;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SessionFileTests
{
    /// <summary>At most so many bytes an event.</summary>
    private const double MostBytesAnEvent = 21; // the header with its parameters and services among them

    [Theory]
    [InlineData("s.ndjson")]
    [InlineData("s.ndjson.gz")]
    [InlineData("s.ndjson.zst")]
    public async Task A_recorded_run_is_read_back_exactly(string name)
    {
        using var file = new TempFile(name);
        var events = await RecordedRuns.Record(
            file.Path, options: new BenchOptions { Vitals = TimeSpan.FromSeconds(1) });
        events.Select(e => e.Lane).Distinct().Count().ShouldBe(7);
        // A sample has no place among the events of its time.
        var read = RecordedRuns.Read(file.Path);
        read.Where(e => e.Lane == SessionLane.Vitals).ToList()
            .ShouldBeEvents([.. events.Where(e => e.Lane == SessionLane.Vitals)]);
        read.Where(e => e.Lane != SessionLane.Vitals).ToList()
            .ShouldBeEvents([.. events.Where(e => e.Lane != SessionLane.Vitals)]);
    }

    [Fact]
    public async Task The_closing_line_tells_end_count_and_hash()
    {
        using var file = new TempFile();
        var events = await RecordedRuns.Record(file.Path);
        using var hash = new SessionHash();
        foreach (var e in events) hash.Add(e);
        using var reader = SessionReader.Open(file.Path);
        reader.ReadEvents().Count().ShouldBe(events.Count);
        reader.End.ShouldNotBeNull().Hash.ShouldBe(hash.Current());
        reader.End.Events.ShouldBe(events.Count);
        reader.End.At.ShouldBe(TimeSpan.FromSeconds(38));
        reader.End.Step.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_session_that_was_kept_can_be_saved_afterwards_and_is_the_same_file()
    {
        using var file = new TempFile();
        await using var bench = RecordedRuns.Bench("websocket-echo");
        using var recorder = SessionRecorder.Start(bench, file.Path);
        await RecordedRuns.Play(bench);
        recorder.Finish();
        SessionRecorder.Save(bench, file.Beside("later"));
        File.ReadAllBytes(file.Beside("later")).ShouldBe(File.ReadAllBytes(file.Path));
    }

    [Theory]
    [InlineData("s.ndjson.gz")]
    [InlineData("s.ndjson.zst")]
    public async Task Ten_minutes_of_the_tutorial_take_21_bytes_an_event_packed(string name)
    {
        using var file = new TempFile(name);
        await using var bench = RecordedRuns.Bench("websocket-echo");
        using var recorder = SessionRecorder.Start(bench, file.Path);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromMinutes(10));
        recorder.Finish();
        var each = (double)new FileInfo(file.Path).Length / bench.Session.Total;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{bench.Session.Total} events, {each:0.00} bytes each"));
        each.ShouldBeLessThanOrEqualTo(MostBytesAnEvent);
    }

    /// <summary>The file is of format 1; what reads it must go on reading it.</summary>
    [Fact]
    public void A_file_that_is_kept_stays_readable()
    {
        using var reader = SessionReader.Open(
            Path.Combine(AirHil.Tests.RepositoryRoot.Path, "fixtures", "sessions", "websocket-echo.ndjson"));
        var events = reader.ReadEvents().ToList();
        reader.Header.Version.ShouldBe(1);
        reader.Repairs.ShouldBeEmpty();
        events.Count.ShouldBe(56);
        reader.End.ShouldNotBeNull().Events.ShouldBe(56);
        events.OfType<IConnected>().ShouldAllBe(e => e.Connection.Host.Length > 0);
        events.OfType<DnsAnswered>().First().Host.ShouldBe(events.OfType<DnsAsked>().First().Host);
        events.OfType<TcpSent>().First().Connection.ShouldBe(new Connection(1, "echo.airtun.air32.cn", 443));
        events.OfType<FrameIn>().First().Connection.ShouldBe(events.OfType<TcpSent>().First().Connection);
        events.OfType<LogLine>().Count(line => line.Moment is Moment.IpReady).ShouldBe(1);
        events.OfType<ModemStarted>().ShouldHaveSingleItem().Reason.ShouldBe(StartReason.Power);
    }

    [Fact]
    public void The_header_holds_what_the_run_was_made_of()
    {
        var options = new BenchOptions
        {
            Seed = ulong.MaxValue,
            Interleaving = 7,
            StartDate = new DateTimeOffset(2030, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
            UartBaud = 9600,
            NetworkProfile = new()
            {
                DnsMs = 7,
                LossPercent = 1.5,
                Server = new(TimeSpan.Zero, TimeSpan.Zero, 1, default),
            },
            Target = new VirtualTarget
            {
                Bits = 64,
                Parameters = new ModemParameters { ColdIpReady = TimeSpan.FromSeconds(7), PlainFileChunkNames = true },
            },
            Services =
            [
                new(ServiceUrl.Parse("ws://a.test/x"), new Answers([new AnswerRule("a|=>", "\"b\"\r\n")])),
                .. DefaultWorld.Endpoints,
                EndpointText.Parse("ws://small.test/ws=echo, at most 4096 bytes"),
                new(ServiceUrl.Parse("tcp://a.test:7"), new Silent()),
            ],
        };
        using var stream = new MemoryStream();
        var header = SessionHeader.For(options, FirmwareSource.FromText("x", "x.lua")) with { Title = "a \"title\"" };
        new SessionWriter(stream, SessionCompression.None, header).Finish(TimeSpan.Zero);
        using var reader = SessionReader.Open(new MemoryStream(stream.ToArray()), "memory");
        var back = reader.Header.ToOptions();
        back.Seed.ShouldBe(options.Seed);
        back.Interleaving.ShouldBe(7ul);
        back.StartDate.ShouldBe(options.StartDate);
        back.UartBaud.ShouldBe(9600);
        back.NetworkProfile.ShouldBe(options.NetworkProfile);
        back.Services.ShouldBe(options.Services);
        ((VirtualTarget)back.Target).Bits.ShouldBe(64);
        ((VirtualTarget)back.Target).Parameters.ShouldBe(((VirtualTarget)options.Target).Parameters);
        reader.Header.Title.ShouldBe("a \"title\"");
        reader.Header.Scripts.ShouldHaveSingleItem().Key.ShouldBe("x.lua");
        reader.Header.Capabilities.ShouldContain(Capability.Radio);
        reader.Header.Exact.ShouldBeTrue();
    }

    [Fact]
    public async Task The_acts_of_a_run_stand_in_the_file_as_they_were_given()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        using var reader = SessionReader.Open(file.Path);
        var acts = new List<Act>();
        var steps = 0;
        while (reader.TryRead(out var entry))
        {
            if (entry.Note is not SessionNote.Acted acted) continue;
            steps++;
            if (acted.Act is { } act) acts.Add(act);
        }

        var burst = UartStimulus.Burst(3, "\"echo\"\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(40));
        acts.ShouldBe(
        [
            new WriteUart(1, UartStimulus.Of("too early")), new SwitchOn(), new WriteUart(1, burst),
            new SetMark("faults"), new BeginFault(new DropCoverage(), TimeSpan.FromSeconds(8)),
            new PushMessage(null, true, "pushed"u8.ToArray()),
            new PushMessage(null, false, new byte[] { 0, 1, 254, 255 }),
            new PingClients(null, "p"u8.ToArray()), new PullReset(), new SwitchOff(),
        ]);
        // Two more packets of the burst, and the fault's end.
        steps.ShouldBe(acts.Count + 3);
    }

    [Fact]
    public async Task The_script_is_embedded_once_however_often_it_is_loaded()
    {
        using var file = new TempFile();
        await using (var bench = new Bench())
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            for (var i = 0; i < 3; i++) bench.Firmware(FirmwareSource.FromText("log.info('hé')"), $"{i + 1}");
            recorder.Finish();
        }

        using var reader = SessionReader.Open(file.Path);
        var notes = new List<SessionNote.FirmwareLoaded>();
        while (reader.TryRead(out var entry)) notes.Add(entry.Note.ShouldBeOfType<SessionNote.FirmwareLoaded>());
        notes.Select(n => n.Modem).ShouldBe(["1", "2", "3"]);
        foreach (var note in notes)
        {
            Encoding.UTF8.GetString(note.Firmware.Files[0].Value.Span).ShouldBe("log.info('hé')");
        }

        File.ReadAllText(file.Path).Split("log.info").Length.ShouldBe(2);
    }

    [Fact]
    public void Unknown_members_lines_and_values_are_passed_over()
    {
        using var stream = new MemoryStream();
        var writer = new SessionWriter(stream, SessionCompression.None, new SessionHeader { Clock = default });
        writer.Append(new LogLine(TimeSpan.FromSeconds(1), TimeSpan.Zero, "hello"));
        writer.Finish(TimeSpan.Zero);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        lines[0] = lines[0].Insert(lines[0].Length - 1, ",\"more\":{\"a\":[1,2,{\"b\":null}]}");
        lines[1] = "{\"t\":1,\"more\":[{\"x\":\"]\"},-1.5e3,true],\"log\":\"log\" , \"tick\":1,\"line\" : \"hello\"}" +
            "\n{\"later\":1}";
        // The checksums are of the lines as they were, so the file ends where they would stand.
        var changed = Encoding.UTF8.GetBytes(string.Join('\n', lines[..2]) + "\n");
        using var reader = SessionReader.Open(new MemoryStream(changed), "memory");
        reader.ReadEvents().ToList().ShouldHaveSingleItem().Text.ShouldBe("hello");
    }

    [Theory]
    [InlineData("", "file is empty")]
    [InlineData("hello\n", "not a session")]
    [InlineData("{}\n", "not a session")]
    [InlineData("{\"airhil\":3,\"anything\":[]}\n", "version 3")]
    [InlineData("{\"airhil\":1}\n", "header is damaged")]
    [InlineData("{\"airhil\":1,", "header was cut off")]
    public void What_is_no_session_is_said_with_file_and_line(string content, string problem)
    {
        var error = Should.Throw<SessionFormatException>(
            () => SessionReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "it.ndjson"));
        error.Message.ShouldStartWith("it.ndjson:1: ");
        error.Message.ShouldContain(problem);
    }
}
