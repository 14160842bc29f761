using System.Globalization;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>
/// The whole chain of a real board: the emulator has the real network, so its module reaches the rig's own service by
/// real sockets, through the rig's faults, as a board in the field does.
/// </summary>
[Trait("Clock", "wall")]
public sealed class LiveChainTests
{
    [Fact]
    public async Task A_board_meets_the_rigs_services_and_their_faults_over_tcp_and_over_tls()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);

        // All of it is waiting, so both go at once.
        var outcomes = await Task.WhenAll(AtTheServicesAddress(), TheTutorialsScriptOverTls());

        foreach (var outcome in outcomes) outcome.ShouldExitWith(0).Output.ShouldContain("1 passed, 0 failed");
    }

    private static async Task<Airhil.Outcome> AtTheServicesAddress()
    {
        using var folder = new TempFolder();
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Take()}");
        folder.Script(EchoClient.For($"ws://{place}/ws/mine"));
        folder.Write(
            "chain.feature",
            $$"""
            Feature: Chain
              Scenario: A service of the rig over real sockets, and what may happen to it
                Given a service at "ws://{{place}}/ws/mine" that echoes
                And the script "firmware"
                When power is applied
                Then within 30 s the service receives the text "hello"
                And within 30 s the log shows "I/user.ws	recv	hello"
                When the service sends the text "news"
                Then within 30 s the log shows "I/user.ws	recv	news"
                When the connection is reset
                Then within 30 s the log shows "I/user.ws	disconnect"
                And within 30 s the log shows "I/user.ws	recv	hello"
                When the service goes down for 10 s
                And the connection is reset
                Then within 30 s the log shows "I/user.ws	disconnect"
                And the log does not show "I/user.ws	conack" for 2 s
                And within 30 s the log shows "I/user.ws	recv	hello"
                When the service closes with code 1001
                Then within 30 s the log shows "I/user.ws	disconnect"
                And within 30 s the log shows "I/user.ws	recv	hello"
            """);
        await using var emulator = await Emulate(folder, "firmware");
        await Serve(folder, place);

        return await Test(folder, "chain.feature");
    }

    /// <summary>A feature of the repository as it is, with its script deployed.</summary>
    private static async Task<Airhil.Outcome> TheTutorialsScriptOverTls()
    {
        using var folder = new TempFolder();
        var port = FreePort.Take();
        FixtureScript.Into(folder, "websocket-echo");
        folder.Script("log.info('not yet')", "empty");
        await using var emulator = await Emulate(
            folder, "empty", "--upstream",
            string.Create(CultureInfo.InvariantCulture, $"echo.airtun.air32.cn:443=127.0.0.1:{port}"));
        await Serve(folder, "echo.airtun.air32.cn:443", port);

        return await Test(
            folder, Path.Combine(RepositoryRoot.Path, "features", "reconnect.feature"), "-k", "connection is reset");
    }

    private static async Task<RunningCommand> Emulate(TempFolder folder, string script, params string[] more)
    {
        var emulator = RunningCommand.In(
            folder.Path,
            [
                "bench", "emulate", "--script", script, "--network", "live", "--dir", "board", "--bench-file",
                EmulatedBench.File, .. more,
            ]);
        await emulator.Shows("Ctrl-C ends it");
        return emulator;
    }

    private static Task Serve(TempFolder folder, string place) =>
        Serve(folder, place, int.Parse(place.Split(':')[1], CultureInfo.InvariantCulture));

    /// <summary>Adds to the bench file that boards meet the rig's services on this machine.</summary>
    private static Task Serve(TempFolder folder, string place, int port) => File.AppendAllTextAsync(
        Path.Combine(folder.Path, EmulatedBench.File),
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            service:
              address: 127.0.0.1
              listen: 127.0.0.1
              ports: { "{{place}}": {{port}} }

            """),
        TestContext.Current.CancellationToken);

    private static Task<Airhil.Outcome> Test(TempFolder folder, params string[] arguments) =>
        RunningCommand.ToItsEnd(
            folder.Path,
            ["test", .. arguments, "--target", "board:emulator", "--bench", EmulatedBench.File, "--reruns", "2"]);
}
