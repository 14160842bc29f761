using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Disk)]
[Description(
    "What the module keeps in flash: files by their paths, such as /config.json, and keys of fskv. Files below " +
    "/luadb, /lua and /ram are others. The value of a key is written as JSON, so a step has it in single quotes: " +
    "'3', '\"text\"', '{\"a\": 1}'. What is there already counts.")]
public sealed class StoredSteps(BenchDriver driver)
{
    [Given("the file {string} holds {string}")]
    [When("the file {string} becomes {string}")]
    [Description("A text with escapes. Its folders are made.")]
    public ValueTask PutFile(string path, string text) => Put(false, path, Escapes.ToBytes(text));

    [Given("the file {string} holds:")]
    [Description("The text, as a doc string.")]
    public ValueTask PutLines(string path, string text) => Put(false, path, Encoding.UTF8.GetBytes(text));

    [When("the file {string} is removed")]
    public ValueTask RemoveFile(string path) => Put(false, path, null);

    [Given("the key {string} holds {string}")]
    [When("the key {string} becomes {string}")]
    public ValueTask PutKey(string key, string json) =>
        Put(true, key, JsonSerializer.SerializeToUtf8Bytes(StoredJson.Parse(json), StoredJson.Plain));

    [When("the key {string} is removed")]
    public ValueTask RemoveKey(string key) => Put(true, key, null);

    [Then("within {duration} the file {string} holds {string}")]
    [Description("Exactly this text, with escapes.")]
    public ValueTask FileHolds(TimeSpan within, string path, string text)
    {
        var bytes = Escapes.ToBytes(text);
        return Expect(within, false, path, $"to hold '{text}'", e => !e.IsGone && e.Bytes.Span.SequenceEqual(bytes));
    }

    [Then("within {duration} the file {string} contains {string}")]
    [Description("A part of its text, with escapes.")]
    public ValueTask FileContains(TimeSpan within, string path, string text)
    {
        var bytes = Escapes.ToBytes(text);
        return Expect(
            within, false, path, $"to have '{text}' in it", e => !e.IsGone && e.Bytes.Span.IndexOf(bytes) >= 0);
    }

    [Then("within {duration} the file {string} has {int} byte(s)")]
    public ValueTask FileHas(TimeSpan within, string path, int bytes) => Expect(
        within, false, path, string.Create(CultureInfo.InvariantCulture, $"to have {bytes} bytes"),
        e => !e.IsGone && e.Bytes.Length == bytes);

    [Then("within {duration} there is no file {string}")]
    public ValueTask NoFile(TimeSpan within, string path) => Expect(within, false, path, "to be gone", e => e.IsGone);

    [Then("within {duration} the key {string} holds {string}")]
    public ValueTask KeyHolds(TimeSpan within, string key, string json)
    {
        var value = StoredJson.Parse(json);
        return Expect(
            within, true, key, $"to hold {json}", e => !e.IsGone && StoredJson.AreSame(value, e.Bytes));
    }

    [Then("within {duration} there is no key {string}")]
    public ValueTask NoKey(TimeSpan within, string key) => Expect(within, true, key, "to be gone", e => e.IsGone);

    private async ValueTask Put(bool isKey, string name, ReadOnlyMemory<byte>? content) =>
        await driver.Act().Do(new PutStored(isKey, name, content));

    private async ValueTask Expect(
        TimeSpan within, bool isKey, string name, string what, Func<StoredSeen, bool> isIt)
    {
        await driver.Act().Do(new WatchStored(isKey, name));
        await driver.Bench.Expect(
            Match.Event(
                isKey ? EventKinds.KeySeen : EventKinds.FileSeen, $"the {(isKey ? "key" : "file")} '{name}' {what}",
                e => e is StoredSeen seen && seen.Name == name && isIt(seen)),
            within);
    }
}
