using System.Text;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>The programs of shared/fidelity print on the virtual module what the vendor's simulator printed.</summary>
public sealed class FidelityTests
{
    [Theory]
    [InlineData("json", 32)]
    [InlineData("json", 64)]
    [InlineData("zbuff", 32)]
    [InlineData("zbuff", 64)]
    [InlineData("strings", 32)]
    [InlineData("strings", 64)]
    [InlineData("numbers", 32)]
    [InlineData("numbers", 64)]
    [InlineData("log_format", 32)]
    [InlineData("log_format", 64)]
    [InlineData("sys_basic", 32)]
    [InlineData("sys_basic", 64)]
    [InlineData("pack", 32)]
    [InlineData("pack", 64)]
    [InlineData("err_main", 32)]
    [InlineData("err_main", 64)]
    [InlineData("err_norun", 32)]
    [InlineData("err_norun", 64)]
    [InlineData("err_syntax", 32)]
    [InlineData("err_syntax", 64)]
    [InlineData("err_task", 32)]
    [InlineData("err_task", 64)]
    [InlineData("err_timer_cb", 32)]
    [InlineData("err_timer_cb", 64)]
    public void A_program_prints_what_the_simulator_printed(string program, int bits)
    {
        var folder = FidelityFolder.Find();
        if (folder is null) Assert.Skip("There is no folder shared/fidelity beside the repository.");
        var text = File.ReadAllText(Path.Combine(folder, $"{program}.expected-{bits}"), Encoding.Latin1);
        var expected = ListedDifferences.Apply(program, bits, FidelityText.Expected(text));
        var actual = FidelityText.Actual(FidelityRun.Lines(FidelityRun.Script(folder, program), bits));
        Compare(expected, program == "err_task" ? ListedDifferences.WithoutTie(actual) : actual);
    }

    private static void Compare(List<string> expected, List<string> actual)
    {
        var differences = new StringBuilder();
        var (e, a) = (0, 0);
        while (e < expected.Count || a < actual.Count)
        {
            var want = e < expected.Count ? expected[e] : null;
            var have = a < actual.Count ? actual[a] : null;
            if (want == have)
            {
                (e, a) = (e + 1, a + 1);
                continue;
            }

            // A line that is on one side alone is reported as such, so that the rest stays in step.
            var missing = have is null ? 0 : expected.FindIndex(e, line => line == have);
            var added = want is null ? 0 : actual.FindIndex(a, line => line == want);
            if (have is null || (want is not null && missing >= 0 && (added < 0 || missing - e <= added - a)))
            {
                differences.Append("- ").AppendLine(expected[e++]);
            }
            else if (want is null || added >= 0)
            {
                differences.Append("+ ").AppendLine(actual[a++]);
            }
            else
            {
                differences.Append("- ").AppendLine(expected[e++]).Append("+ ").AppendLine(actual[a++]);
            }
        }

        differences.ToString().ShouldBeEmpty();
    }
}
