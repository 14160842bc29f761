using System.Diagnostics;

namespace AirHil.Cli.Tests.Commands;

/// <summary>What did not run, or could not, is never told as a success, and a repeat repeats.</summary>
public sealed class NoFalseGreenTests
{
    private const string Prints =
        """
        Feature: Twice
          Scenario: It prints
            Given the script:
              '''
              uart.setup(1) log.info("hello", rtos.meminfo()) sys = require("sys") sys.run()
              '''
            When power is applied
            And 3 packets of 5 bytes arrive at UART 1 with gaps of 10ms
            Then within 3 s the log shows "hello"
        """;

    private const string Fails =
        """
        Feature: It's $(touch pasted) `touch pasted`

          Scenario Outline: "Quotes" <n>
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 1 s the log shows "<n>"

            Examples:
              | n  |
              | he |
              | no |

          @ignore
          Scenario: Left out
            When 1 s passes
        """;

    [Fact]
    public async Task A_step_that_fits_nothing_is_told_once_with_all_its_places()
    {
        using var folder = new TempFolder();
        var uses = string.Concat(Enumerable.Range(0, 12).Select(
            i => $"  Scenario: S{i}\n    When it dances\n    And it dances\n"));
        folder.Write("a.feature", "Feature: A\n" + uses);
        var error = (await Airhil.In(folder, "test", "a.feature")).ShouldExitWith(4).Error;
        error.Split("No binding fits").Length.ShouldBe(2);
        error.ShouldStartWith("airhil: a.feature:3: When it dances: No binding fits");
        error.ShouldContain("also at a.feature:4, a.feature:6, ");
        error.ShouldEndWith(" and 13 more places\n");
    }

    [Theory]
    [InlineData("Given the script \"nothere\"", "there is no script 'nothere'")]
    [InlineData("When the fault \"drop everything for 1 s\" begins", "drop everything")]
    [InlineData("When something weird happens", "No binding fits \"something weird happens\"")]
    [InlineData("When power are applied", "Did you mean")]
    [InlineData("Given the libraries of folder \"nothere\"", "there is no script 'nothere'")]
    [InlineData("Given a service at \"htp://x\" that echoes", "'htp://x' is not the URL of a service")]
    [InlineData("Given a service at \"http://x\" that does \"dance\"", "'dance' is not a behaviour of http://")]
    [InlineData("Given a broker at \"ws://x\"", "'broker' is not a behaviour of ws://")]
    [InlineData("Given the NTP server \"x\" is \"late\"", "'late' is not a behaviour of ntp://")]
    [InlineData("Given the world's date is \"soon\"", "'soon' is not a date")]
    [InlineData("When the bytes \"5G\" arrive at UART 1", "hex")]
    [InlineData("When the broker sends no CONNECT", "no packet that a broker sends")]
    [InlineData("When pin 99 goes high", "'99' is no pin")]
    [InlineData("When 5 apples passes", "unit 'apples'")]
    [InlineData("When a client connects to port 68719476737 of the module", "'68719476737' is not a number from -2147")]
    [InlineData("When \"x\" arrives at UART \u0661", "'\u0661' is not a number from -2147483648 to 2147483647")]
    [InlineData("Then within 5 the log shows \"x\"", "'5' has no unit")]
    [InlineData("Then within 5 s the log shows a line that matches \"(\"", "Invalid pattern")]
    [InlineData("Then within 5 s the broker receives a 7", "'7' is no packet of MQTT 3.1.1")]
    [InlineData("Then after 5 s ± 3 q the log shows \"x\"", "unit 'q'")]
    public async Task A_step_that_can_never_work_is_found_before_the_first_scenario(string step, string why)
    {
        using var folder = new TempFolder();
        Write(folder, "a.feature", Prints);
        Write(folder, "b.feature", $"Feature: Wrong\n  Scenario: One\n    When 1 s passes\n    {step}\n");
        foreach (var more in (string[][])[[], ["--dry-run"], ["--clock", "wall"], ["--target", "board:emulated"]])
        {
            if (more is [_, "board:emulated"] && !OperatingSystem.IsLinux()) continue;
            var outcome = (await Airhil.In(folder, ["test", ".", .. more])).ShouldExitWith(4);
            outcome.Error.ShouldStartWith("airhil: ./b.feature:4: ");
            outcome.Error.ShouldContain(why);
            outcome.Output.ShouldNotContain("passed");
        }

        (await Airhil.In(folder, "test", ".", "-k", "prints")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Reasons_of_skips_are_grouped_and_can_fail_a_run()
    {
        using var folder = new TempFolder();
        Write(folder, "a.feature", Prints);
        Write(
            folder, "b.feature",
            """
            Feature: Left
              @ignore
              Scenario: One
                When 1 s passes
              @ignore
              Scenario: Two
                When 1 s passes
              @needs-radio-of-mars
              Scenario: Three
                When 1 s passes
            """);

        var outcome = (await Airhil.In(folder, "test", ".")).ShouldExitWith(0);
        outcome.Output.ShouldContain("\nskipped 2: tagged @ignore\n");
        outcome.Output.ShouldMatch("\nskipped 1: .*radio-of-mars");
        (await Airhil.In(folder, "test", ".", "--hashes")).ShouldExitWith(0).Error
            .ShouldContain("skipped 2: tagged @ignore\n");
        (await Airhil.In(folder, "test", ".", "--fail-on-skip")).ShouldExitWith(1).Output
            .ShouldContain("1 passed, 0 failed, 3 skipped");
        (await Airhil.In(folder, "test", "a.feature", "--fail-on-skip")).ShouldExitWith(0);
    }

    [Fact]
    public async Task The_command_that_repeats_names_the_row_and_every_option_and_is_safe_to_paste()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pasted into a POSIX shell");
        using var folder = new TempFolder();
        Write(folder, "it's a $(touch pasted).feature", Fails);

        var outcome = (await Airhil.In(
            folder, "test", "it's a $(touch pasted).feature", "--seed", "7", "--bits", "64", "--start", "2025-02-03",
            "--allow-unmodelled", "gpio.setup", "--clock", "wall", "--speed", "50", "--long", "--reruns", "1",
            "--wall-limit", "90s", "--junit", "j.xml", "-o", "out"))
            .ShouldExitWith(1);

        var command = outcome.Lines.Single(line => line.Contains("repeat it: ", StringComparison.Ordinal))
            .Split("repeat it: ")[1];
        var words = await Pasted(folder, command);
        words.ShouldBe(
            [
                "airhil", "test", "it's a $(touch pasted).feature:14", "--seed", "7", "--allow-unmodelled",
                "gpio.setup", "--bits", "64", "--start", "2025-02-03T00:00:00+08:00", "--long", "--reruns", "1",
                "--wall-limit", "90 s", "--clock", "wall", "--speed", "50",
            ]);
        File.Exists(Path.Combine(folder.Path, "pasted")).ShouldBeFalse();
        var again = (await Airhil.In(folder, words[1..])).ShouldExitWith(1);
        again.Output.ShouldContain("0 passed, 1 failed");
        again.Output.ShouldContain($"repeat it: {command}");
    }

    [Fact]
    public async Task A_scenario_is_chosen_by_the_line_of_its_outline_or_its_row()
    {
        using var folder = new TempFolder();
        Write(folder, "b.feature", Fails);

        (await Airhil.In(folder, "test", "b.feature:3", "--dry-run")).ShouldExitWith(0).Lines.Length.ShouldBe(2);
        (await Airhil.In(folder, "test", "b.feature:13")).ShouldExitWith(0).Output.ShouldContain("1 passed");
        (await Airhil.In(folder, "test", "b.feature:13", "b.feature", "--dry-run")).ShouldExitWith(0).Lines
            .Count(line => line.StartsWith("b.feature", StringComparison.Ordinal)).ShouldBe(3);
        (await Airhil.In(folder, "test", "b.feature:5")).ShouldExitWith(4).Error.ShouldContain(
            "b.feature:5:1: no scenario begins here; scenarios of this file begin at the lines 3, 17");
    }

    [Fact]
    public async Task Another_file_changes_neither_seed_nor_name_nor_recording_of_a_scenario()
    {
        using var folder = new TempFolder();
        Write(folder, "b.feature", Prints);
        var alone = (await Airhil.In(folder, "test", "b.feature", "--hashes", "--record", "alone")).ShouldExitWith(0);
        Write(folder, "a.feature", Prints);
        var both = (await Airhil.In(folder, "test", ".", "--hashes", "--record", "both")).ShouldExitWith(0);

        both.Lines.ShouldContain(alone.Lines.ShouldHaveSingleItem());
        var recording = Path.GetFileName(Directory.GetFiles(Path.Combine(folder.Path, "alone")).ShouldHaveSingleItem());
        recording.ShouldStartWith("b-twice-it-prints-");
        Directory.GetFiles(Path.Combine(folder.Path, "both")).Select(f => Path.GetFileName(f)).Order()
            .ShouldBe([recording.Replace("b-twice", "a-twice", StringComparison.Ordinal), recording], StartsAlike);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay --stimuli")]
    [InlineData("compare")]
    [InlineData("export --vcd s.vcd")]
    public async Task A_recording_that_is_cut_to_nothing_is_no_success(string command)
    {
        using var folder = new TempFolder();
        folder.Script("print(1)");
        (await Airhil.In(folder, "run", "firmware", "--for", "1s", "--record", "kept")).ShouldExitWith(0);
        var recording = Directory.GetFiles(Path.Combine(folder.Path, "kept")).ShouldHaveSingleItem();
        using (var session = AirHil.Rig.Sessions.SessionReader.Open(recording))
        using (new AirHil.Rig.Sessions.SessionWriter(Path.Combine(folder.Path, "cut.ndjson"), session.Header))
        {
        }

        string[] words = command.Split(' ');
        string[] files = words[0] == "compare" ? ["cut.ndjson", "cut.ndjson"] : ["cut.ndjson"];
        (await Airhil.In(folder, [words[0], .. files, .. words[1..]])).ShouldExitWith(4).Error
            .ShouldContain("cut.ndjson: the recording was cut off before its first event");
    }

    private static IEqualityComparer<string> StartsAlike { get; } =
        EqualityComparer<string>.Create((one, other) => one![..17] == other![..17], text => text[..17].GetHashCode());

    /// <summary>The words that a shell makes of a line.</summary>
    private static async Task<string[]> Pasted(TempFolder folder, string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"printf '%s\\n' {line}"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        })!;
        return (await shell.StandardOutput.ReadToEndAsync()).TrimEnd('\n').Split('\n');
    }

    /// <summary>Doc strings are fenced by ''' here and by quotes in the file.</summary>
    private static void Write(TempFolder folder, string name, string text) =>
        folder.Write(name, text.Replace("'''", "\"\"\"", StringComparison.Ordinal));
}
