using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>`airhil bench serve` and `--target remote:URL`, each in a process of its own.</summary>
[Trait("Clock", "wall")]
public sealed class ServeCommandTests
{
    private static readonly string Echo = Path.Combine(RepositoryRoot.Path, "features", "echo.feature");

    private const string Wide =
        """
        Feature: Wide
          Scenario: Numbers have 64 bits
            Given a module with 64-bit numbers
            And the script "wide"
            When power is applied
            Then within 10 s the log shows "I/user.max	9223372036854775807"

          Scenario: Numbers have 32 bits
            Given the script "wide"
            When power is applied
            Then within 10 s the log shows "I/user.max	2147483647"
        """;

    private const string Waiting =
        """
        Feature: Waiting
          Scenario: It takes its time
            Given the script "wide"
            When power is applied
            And 100 s passes
        """;

    [Fact]
    public async Task Features_run_over_the_wire_on_an_emulated_board_as_they_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), EmulatedBench.WhyNot);
        using var folder = Folder();
        await using var server = Serve(folder, "board:emulated", "virtual");
        var url = await Url(server, "board:emulated");
        FixtureScript.Into(folder, "websocket-echo");

        var other = await Url(server, "virtual");

        var runs = await Task.WhenAll(
            RunningCommand.ToItsEnd(
                folder.Path, "test", Echo, "--target", $"remote:{url}", "-k", "The first beat",
                "--reruns", "2"),
            Test(folder, other));

        runs[0].ShouldExitWith(0).Output.ShouldContain("1 passed, 0 failed");
        runs[1].ShouldExitWith(0).Output.ShouldContain("2 passed, 0 failed");
        (await server.Stop()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_bench_that_is_not_there_is_told_from_a_failure()
    {
        using var folder = Folder();
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else gets the port, and connections are refused.
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

        var absent = (await Test(folder, $"ws://127.0.0.1:{port}/one")).ShouldExitWith(6);
        var wrong = (await Test(folder, "http://127.0.0.1/one")).ShouldExitWith(4);

        absent.Error.ShouldContain($"127.0.0.1:{port}");
        wrong.Error.ShouldContain("ws://");
    }

    [Fact]
    public async Task Who_names_another_board_or_has_no_token_or_a_wrong_one_is_told_so()
    {
        using var folder = Folder();
        folder.Write("token", "correct horse battery\n");
        folder.Write("wrong-token", "incorrect horse\n");
        await using var server = Serve(folder, "virtual", "--token-file", "token");
        var url = await Url(server, "virtual");

        var unknown = await Test(
            folder, url.Replace("virtual", "green", StringComparison.Ordinal), "--token-file", "token");
        var without = await Test(folder, url);
        var wrong = await Test(folder, url, "--token-file", "wrong-token");
        var right = await Test(folder, url, "--token-file", "token");

        foreach (var refused in (Airhil.Outcome[])[unknown, without, wrong]) refused.ShouldExitWith(6);
        unknown.Error.ShouldContain("'green'");
        unknown.Error.ShouldContain("virtual");
        without.Error.ShouldContain("token");
        wrong.Error.ShouldContain("token");
        wrong.Error.ShouldNotContain("incorrect horse");
        right.ShouldExitWith(0).Output.ShouldContain("2 passed");
    }

    [Fact]
    public async Task A_board_that_somebody_uses_is_busy_until_its_holder_is_killed()
    {
        using var folder = Folder();
        folder.Write("waiting.feature", Waiting);
        await using var server = Serve(folder, "virtual", "-v");
        var url = await Url(server, "virtual");
        await using var first = RunningCommand.In(
            folder.Path, "test", "waiting.feature", "--target", $"remote:{url}");
        await server.Shows($"(?i){first.Id}");

        var second = (await Test(folder, url)).ShouldExitWith(6);

        second.Error.ShouldContain(first.Id.ToString(CultureInfo.InvariantCulture));
        first.HasExited.ShouldBeFalse();
        await first.Kill();
    }

    [Fact]
    public async Task A_client_that_does_not_close_changes_nothing_of_how_a_bench_ends()
    {
        using var folder = Folder();
        await using var server = Serve(folder, "virtual", "-v");
        var url = new Uri(await Url(server, "virtual"));
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        const string request = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        const string hello = """{"type":"hello","protocol":2,"received":0,"board":"virtual","client":"mute"}""";
        var frame = (byte[])[0x81, (byte)(0x80 | hello.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(hello)];
        await client.GetStream().WriteAsync(
            (byte[])[.. Encoding.ASCII.GetBytes(request), .. frame], TestContext.Current.CancellationToken);
        await server.Shows("mute takes virtual");
        (await server.Stop()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Others_are_let_in_with_a_token_and_a_certificate_only()
    {
        using var folder = Folder();

        (await RunningCommand.ToItsEnd(folder.Path, "bench", "serve", "virtual", "--listen", "0.0.0.0:0"))
            .ShouldExitWith(4).Error.ShouldContain("--token-file and --certificate are needed");
    }

    private static TempFolder Folder()
    {
        var folder = new TempFolder();
        folder.Script("_G.sys = require('sys') log.info('max', math.maxinteger) sys.run()", "wide");
        folder.Write("wide.feature", Wide);
        return folder;
    }

    private static RunningCommand Serve(TempFolder folder, params string[] arguments) =>
        RunningCommand.In(folder.Path, ["bench", "serve", .. arguments, "--listen", "127.0.0.1:0"]);

    private static async Task<string> Url(RunningCommand server, string board) =>
        (await server.Shows($@"offers {board}: airhil test --target remote:(ws://127\.0\.0\.1:\d+/\S+)\n"))
            .Groups[1].Value;

    private static Task<Airhil.Outcome> Test(TempFolder folder, string url, params string[] more) =>
        RunningCommand.ToItsEnd(
            folder.Path, ["test", "wide.feature", "--target", $"remote:{url}", "--reruns", "2", .. more]);
}
