using System.Diagnostics;
using AirHil.Cli.Streams;

namespace AirHil.Cli.Tests.Streams;

/// <summary>What scripts, features and file names say neither steers the terminal nor runs when it is pasted.</summary>
public sealed class TerminalSafetyTests
{
    // Clears the screen, sets the title, and the same as C1.
    private const string Evil = "\u001b[2J\u001b]0;owned\u0007\u009b2J\u0008\u007f" + Turns;

    // Line breaks and directions of Unicode.
    private const string Turns = "\u0085\u2028\u2029\u202a\u202e\u2066\u2069";

    [Fact]
    public async Task Control_sequences_of_scripts_and_features_do_not_reach_the_terminal()
    {
        using var folder = new TempFolder();
        folder.Script($"log.info('{Evil}', 'a\\rb', 'c\\r\\n', '\\27[31m') error('{Evil}')");
        folder.Write(
            "evil.feature",
            $"""
            Feature: Evil {Evil}
              Scenario: Name {Evil}
                Given the script "firmware"
                When power is applied
                Then within 1 s the log shows "{Evil}{Evil}"
              @ignore
              Scenario: Left {Evil}
                When {Evil}
              Scenario: Wrong
                Given {Evil}
            """);
        foreach (var command in (string[])
        [
            "run firmware --for 1s --show all",
            "test evil.feature", "test evil.feature -v", "test evil.feature --dry-run",
            "test evil.feature --hashes", "test evil.feature --format json", "test evil.feature -k Name --clock wall",
            $"test {Evil.Replace(' ', '_')}", $"run {Evil}", $"replay {Evil}", $"test --{Evil}", $"test -k {Evil} .",
        ])
        {
            var outcome = await Airhil.In(folder, command.Split(' '));
            foreach (var text in (string[])[outcome.Output, outcome.Error])
            {
                text.Where(c => (char.IsControl(c) && c is not ('\n' or '\t' or '\r')) || Turns.Contains(c))
                    .ShouldBeEmpty(command);
                text.Replace("\r\n", "\n", StringComparison.Ordinal).ShouldNotContain("\r", customMessage: command);
                text.ShouldNotContain("internal error");
            }
        }

        (await Airhil.In(folder, "run", "firmware", "--for", "1s")).Output.ShouldContain(
            "I/user.\\x1B[2J\\x1B]0;owned\\x07\\x9B2J\\x08\\x7F\\x85\\u2028\\u2029\\u202A\\u202E\\u2066\\u2069" +
            "\ta\\x0Db\tc");
    }

    [Theory]
    [InlineData("plain ü 世界 \ttab\nline\r\n", "plain ü 世界 \ttab\nline\r\n")]
    [InlineData("\u001b[0m", "\\x1B[0m")]
    [InlineData("a\rb\r", "a\\x0Db\r")]
    [InlineData("a\u202eb\u2066c\u2069\u200f\u061c", "a\\u202Eb\\u2066c\\u2069\\u200F\\u061C")]
    [InlineData("a\u2028b\u2029c\u2027", "a\\u2028b\\u2029c\u2027")]
    [InlineData("\u20ac\u0644\u2027", "\u20ac\u0644\u2027")]
    [InlineData("\u0085\u009f\u00a0\u0000", "\\x85\\x9F\u00a0\\x00")]
    public void Text_and_bytes_are_made_plain_alike(string text, string plain)
    {
        PlainText.Of(text).ShouldBe(plain);
        using var output = new MemoryStream();
        PlainText.Write(output, System.Text.Encoding.UTF8.GetBytes(text));
        System.Text.Encoding.UTF8.GetString(output.ToArray()).ShouldBe(plain);
    }

    [Fact]
    public async Task What_is_printed_to_be_pasted_is_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pasted into a POSIX shell");
        using var folder = new TempFolder();
        folder.Script(
            """
            sys = require("sys")
            sys.taskInit(function() http.request("GET", "http://$(touch$IFS'pasted')`id`/").wait() end)
            sys.run()
            """);
        const string Name = "it's; $(touch pasted).ndjson";
        (await Airhil.In(folder, "run", "firmware", "--for", "1s", "--record", "kept")).ShouldExitWith(0);
        using (var reader = AirHil.Rig.Sessions.SessionReader.Open(
            Directory.GetFiles(Path.Combine(folder.Path, "kept")).Single()))
        using (var writer = new AirHil.Rig.Sessions.SessionWriter(
            Path.Combine(folder.Path, Name), reader.Header with { Target = "board:x", Exact = false }))
        {
            writer.Append(reader.ReadEvents().First());
            writer.Finish(TimeSpan.FromSeconds(1));
        }

        var told = (await Airhil.In(folder, "replay", Name)).ShouldExitWith(4).Error;
        var command = told.Split('`')[1];
        command.ShouldBe("airhil replay 'it'\\''s; $(touch pasted).ndjson' --stimuli");
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"airhil() {{ [ \"$2\" = \"$0\" ]; }}; {command}", Name])
            {
                WorkingDirectory = folder.Path,
            })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(folder.Path, "pasted")).ShouldBeFalse();
    }
}
