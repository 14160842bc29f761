namespace AirHil.Cli.Tests.Usage;

/// <summary>A command line that cannot be met says what is wrong with it, and what to write instead.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("", "a command is missing; the commands are test, run")]
    [InlineData("frob", "there is no command or option 'frob'")]
    [InlineData("run", "'SCRIPT-OR-FOLDER' missing")]
    [InlineData("run firmware second", "'second'")]
    [InlineData("run firmware --nope", "'--nope'")]
    [InlineData("run firmware --for 30", "--for: '30' has no unit; write 30ms, 30s, 30m or 30h")]
    [InlineData("run firmware --for 3x", "--for: '3x' has the unit 'x'")]
    [InlineData("run firmware --bits 16", "--bits: '16' is neither 32 nor 64")]
    [InlineData("run firmware --bits x", "--bits: 'x' is neither 32 nor 64")]
    [InlineData("run firmware --seed -1", "--seed: '-1' is not a whole number from 0 to")]
    [InlineData("run firmware --start 21:29", "--start: '21:29' is not a date; write it as 2024-10-12")]
    [InlineData("run firmware --start 0001-01-01", "outside of the years 2000 to 2037")]
    [InlineData(
        "run firmware --show uart,foo",
        "--show: 'foo' is not uart, pin, bus, net, service, script, power, rig or all")]
    [InlineData("run firmware --service ws://x/", "write URL=BEHAVIOUR")]
    [InlineData("run firmware --service ws://x/=dance", "'dance' is not a behaviour of ws://; expected echo")]
    [InlineData("run firmware --at 20s", "write a time and a phrase")]
    [InlineData("run firmware --at 20_drop_coverage", "'20' has no unit; write 20ms, 20s")]
    [InlineData("run firmware --at 20s_drop_cverage", "expected 'drop coverage' or 'drop connection [at HOST]")]
    [InlineData("run firmware --at 20s_uart_foo", "a text in quotes is expected here, got: foo")]
    [InlineData("run firmware --at 20s_uart_'\\q'", "'\\q' has an escape that is not known")]
    [InlineData("run firmware --at 90s_reset", "the run ends at 60 s, so this would never happen; give a longer --for")]
    [InlineData("hash firmware --seeds 5", "--seeds: '5' is not a range; write 1..100")]
    [InlineData("test --format xml", "--format: 'xml' is neither text nor json")]
    [InlineData("test -j x", "-j: 'x' is not a whole number from 0 to")]
    [InlineData("test . --tags @a_and", "--tags: ")]
    [InlineData("bench emulate", "`airhil bench emulate --help` shows how it is meant")]
    [InlineData("test --tag @slow", "there is no option '--tag'; did you mean '--tags'?")]
    [InlineData("test . -x", "there is no option '-x'")]
    [InlineData("run --fr 5s", "there is no option '--fr'; did you mean '--for'?")]
    [InlineData("hash --seed 5 firmware", "'--seed'; did you mean '--seeds'?")]
    [InlineData("compare --htm page.html", "there is no option '--htm'; did you mean '--html'?")]
    [InlineData("lua --version", "there is no option '--version'")]
    [InlineData("compare a b --relative 1001%", "--relative: '1001%' is not a percentage from 0 to 1000; write 5%")]
    [InlineData("compare a b --relative 9223372036854775808", "is not a percentage from 0 to 1000")]
    [InlineData("bench emulate --script firmware --speed 1e300", "--speed: '1e300' is not a number from 0.01 to 1000")]
    [InlineData("test -- --tag", "--tag: no such file or folder")]
    [InlineData("test nothere.feature", "nothere.feature: no such file or folder")]
    public async Task A_wrong_command_line_is_explained(string line, string message)
    {
        using var folder = new TempFolder();
        folder.Script("print(1)");
        string[] arguments =
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('_', ' ')),
        ];

        var outcome = (await Airhil.In(folder, arguments)).ShouldExitWith(4);

        outcome.Error.ShouldContain(message);
        outcome.Error.ShouldStartWith("airhil: ");
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_ends_with_the_code_of_its_command_and_keeps_its_outputs_apart()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.Started(folder, "frob")).ShouldExitWith(4);

        outcome.Error.ShouldContain("there is no command or option 'frob'");
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_of_run_needs_no_script_and_lists_the_phrases()
    {
        using var folder = new TempFolder();

        var outcome = (await Airhil.In(folder, "run", "--help")).ShouldExitWith(0);

        outcome.Output.ShouldContain("uart 'TEXT'");
        outcome.Output.ShouldContain("drop coverage");
        outcome.Output.ShouldContain("power off");
        outcome.Output.ShouldContain("500ms, 40s, 2m, 24h; 60s if left out");
        outcome.Error.ShouldBeEmpty();
    }
}
