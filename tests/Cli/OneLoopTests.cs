using System.Text.RegularExpressions;
using AirHil.Rig.Time;
using AirHil.Rig.World;
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
    /// To the thread of the emulated board, which is no world's; to a connection and to its socket; from a session to
    /// its bench; to the browsers that look on.
    /// </summary>
    private static readonly string[] QueuesOut =
    [
        "src/Board/Emulator/EmulatedBoard.cs", "src/Live/Network/LiveConnection.cs", "src/Live/Network/LiveLane.cs",
        "src/Live/Remote/Conversation.cs", "src/Live/View/LiveView.cs",
    ];

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

    /// <summary>Whatever a thread outside knows of a run, it can read the clock and post, and no more.</summary>
    [Fact]
    public void The_only_way_into_a_world_is_to_post()
    {
        typeof(ILiveRun).GetMethods().Where(m => !m.IsSpecialName).Select(m => m.Name).ShouldBe(["Post"]);
        typeof(ILiveRun).GetProperties().Select(p => (p.Name, p.CanWrite)).ShouldBe([("Now", false), ("Speed", false)]);
        typeof(IOutside).GetMethods().Where(m => !m.IsSpecialName).Select(m => m.Name).ShouldBe(["Deliver"]);
    }

    /// <summary>
    /// A queue beside the mailbox would be another way in. Those that are left lead out of a world, or have nothing to
    /// do with one (decision 010).
    /// </summary>
    [Fact]
    public void No_queue_between_threads_leads_into_a_world() =>
        Files("src/Board", "src/Live", "src/Rig").Where(f => QueueBetweenThreads().IsMatch(Text(f)))
            .ShouldBe(QueuesOut);

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

    [GeneratedRegex(@"\b(?:ConcurrentQueue|ConcurrentBag|ConcurrentStack|BlockingCollection|Channel)<")]
    private static partial Regex QueueBetweenThreads();

    [GeneratedRegex(@"\bnew Loop\(")]
    private static partial Regex NewLoop();

    [GeneratedRegex(@"\b(?:class|struct|record)\s+\w+(?:<[^>]*>)?(?:\([^)]*\))?\s*:[^{;]*\bILiveRun\b")]
    private static partial Regex LiveRun();
}
