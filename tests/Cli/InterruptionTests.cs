using System.Diagnostics;
using AirHil.Cli.Tests.Commands.BenchCommands;

namespace AirHil.Cli.Tests;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP end every command that goes on, with its own exit code, whatever it does at that
/// moment. Those that are not here have no work that lasts, or are tested elsewhere: steps, fidelity, bench.
/// </summary>
[Trait("Clock", "wall")]
public sealed class InterruptionTests
{
    /// <summary>A command ends itself within a second; a busy host takes longer to let it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>So much work says that a command has begun with its own.</summary>
    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(1.5);

    private const string Busy = "while true do end";

    /// <summary>Calls that take most of a slice each, and print nothing.</summary>
    private const string Native =
        "local s = ('x'):rep(20000) while true do s:toHex() s:toBase64() s:gsub('x', 'y') end";

    public static TheoryData<string, string, int> Commands => new()
    {
        { "-TERM", "run native.lua --for 1000h", 2 },
        { "-INT", "run native.lua --for 1000h 2>&-", 2 },
        { "-TERM", "run busy.lua --for 1000h --record kept", 2 },
        { "-HUP", "run busy.lua --for 1000h --record kept", 2 },
        { "-INT", "test busy.feature", 2 },
        { "-TERM", "test busy.feature 2>&-", 2 },
        { "-INT", "hash busy.lua --for 1000h --seeds 1..9", 2 },
        { "-TERM", "lua busy.lua", 2 },
        { "-TERM", "corpus project --for 1000h", 2 },
        { "-INT", "hunt busy.feature --for 1000h", 2 },
        { "-TERM", "hunt native.lua --for 1000h 2>&-", 2 },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_signal_ends_it(string signal, string command, int code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = Folder();
        using var process = Start(folder, command);
        while (process.TotalProcessorTime < Begun)
        {
            process.HasExited.ShouldBeFalse();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Send(process, signal);
        (await Ended(process)).ShouldBe(code);
    }

    /// <summary>Nothing else ends them, so that is no interruption, however long they take to end.</summary>
    [Theory]
    [InlineData("bench emulate --script busy.lua", "the module starts", "-TERM", "-TERM")]
    [InlineData("bench serve virtual --listen 127.0.0.1:0", "offers virtual", "-HUP")]
    [InlineData("bench serve board:emulated --listen 127.0.0.1:0", "offers board:emulated", "-TERM")]
    [InlineData("bench console one --bench bench.yaml", "log is waited for", "-TERM", "-HUP")]
    public async Task A_command_that_serves_ends_with_0(string command, string begun, params string[] signals)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = Folder();
        folder.Write("bench.yaml", "boards:\n  one: { log: /dev/null-there-is-none }\n");
        await using var running = RunningCommand.In(folder.Path, command.Split(' '));
        await running.Shows(begun);
        foreach (var signal in signals)
        {
            using var kill = Process.Start("kill", [signal, $"{running.Id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await running.Ended()).ExitCode.ShouldBe(0, $"{running.Output}{running.Error}");
    }

    /// <summary>And what is there is in a folder that nobody else could have made before.</summary>
    [Fact]
    public async Task What_is_temporary_goes_with_the_command()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = new TempFolder();
        folder.Write("beat.lua", "while true do log.info('x') rtos.timer_start(1, 100) rtos.receive(-1) end");
        (await Airhil.In(folder, "run", "beat.lua", "--for", "1m", "--record", "rec")).ShouldExitWith(0);
        var recording = Path.GetRelativePath(
            folder.Path, Directory.GetFiles(Path.Combine(folder.Path, "rec")).Single());
        await using var running = RunningCommand.In(
            folder.Path, "replay", recording, "--stimuli", "--clock", "wall");
        var place = Path.Combine(folder.Path, "tmp");
        while (Directory.GetDirectories(place, "airhil-*").Length == 0)
        {
            running.HasExited.ShouldBeFalse($"{running.Output}{running.Error}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        new DirectoryInfo(Directory.GetDirectories(place, "airhil-*").Single()).UnixFileMode.ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (var kill = Process.Start("kill", ["-TERM", $"{running.Id}"])) kill.WaitForExit();
        (await running.Ended()).ExitCode.ShouldBe(2);
        Directory.GetFileSystemEntries(place, "airhil*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_signal_is_quiet()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = Folder();
        using var process = Start(folder, "run native.lua --for 1000h 2>said");
        while (process.TotalProcessorTime < Begun) await Task.Delay(50, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5 && !process.HasExited; i++) Send(process, "-INT");
        (await Ended(process)).ShouldBe(2);
        File.ReadAllText(Path.Combine(folder.Path, "said")).ShouldNotContain("xception");
    }

    [Fact]
    public async Task What_nohup_starts_outlives_its_terminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = Folder();
        using var process = Start(folder, "run native.lua --for 1000h", "trap '' HUP; ");
        while (process.TotalProcessorTime < Begun) await Task.Delay(50, TestContext.Current.CancellationToken);
        Send(process, "-HUP");
        await Task.Delay(2_000, TestContext.Current.CancellationToken);
        process.HasExited.ShouldBeFalse();
        Send(process, "-TERM");
        (await Ended(process)).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_blocks_delays_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = Folder();
        var fifo = Path.Combine(folder.Path, "fifo");
        using (var make = Process.Start("mkfifo", [fifo])) make.WaitForExit();
        using var process = Start(folder, "lua fifo");
        // The writer's end opens once the command has opened its own, and then never says anything.
        await using var silent = await Task.Run(
            () => new FileStream(fifo, FileMode.Open, FileAccess.Write), TestContext.Current.CancellationToken);
        Send(process, "-TERM");
        (await Ended(process)).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_in_the_making_leaves_nothing_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by kill");
        using var folder = new TempFolder();
        folder.Write("chatter.lua", """
            while true do log.info('x', ('y'):rep(40)) rtos.timer_start(1, 1) rtos.receive(-1) end
            """);
        (await Airhil.In(folder, "run", "chatter.lua", "--for", "3m", "--record", "rec")).ShouldExitWith(0);
        var made = Directory.CreateDirectory(Path.Combine(folder.Path, "made")).FullName;
        using var process = Start(folder, "export rec/*.zst --pcapng made/x.pcapng");
        while (Directory.GetFiles(made).Length == 0)
        {
            process.HasExited.ShouldBeFalse();
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        Directory.GetFiles(made).ShouldAllBe(file => file.EndsWith(".new"));
        Send(process, "-INT");
        Send(process, "-INT");
        (await Ended(process)).ShouldBe(2);
        Directory.GetFiles(made).ShouldBeEmpty();
    }

    private static TempFolder Folder()
    {
        var folder = new TempFolder();
        folder.Write("busy.lua", Busy);
        folder.Write("native.lua", Native);
        folder.Write("project/main.lua", Busy);
        folder.Write("busy.feature", """
            Feature: Busy
              Scenario: Busy
                Given the script "busy.lua"
                When power is applied
                And 1000 h passes
            """);
        return folder;
    }

    private static Process Start(TempFolder folder, string command, string before = "")
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");
        // A test that runs in the background may have inherited a SIGINT that is ignored.
        var line = $"{before}exec env --default-signal=INT dotnet '{assembly}' {command}";
        return Process.Start(new ProcessStartInfo("sh", ["-c", line])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
        })!;
    }

    private static void Send(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task<int> Ended(Process process)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }
}
