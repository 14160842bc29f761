using System.Text;

using AirHil.Tests;

namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// Programs of this repository print what V1112's own code printed when it was built as a native 32-bit program. They
/// have the kinds of the programs in shared/fidelity and run everywhere.
/// </summary>
public sealed class TwinTests
{
    private const string VmExit = "E/main Lua VM exit!! reboot in 15000ms";

    private static readonly string Folder =
        Path.Combine(RepositoryRoot.Path, "tests", "VirtualModem", "Fidelity", "Twins");

    public static TheoryData<string, int> Programs
    {
        get
        {
            var programs = new TheoryData<string, int>();
            foreach (var path in Directory.GetFiles(Folder, "*.lua").Order(StringComparer.Ordinal))
            {
                programs.Add(Path.GetFileNameWithoutExtension(path), 32);
                programs.Add(Path.GetFileNameWithoutExtension(path), 64);
            }

            return programs;
        }
    }

    /// <param name="program">Its file without the ending.</param>
    /// <param name="bits">Of Lua's numbers; without a file for 64 the lines are those of 32.</param>
    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_prints_what_the_firmware_prints(string program, int bits)
    {
        var script = File.ReadAllText(Path.Combine(Folder, program + ".lua"));
        var file = Path.Combine(Folder, $"{program}.{bits}.txt");
        if (!File.Exists(file)) file = Path.Combine(Folder, $"{program}.32.txt");
        var expected = ModuleText.Expected(File.ReadAllText(file, Encoding.Latin1));
        var actual = ModuleText.Actual(FidelityRun.Lines(script, bits));
        actual.Remove(VmExit);
        string.Join('\n', actual).ShouldBe(string.Join('\n', expected).TrimEnd('\n'));
    }

    [Fact]
    public void There_are_as_many_as_in_the_shared_folder() => Programs.Count.ShouldBe(24);
}
