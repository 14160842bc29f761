using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>Worlds are driven in one place (decision 010).</summary>
public sealed partial class OneLoopTests
{
    /// <summary>The shell of a machine, and the emulated board, whose thread waits on pseudo-terminals.</summary>
    private static readonly string[] Drivers =
        ["src/Board/Emulator/EmulatedBoard.cs", "src/Rig/World/Shell.cs"];

    /// <summary>
    /// Tests of one machine, which call it directly. Three are of assemblies below the rig and see no loop.
    /// </summary>
    private static readonly string[] TestsOfOneMachine =
    [
        "tests/Board/Modem/BoardMachineBench.cs", "tests/VirtualModem/FakeBench.cs",
        "tests/VirtualModem/Fidelity/FidelityRun.cs", "tests/VirtualModem/Fuzz/HoardingTests.cs",
    ];

    /// <summary>A world, and the world of one machine. Tests and benchmarks use the same loop for theirs.</summary>
    private static readonly string[] Owners =
        ["src/Rig/Actors/MachineHost.cs", "src/Rig/World/World.cs"];

    /// <summary>
    /// To drive a machine is to look at its deadline and to call it then. A machine that is made of others hands their
    /// deadlines and the call through, and drives nothing.
    /// </summary>
    [Fact]
    public void Only_the_shell_drives_machines() => Files("src", "benchmarks").Where(Drives).ShouldBe(Drivers);

    [Fact]
    public void Tests_drive_single_machines_only() => Files("tests").Where(Drives).ShouldBe(TestsOfOneMachine);

    [Fact]
    public void Only_worlds_have_a_loop() => Files("src").Where(f => NewLoop().IsMatch(Text(f))).ShouldBe(Owners);

    /// <summary>Whoever is behind a machine in the real world reaches it through the mailbox of its world.</summary>
    [Fact]
    public void Only_the_shell_is_a_run_for_machines_with_the_outside_behind_them() =>
        Files("src").Where(f => LiveRun().IsMatch(Text(f))).ShouldBe(["src/Rig/World/Shell.cs"]);

    private static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static string Text(string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));

    /// <summary>
    /// To drive a machine is to look at its deadline and to call it then. A machine that is made of others hands their
    /// deadlines and the call through, and drives nothing.
    /// </summary>
    private static bool Drives(string file)
    {
        var text = DeadlineOfItsOwn().Replace(Text(file), "");
        return Deadline().IsMatch(text) && Call().IsMatch(text);
    }

    [GeneratedRegex(@"\bNextTimeout\s*=>[^;]*;")]
    private static partial Regex DeadlineOfItsOwn();

    [GeneratedRegex(@"\w\.NextTimeout\b")]
    private static partial Regex Deadline();

    [GeneratedRegex(@"\w\.HandleTimeout\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bnew Loop\(")]
    private static partial Regex NewLoop();

    [GeneratedRegex(@"\b(?:class|struct|record)\s+\w+(?:<[^>]*>)?(?:\([^)]*\))?\s*:[^{;]*\bILiveRun\b")]
    private static partial Regex LiveRun();
}
