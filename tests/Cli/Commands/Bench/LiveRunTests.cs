using System.Diagnostics;
using System.Globalization;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>`airhil run --clock wall --network live`: the virtual module against a real server.</summary>
[Trait("Clock", "wall")]
public sealed class LiveRunTests
{
    [Fact]
    public async Task A_script_talks_to_a_real_server_in_real_time_and_faults_act_in_between()
    {
        using var direct = new TempFolder();
        using var named = new TempFolder();
        await using var server = new WebSocketEcho();
        direct.Script(EchoClient.For(server.Url));
        named.Script(EchoClient.For("ws://api.example/feed"));
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");

        // All of it is waiting, so both go at once.
        var runs = await Task.WhenAll(
            Run(direct, "--allow", "127.0.0.1"),
            Run(named, "--upstream", $"api.example:80={place}", "--at", "11s drop connection"));

        runs[0].Output.ShouldContain("I/user.ws\trecv\thello", Case.Sensitive, $"{runs[0].Output}{runs[0].Error}");
        runs[0].Output.ShouldNotContain("disconnect");
        runs[1].Output.ShouldMatch("(?s)recv\thello.*disconnect");
    }

    [Fact]
    public async Task What_is_not_allowed_does_not_exist_for_the_script_and_the_run_says_so()
    {
        using var direct = new TempFolder();
        using var named = new TempFolder();
        await using var server = new WebSocketEcho();
        direct.Script(EchoClient.For(server.Url));
        named.Script(EchoClient.For("ws://elsewhere.example/feed"));

        var runs = await Task.WhenAll(
            Run(direct, "--allow", "api.example", "--show", "net"),
            Run(named, "--allow", "127.0.0.1", "--show", "net"));

        runs[0].Error.ShouldContain($"127.0.0.1:{server.Port} is not in reach: allowed are api.example");
        runs[1].Error.ShouldMatch("network.notice.*elsewhere.example");
        foreach (var run in runs) run.Output.ShouldNotContain("conack");
    }

    private static async Task<Airhil.Outcome> Run(TempFolder folder, params string[] more)
    {
        var clock = Stopwatch.StartNew();
        var outcome = (await RunningCommand.ToItsEnd(
            folder.Path,
            ["run", "firmware", "--for", "15s", "--clock", "wall", "--network", "live", .. more])).ShouldExitWith(0);
        // Real time passes; a paced run cannot be ahead of it.
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(14.9));
        return outcome;
    }
}
