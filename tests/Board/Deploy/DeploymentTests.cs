using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Deploy;
using AirHil.Board.Description;
using AirHil.Board.Tests.LuaDb;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Rig.Runs;

namespace AirHil.Board.Tests.Deploy;

public sealed class DeploymentTests : IDisposable
{
    private static readonly FirmwareSource Script = FirmwareSource.FromFiles(
        [KeyValuePair.Create("main.lua", "require 'airhil'"), KeyValuePair.Create("airhil.lua", "-- "
            + "agent")], "firmware");

    private readonly string _folder = Directory.CreateTempSubdirectory("airhil deploy test ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_command_gets_the_files_the_image_and_the_board()
    {
        PosixShell.SkipWithout();
        await Run("cp -r {dir} ./copied && cp {image} ./image.bin && echo $AIRHIL_BOARD $AIRHIL_LOG_PORT > who && ls "
            + "{dir}");
        Directory.GetFiles(Path.Combine(_folder, "copied")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["airhil.lua", "airhil_script.lua", "main.lua"]);
        LuaDbReader.Read(File.ReadAllBytes(Path.Combine(_folder, "image.bin"))).Select(f => f.Key)
            .ShouldBe(["main.lua", "airhil.lua", "airhil_script.lua"]);
        File.ReadAllText(Path.Combine(_folder, "who")).ShouldBe("left usb:1-2.3:2\n");
    }

    [Fact]
    public async Task The_files_are_gone_afterwards()
    {
        PosixShell.SkipWithout();
        await Run("echo {dir} > place");
        Directory.Exists(File.ReadAllText(Path.Combine(_folder, "place")).Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_that_fails_is_told_with_its_last_words()
    {
        PosixShell.SkipWithout();
        var message = (await Should.ThrowAsync<DeployException>(
            () => Run("echo connecting {dir}; echo no sync from the boot ROM >&2; exit 3"))).Message;
        message.ShouldContain("exit code 3");
        message.ShouldContain("connecting /");
        message.ShouldContain("no sync from the boot ROM");
        message.ShouldContain("try it by hand in " + _folder);
    }

    [Fact]
    public async Task A_command_that_floods_its_output_is_told_by_its_end()
    {
        PosixShell.SkipWithout();
        var message = (await Should.ThrowAsync<DeployException>(
            () => Run("yes | head -c 5000000; echo the end; exit 1 # {dir}"))).Message;
        message.ShouldContain("the end");
        message.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task A_command_that_hangs_is_stopped_with_what_it_started()
    {
        PosixShell.SkipWithout();
        var message = (await Should.ThrowAsync<DeployException>(
            () => Run("echo waiting for {dir}; sleep 60; echo never", TimeSpan.FromSeconds(3)))).Message;
        message.ShouldContain("not done after 3 s");
        message.ShouldContain("deployLimit");
        message.ShouldContain("waiting for");
    }

    [Fact]
    public async Task A_program_that_lives_on_in_the_background_does_not_hold_up_the_run()
    {
        PosixShell.SkipWithout();
        await Run("sleep 20 & echo {dir} $! > background");
        var words = File.ReadAllText(Path.Combine(_folder, "background")).Split(' ');
        var id = int.Parse(words[1], CultureInfo.InvariantCulture);
        using var background = Process.GetProcessById(id);
        background.Kill();
    }

    [Fact]
    public async Task A_person_is_asked_with_the_places_of_the_files()
    {
        using var answers = new StringReader("\n");
        using var said = new StringWriter();
        var person = new TerminalPerson(answers, said, isThere: true);
        await new Deployment(Board("prompt"), _folder, person).RunAsync(Script, CancellationToken.None);
        said.ToString().ShouldContain("Put the script 'firmware' onto the board 'left': its files are in ");
    }

    [Fact]
    public async Task Without_a_way_or_a_person_the_reason_is_told_beforehand()
    {
        var nobody = new TerminalPerson(TextReader.Null, TextWriter.Null, isThere: false);
        new Deployment(Board(null), _folder).Impossible!.ShouldContain("names no way");
        var prompt = new Deployment(Board("prompt"), _folder, nobody);
        prompt.Impossible!.ShouldContain("no terminal to ask at");
        await Should.ThrowAsync<DeployException>(() => prompt.RunAsync(Script, CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_is_refused()
    {
        var script = FirmwareSource.FromFiles([KeyValuePair.Create("..", "")]);
        (await Should.ThrowAsync<DeployException>(
            () => new Deployment(Board("true {dir}"), _folder).RunAsync(script, CancellationToken.None))).Message
            .ShouldContain("'..'");
    }

    [Theory]
    [InlineData("flash {dir}", "/tmp/a", false, "flash /tmp/a")]
    [InlineData("flash {dir}", "/tmp/a b", false, "flash '/tmp/a b'")]
    [InlineData("flash \"{dir}\"", "/tmp/a b", false, "flash \"/tmp/a b\"")]
    [InlineData("flash \"{dir}/main.lua\"", "/tmp/a b", false, "flash \"/tmp/a b/main.lua\"")]
    [InlineData("flash {dir}", "D:\\A B\\x", true, "flash \"D:\\A B\\x\"")]
    [InlineData("flash {image}", "/i", false, "flash /i/image")]
    public void Places_are_quoted_where_they_need_it(string command, string dir, bool windows, string filled) =>
        Deployment.Fill(command, dir, dir + "/image", windows).ShouldBe(filled);

    private static BoardDescription Board(string? deploy) =>
        new("left", new PortAddress.Usb("1-2.3", 2)) { Deploy = deploy };

    private Task Run(string command, TimeSpan? limit = null) =>
        new Deployment(Board(command) with { DeployLimit = limit ?? TimeSpan.FromSeconds(60) }, _folder)
            .RunAsync(Script, CancellationToken.None);
}
