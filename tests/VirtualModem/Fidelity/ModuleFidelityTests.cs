using System.Text;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// The programs of shared/fidelity/v1112 print on the virtual module, line by line, what V1112's own code printed.
/// </summary>
public sealed class ModuleFidelityTests
{
    /// <summary>The native build of V1112's code had a root of this size; the module has 288 KiB.</summary>
    private const int NativeRootBytes = 96 * 4096;

    private static readonly ModuleDifference[] Accepted =
    [
        new("io", 6,
            @"  fs.fsstat('/luadb/')  => true , i:256 , i:1 , i:512 , ""luadb""",
            @"  fs.fsstat('/luadb/')  => true , i:256 , i:50 , i:512 , ""luadb""",
            "the native build had no download, so its size was 0; here the program itself lies in /luadb/"),
        new("lang", 1, "  bit.set(0,12,32)  => i:4097", "  bit.set(0,12,32)  => i:4096",
            "C leaves a shift by 32 open: the native build's processor takes it for 0, the module's leaves no bit"),
    ];

    [Theory]
    [InlineData("crc")]
    [InlineData("format")]
    [InlineData("fskv")]
    [InlineData("io")]
    [InlineData("json")]
    [InlineData("lang")]
    [InlineData("num")]
    [InlineData("pack")]
    [InlineData("pat")]
    [InlineData("strx")]
    [InlineData("zbuff")]
    public void A_program_prints_what_the_firmware_prints(string kind)
    {
        var folder = FidelityFolder.Find();
        if (folder is null) Assert.Skip("There is no folder shared/fidelity beside the repository.");
        folder = Path.Combine(folder, "v1112", kind);
        var script = File.ReadAllText(Path.Combine(folder, "main.lua"));
        var expected = ModuleText.Expected(File.ReadAllText(Path.Combine(folder, "expected"), Encoding.Latin1));
        var actual = ModuleText.Actual(FidelityRun.Lines(script, 32, NativeRootBytes));
        Unlisted(kind, expected, actual).ShouldBeEmpty();
    }

    /// <summary>The lines that differ and are not listed; a listed one that does not occur as often as told.</summary>
    private static string Unlisted(string kind, List<string> expected, List<string> actual)
    {
        var differences = new List<string>();
        var seen = new Dictionary<ModuleDifference, int>();
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var want = i < expected.Count ? expected[i] : "";
            var have = i < actual.Count ? actual[i] : "";
            if (want == have) continue;
            var listed = Array.Find(Accepted, one => one.Kind == kind && one.Native == want && one.Module == have);
            if (listed is null) differences.Add($"line {i + 1}\n- {want}\n+ {have}");
            else seen[listed] = seen.GetValueOrDefault(listed) + 1;
        }

        foreach (var listed in Accepted.Where(one => one.Kind == kind && seen.GetValueOrDefault(one) != one.Lines))
        {
            differences.Add($"listed for {listed.Lines} lines, seen in {seen.GetValueOrDefault(listed)}: {listed}");
        }

        return string.Join('\n', differences);
    }
}
