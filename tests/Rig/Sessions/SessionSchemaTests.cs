using System.Text.Json;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Sessions;

public sealed class SessionSchemaTests
{
    private static readonly SchemaCheck Schema = new(JsonDocument.Parse(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "session.schema.json"))).RootElement);

    [Fact]
    public async Task Every_line_of_a_recording_fits_one_part_of_the_schema()
    {
        using var file = new TempFile();
        var options = new BenchOptions
        {
            Vitals = TimeSpan.FromSeconds(1),
            Services =
            [
                .. DefaultWorld.Endpoints,
                EndpointText.Parse("ws://small.test/ws=echo, at most 4096 bytes"),
                new(ServiceUrl.Parse("ws://a.test/x"), new Answers([new AnswerRule("a", "b")])),
            ],
        };
        await using (var bench = RecordedRuns.Bench("uart-passthrough-a", options))
        {
            using var recorder = SessionRecorder.Start(bench, file.Path, mask: new MaskOptions("k"u8.ToArray()));
            bench.AddService("ws://b.test/x", new EchoFrames());
            bench.AddPeer(
                new PeerScript("a.lua", "log(1)", [new("x", "1")]) { Modules = [new("b", "")] },
                new PeerPlace.Uart(2));
            await RecordedRuns.Play(bench);
            recorder.Finish();
        }

        var seen = new HashSet<string>();
        foreach (var line in await File.ReadAllLinesAsync(file.Path, TestContext.Current.CancellationToken))
        {
            using var json = JsonDocument.Parse(line);
            seen.Add(Schema.Fitting(json.RootElement).ShouldHaveSingleItem(line));
            Schema.Fits(json.RootElement).ShouldBeTrue(line);
        }

        seen.Order().ShouldBe(["act", "checksum", "end", "endpoint", "event", "firmware", "header", "peer"]);
    }

    [Fact]
    public void The_schema_names_every_kind_of_event()
    {
        var lanes = Schema.Definition("event").GetProperty("properties").EnumerateObject()
            .Where(lane => lane.Value.TryGetProperty("enum", out _))
            .SelectMany(lane => lane.Value.GetProperty("enum").EnumerateArray()).Select(kind => kind.GetString()!);
        var words = EventCatalogue.Words.Where(word => !word.StartsWith("uart", StringComparison.Ordinal));
        lanes.Order().ShouldBe(words.Order());
    }

    [Theory]
    [InlineData("""{"t":1}""")]
    [InlineData("""{"t":"1","log":"log"}""")]
    [InlineData("""{"t":1,"log":"log","uart":"uart1.rx"}""")]
    [InlineData("""{"t":1,"log":"log","hex":"0g"}""")]
    [InlineData("""{"sum":"123"}""")]
    [InlineData("""{"airhil":3,"target":"","clock":"virtual","seed":"1","start":"","exact":true}""")]
    [InlineData("[]")]
    public void Other_lines_do_not(string line) => Schema.Fits(JsonDocument.Parse(line).RootElement).ShouldBeFalse();
}
