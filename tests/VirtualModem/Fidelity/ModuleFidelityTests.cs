using System.Text;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// The programs of shared/fidelity/v1112 print on the virtual module, line by line, what V1112's own code printed.
/// </summary>
public sealed class ModuleFidelityTests
{
    /// <param name="kind">The folder.</param>
    /// <param name="known">Lines that still differ. This number only goes down, to 0: each line is a fault to mend.
    /// </param>
    [Theory]
    [InlineData("crc", 0)]
    [InlineData("format", 0)]
    [InlineData("fskv", 0)]
    [InlineData("io", 504)]
    [InlineData("json", 1)]
    [InlineData("lang", 4)]
    [InlineData("num", 0)]
    [InlineData("pack", 0)]
    [InlineData("pat", 0)]
    [InlineData("strx", 0)]
    [InlineData("zbuff", 13)]
    public void A_program_prints_what_the_firmware_prints(string kind, int known)
    {
        var folder = FidelityFolder.Find();
        if (folder is null) Assert.Skip("There is no folder shared/fidelity beside the repository.");
        folder = Path.Combine(folder, "v1112", kind);
        var script = File.ReadAllText(Path.Combine(folder, "main.lua"));
        var expected = ModuleText.Expected(File.ReadAllText(Path.Combine(folder, "expected"), Encoding.Latin1));
        var actual = ModuleText.Actual(FidelityRun.Lines(script, 32));
        var differences = Differences(expected, actual);
        differences.Count.ShouldBe(known, string.Join('\n', differences));
    }

    private static List<string> Differences(List<string> expected, List<string> actual)
    {
        var differences = new List<string>();
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var want = i < expected.Count ? expected[i] : "";
            var have = i < actual.Count ? actual[i] : "";
            if (want != have) differences.Add($"line {i + 1}\n- {want}\n+ {have}");
        }

        return differences;
    }
}
