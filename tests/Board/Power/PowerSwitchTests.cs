using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Board.Tests.Ports;

namespace AirHil.Board.Tests.Power;

public sealed class PowerSwitchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-power-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(true);

    [Theory]
    [InlineData(1, false, true, new byte[] { 0xA0, 0x01, 0x01, 0xA2 })]
    [InlineData(1, false, false, new byte[] { 0xA0, 0x01, 0x00, 0xA1 })]
    [InlineData(2, false, true, new byte[] { 0xA0, 0x02, 0x01, 0xA3 })]
    [InlineData(4, true, true, new byte[] { 0xA0, 0x04, 0x00, 0xA4 })]
    [InlineData(4, true, false, new byte[] { 0xA0, 0x04, 0x01, 0xA5 })]
    public async Task A_serial_relay_gets_its_frame(int channel, bool inverted, bool on, byte[] frame)
    {
        using var far = new LinkedTerminal();
        var relay = For(new PowerDescription.SerialRelay(far.Address, channel, inverted));
        await relay.SwitchAsync(on, Cancel);
        far.Read(4).ShouldBe(frame);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_named()
    {
        var relay = For(new PowerDescription.SerialRelay(new PortAddress.Path("/dev/no-such-relay"), 2));
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => relay.SwitchAsync(true, Cancel));
        problem.Message.ShouldContain("serial relay, channel 2 on /dev/no-such-relay");
        problem.Message.ShouldContain("there is no such port now");
    }

    [Fact]
    public async Task A_relay_that_comes_a_moment_later_is_reached()
    {
        using var far = new LinkedTerminal();
        var link = new PortAddress.Path(Path.Combine(_folder.FullName, "relay"));
        var switching = For(new PowerDescription.SerialRelay(link, 1)).SwitchAsync(true, Cancel);
        await Task.Delay(300, Cancel);
        switching.IsCompleted.ShouldBeFalse();
        File.CreateSymbolicLink(link.Name, far.Address.ToString());
        await switching;
        far.Read(4).ShouldBe([0xA0, 0x01, 0x01, 0xA2]);
    }

    [Fact]
    public async Task Commands_are_run_by_the_shell()
    {
        PosixShell.SkipWithout();
        var state = Path.Combine(_folder.FullName, "state");
        var commands = For(new PowerDescription.Command($"echo on > '{state}'", $"echo off > '{state}'"));
        await commands.SwitchAsync(true, Cancel);
        (await File.ReadAllTextAsync(state, Cancel)).ShouldBe("on\n");
        await commands.SwitchAsync(false, Cancel);
        (await File.ReadAllTextAsync(state, Cancel)).ShouldBe("off\n");
    }

    [Fact]
    public async Task Commands_run_in_the_folder_of_the_bench_file()
    {
        PosixShell.SkipWithout();
        var commands = PowerSwitch.For(
            new PowerDescription.Command("pwd > here", "pwd; exit 1"), "b", folder: _folder.FullName)!;
        await commands.SwitchAsync(true, Cancel);
        (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "here"), Cancel)).Trim().ShouldBe(_folder.FullName);
        (await Should.ThrowAsync<PowerSwitchException>(() => commands.SwitchAsync(false, Cancel))).Message
            .ShouldContain($"Try it by hand in the folder {_folder.FullName}");
    }

    [Fact]
    public async Task A_command_that_fails_is_shown_with_its_exit_code_and_its_words()
    {
        PosixShell.SkipWithout();
        var commands = For(new PowerDescription.Command("echo no relay board >&2; exit 3", "true"));
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => commands.SwitchAsync(true, Cancel));
        problem.Message.ShouldContain("echo no relay board >&2; exit 3");
        problem.Message.ShouldContain("exit code 3, and it said: no relay board");
        problem.Message.ShouldContain("Try it by hand");
    }

    [Fact]
    public async Task A_command_that_talks_without_end_is_kept_to_its_last_words()
    {
        PosixShell.SkipWithout();
        const string Talks = "yes talk | head -c 5000000 >&2; echo the end >&2; exit 1";
        var commands = For(new PowerDescription.Command(Talks, "true"));
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => commands.SwitchAsync(true, Cancel));
        problem.Message.Length.ShouldBeLessThan(3000);
        problem.Message.ShouldContain("the end");
    }

    [Fact]
    public async Task A_command_ends_with_the_run()
    {
        PosixShell.SkipWithout();
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var commands = For(new PowerDescription.Command("sleep 60", "true"));
        await Should.ThrowAsync<OperationCanceledException>(() => commands.SwitchAsync(true, end.Token));
    }

    [Fact]
    public async Task A_hub_is_switched_by_uhubctl()
    {
        PosixShell.SkipWithout();
        var hub = new UhubctlSwitch(new PowerDescription.Uhubctl("1-2", 3), Tool("echo \"$@\" > args"));
        await hub.SwitchAsync(true, Cancel);
        Said().ShouldBe("-l 1-2 -p 3 -a on\n");
        await hub.SwitchAsync(false, Cancel);
        Said().ShouldBe("-l 1-2 -p 3 -a off\n");

        string Said() => File.ReadAllText(Path.Combine(_folder.FullName, "args"));
    }

    [Theory]
    [InlineData("No compatible devices detected at location 1-2!", "lists the hubs that can switch")]
    [InlineData("Permission denied. Try running as root", "udev rule")]
    public async Task A_hub_that_does_not_switch_comes_with_advice(string said, string advice)
    {
        PosixShell.SkipWithout();
        var hub = new UhubctlSwitch(new PowerDescription.Uhubctl("1-2", 3), Tool($"echo '{said}' >&2; exit 1"));
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => hub.SwitchAsync(true, Cancel));
        problem.Message.ShouldContain("-l 1-2 -p 3 -a on");
        problem.Message.ShouldContain($"exit code 1, and it said: {said}");
        problem.Message.ShouldContain(advice);
    }

    [Fact]
    public async Task A_missing_uhubctl_is_to_be_installed()
    {
        var hub = new UhubctlSwitch(new PowerDescription.Uhubctl("1-2", 3), "no-such-uhubctl");
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => hub.SwitchAsync(true, Cancel));
        problem.Message.ShouldContain("install it");
    }

    [Fact]
    public async Task A_person_is_asked_and_waited_for()
    {
        using var said = new StringWriter();
        var person = new TerminalPerson(new StringReader("\n"), said, isThere: true);
        var by = PowerSwitch.For(new PowerDescription.Prompt(), "bench-1", person).ShouldNotBeNull();
        await by.SwitchAsync(false, Cancel);
        said.ToString().Trim().ShouldBe("Switch the supply of the board 'bench-1' off, then press Enter");
    }

    [Fact]
    public async Task A_terminal_that_closes_is_no_answer()
    {
        var person = new TerminalPerson(TextReader.Null, TextWriter.Null, isThere: true);
        await Should.ThrowAsync<PowerSwitchException>(() => person.AskAsync("Press", Cancel));
    }

    [Fact]
    public async Task Without_a_terminal_there_is_no_switch_and_nobody_is_asked()
    {
        var nobody = new TerminalPerson(TextReader.Null, TextWriter.Null, isThere: false);
        PowerSwitch.For(new PowerDescription.Prompt(), "bench-1", nobody).ShouldBeNull();
        var problem = await Should.ThrowAsync<PowerSwitchException>(() => nobody.AskAsync("Press it", Cancel));
        problem.Message.ShouldContain("there is no terminal to ask at: Press it");
    }

    private static IPowerSwitch For(PowerDescription description) =>
        PowerSwitch.For(description, "bench-1").ShouldNotBeNull();

    /// <summary>A program that stands in for uhubctl; it runs in the test's folder.</summary>
    private string Tool(string body)
    {
        var path = Path.Combine(_folder.FullName, "tool");
        File.WriteAllText(path, $"#!/bin/sh\ncd '{_folder.FullName}'\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
