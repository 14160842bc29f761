using System.ComponentModel;
using AirHil.Modem;
using AirHil.Rig.Runs;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using AirHil.VirtualModem.Parameters;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description("The script, and the kind of module that runs it.")]
public sealed class ScriptSteps(BenchDriver driver, RunSettings settings, FeatureContext feature)
{
    private ScriptLibraries _libraries = settings.Libraries;

    /// <summary>The script that was given last, with the libraries of now; null: there is none yet.</summary>
    private Func<FirmwareSource>? _source;

    [ScriptArgument]
    [Given("the libraries of folder {string}")]
    [Description(
        "A folder of script libraries, found as a script is. Those that the script requires and does not bring are " +
        "added to it, as Luatools does with its default libraries; any number of times.")]
    public ValueTask GivenLibraries(string folder)
    {
        _libraries = _libraries.With(
            [ScriptFolder.Find(folder, feature.FeatureInfo.FolderPath)], "the libraries of folder");
        return _source is null ? ValueTask.CompletedTask : driver.Load(_source());
    }

    [ScriptArgument]
    [Given("the script {string}")]
    [Description(
        "A folder with main.lua or a script file: a path from the feature's folder, the working directory or any " +
        "folder above them, or a name in fixtures/scripts there. A module that runs is switched off first.")]
    public ValueTask GivenScript(string name) => Load(
        ScriptFolder.Find(name, feature.FeatureInfo.FolderPath), FirmwareSource.FromPath);

    [Given("the script:")]
    [Description("The text of main.lua, as a doc string.")]
    public ValueTask GivenScriptText(string text) => Run(text);

    [Given("a client of {string} that reconnects after {duration}")]
    [Description("A small WebSocket client that logs every event as `wsc event data fin opcode`, with autoreconn on.")]
    public ValueTask GivenClient(string url, TimeSpan delay) =>
        Run(ClientScript.For(url, (int)delay.TotalMilliseconds));

    [Given("a client of {string} with the header text {string}")]
    [Description("The same client without autoreconn, with wsc:headers given this text; \\r and \\n are escapes.")]
    public ValueTask GivenClientWithHeaders(string url, string headers) =>
        Run(ClientScript.For(url, headerText: headers));

    [Given("a client of {string} that sends {string} once")]
    [Description("The same client, which sends this text when it is connected.")]
    public ValueTask GivenClientThatSends(string url, string text) =>
        Run(ClientScript.For(url, sendOnce: text));

    [Needs(Capability.NumberWidth)]
    [Given("a module with {int}-bit numbers")]
    [Description("32 is the module as it is delivered; 64 a cloud-compiled image. Comes before the script.")]
    public void GivenBits(int bits) => driver.UseBits(bits);

    [Needs(Capability.Firmware)]
    [Given("a module with the firmware {string}")]
    [Description(
        "V1112 is the module as it is delivered; V1113, V1114, V1115, V1116, V1118 and V1120 have what the guide " +
        "lists. Comes before the script.")]
    public void GivenFirmware(string release) => driver.UseFirmware(FirmwareRelease.Parse(release));

    [Needs(Capability.WorldDate)]
    [Given("the world's date is {string}")]
    [Description(
        "What the network tells the module at the run's start, in the module's own time zone (UTC+8). Comes " +
        "before the script.")]
    public void GivenDate(DateTimeOffset date) => driver.UseDate(date);

    [Given("the run's seed is {int}")]
    [Description("Every random choice of the scenario derives from it, whatever --seed says. Comes before the script.")]
    public void GivenSeed(int seed) => driver.UseSeed((ulong)Amount.Seed(seed));

    [Given("the script may call {string} although it is not modelled")]
    [Description(
        "A call of a function that the virtual module does not have fails the scenario at its end, even if the " +
        "script catches the error. This step allows one function; the result still lists the calls.")]
    public void GivenAllowed(string function) => driver.AllowUnmodelled(function);

    private ValueTask Run(string text) => Load(text, lua => FirmwareSource.FromText(lua));

    private ValueTask Load(string script, Func<string, FirmwareSource> open)
    {
        _source = () => settings.Source(script, _libraries, open);
        return driver.Load(_source());
    }
}
