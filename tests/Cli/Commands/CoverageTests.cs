namespace AirHil.Cli.Tests.Commands;

/// <summary>`--coverage FILE` of `airhil run` and `airhil test`.</summary>
public sealed class CoverageTests
{
    private const string Rebooting =
        """
        _G.sys = require("sys")
        local util = require("util")
        sys.taskInit(function()
          log.info("twice", util.twice(21))
          sys.wait(1000)
          if util == nil then
            log.info("never")
          end
          rtos.reboot()
        end)
        sys.run()
        """;

    private const string Util =
        """
        local M = {}
        function M.twice(x) return x * 2 end
        function M.thrice(x)
          return x * 3
        end
        return M
        """;

    [Fact]
    public async Task A_run_is_covered_over_its_resets_and_its_session_stays_the_same()
    {
        using var folder = new TempFolder();
        folder.Script(Rebooting);
        folder.Write("firmware/util.lua", Util);

        var plain = (await Airhil.In(folder, "run", "firmware", "--for", "3s")).ShouldExitWith(0);
        var covered = (await Airhil.In(folder, "run", "firmware", "--for", "3s", "--coverage", "lcov.info"))
            .ShouldExitWith(0);

        covered.Hash.ShouldBe(plain.Hash);
        var lines = await Lines(folder);
        Paths(lines).ShouldBe(["SF:firmware/main.lua", "SF:firmware/util.lua"]);
        lines.ShouldContain("DA:4,3"); // At 0.25 s, 1.5 s and 2.75 s.
        lines.ShouldContain("DA:7,0");
        lines.ShouldContain("DA:9,2");
        lines.ShouldContain("FNDA:3,twice:2");
        lines.ShouldContain("FNDA:0,thrice:3");
        lines.Count(line => line == "end_of_record").ShouldBe(2);
    }

    [Fact]
    public async Task Features_are_covered_over_their_scenarios_whatever_runs_at_once()
    {
        using var folder = new TempFolder();
        folder.Script("log.info('one')\nif x then\n  log.info('two')\nend\nlog.info('three')");
        folder.Write(
            "all.feature",
            """
            Feature: covered
              Scenario Outline: from a file
                Given the script "firmware"
                And the module is running
                Examples:
                  | n |
                  | 1 |
                  | 2 |
                  | 3 |

              Scenario: from text
                Given the script:
                  '''
                  log.info("inline")
                  '''
                And the module is running
            """.Replace("'''", "\"\"\"", StringComparison.Ordinal));

        (await Airhil.In(folder, "test", "all.feature", "-j", "3", "--coverage", "lcov.info")).ShouldExitWith(0);

        var lines = await Lines(folder);
        Paths(lines).ShouldBe(["SF:firmware/main.lua"]);
        lines.Where(line => line.StartsWith("DA:", StringComparison.Ordinal))
            .ShouldBe(["DA:1,3", "DA:2,3", "DA:3,0", "DA:5,3"]);
        lines.ShouldContain("LF:4");
        lines.ShouldContain("LH:3");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_before_the_run()
    {
        using var folder = new TempFolder();

        (await Airhil.In(folder, "run", folder.Script("log.info('x')"), "--coverage", "firmware/main.lua/file"))
            .ShouldExitWith(4).Error.ShouldContain("--coverage: 'firmware/main.lua/file' cannot be written");
    }

    private static Task<string[]> Lines(TempFolder folder) =>
        File.ReadAllLinesAsync(Path.Combine(folder.Path, "lcov.info"));

    private static IEnumerable<string> Paths(string[] lines) =>
        lines.Where(line => line.StartsWith("SF:", StringComparison.Ordinal));
}
