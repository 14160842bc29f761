using System.Text.Json;
using AirHil.Board.BenchFile;
using AirHil.Tests;

namespace AirHil.Board.Tests.BenchFile;

/// <summary>docs/bench.schema.json and the reader agree.</summary>
public sealed class BenchSchemaTests : IDisposable
{
    private readonly JsonDocument _schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "bench.schema.json")));

    public static TheoryData<string> Fixtures =>
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "fixtures", "benches"), "*.yaml")
            .Select(f => Path.GetFileName(f)),
    ];

    public void Dispose() => _schema.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_example_satisfies_the_schema_and_is_read(string file)
    {
        var path = Path.Combine(RepositoryRoot.Path, "fixtures", "benches", file);
        new SchemaChecker(_schema.RootElement).Check(File.ReadAllText(path)).ShouldBeEmpty();
        BenchFileReader.Load(path).Boards.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_schema_has_the_keys_that_the_reader_knows()
    {
        var root = _schema.RootElement;
        var definitions = root.GetProperty("$defs");
        var kinds = definitions.GetProperty("power").GetProperty("properties");
        Keys(root).ShouldBe(BenchFileKeys.File, ignoreOrder: true);
        Keys(definitions.GetProperty("board")).ShouldBe(BenchFileKeys.Board, ignoreOrder: true);
        Keys(definitions.GetProperty("line")).ShouldBe(BenchFileKeys.Uart, ignoreOrder: true);
        var pins = definitions.GetProperty("pin").GetProperty("properties");
        Keys(definitions.GetProperty("pin")).ShouldBe(BenchFileKeys.Pin, ignoreOrder: true);
        Keys(pins.GetProperty("gpiod")).ShouldBe(BenchFileKeys.Gpiod, ignoreOrder: true);
        Keys(pins.GetProperty("command")).ShouldBe(BenchFileKeys.PinCommand, ignoreOrder: true);
        pins.GetProperty("gpiod").GetProperty("properties").GetProperty("direction").GetProperty("enum")
            .EnumerateArray().Select(e => e.GetString()!).ShouldBe(BenchFileKeys.Directions.Select(d => d.Name));
        Keys(definitions.GetProperty("power")).ShouldBe(BenchFileKeys.Power, ignoreOrder: true);
        Keys(kinds.GetProperty("uhubctl")).ShouldBe(BenchFileKeys.Uhubctl, ignoreOrder: true);
        Keys(kinds.GetProperty("relay")).ShouldBe(BenchFileKeys.Relay, ignoreOrder: true);
        Keys(kinds.GetProperty("command")).ShouldBe(BenchFileKeys.Command, ignoreOrder: true);
        Keys(definitions.GetProperty("service")).ShouldBe(BenchFileKeys.Service, ignoreOrder: true);
        Keys(definitions.GetProperty("limits")).ShouldBe(BenchFileKeys.Limits, ignoreOrder: true);
        Keys(definitions.GetProperty("board").GetProperty("properties").GetProperty("radio"))
            .ShouldBe(BenchFileKeys.Radio, ignoreOrder: true);
        definitions.GetProperty("board").GetProperty("properties").GetProperty("reset").GetProperty("enum")
            .EnumerateArray().Select(e => e.GetString()!).ShouldBe(BenchFileKeys.Resets.Select(r => r.Name));
    }

    [Theory]
    [MemberData(nameof(BenchFileReaderTests.WrongFiles), MemberType = typeof(BenchFileReaderTests))]
    public void What_the_schema_can_tell_to_be_wrong_is_wrong_in_both(string yaml, string message, bool inSchema)
    {
        message.ShouldNotBeEmpty();
        (new SchemaChecker(_schema.RootElement).Check(yaml).Count > 0).ShouldBe(inSchema);
    }

    private static IEnumerable<string> Keys(JsonElement rule) =>
        rule.GetProperty("properties").EnumerateObject().Select(p => p.Name);
}
