using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>Machines are driven in one place (decision 010).</summary>
public sealed partial class OneLoopTests
{
    /// <summary>The shell of a machine, and the emulated board, whose thread waits on pseudo-terminals.</summary>
    private static readonly string[] Drivers =
        ["src/Board/Emulator/EmulatedBoard.cs", "src/Rig/World/Shell.cs"];

    /// <summary>
    /// To drive a machine is to look at its deadline and to call it then. A machine that is made of others hands their
    /// deadlines and the call through, and drives nothing.
    /// </summary>
    [Fact]
    public void Only_the_shell_drives_machines()
    {
        var source = Path.Combine(RepositoryRoot.Path, "src");
        Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(Drives)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ShouldBe(Drivers);
    }

    private static bool Drives(string file)
    {
        var text = DeadlineOfItsOwn().Replace(File.ReadAllText(file), "");
        return Deadline().IsMatch(text) && Call().IsMatch(text);
    }

    [GeneratedRegex(@"\bNextTimeout\s*=>[^;]*;")]
    private static partial Regex DeadlineOfItsOwn();

    [GeneratedRegex(@"\w\.NextTimeout\b")]
    private static partial Regex Deadline();

    [GeneratedRegex(@"\w\.HandleTimeout\(")]
    private static partial Regex Call();
}
