using System.Reflection;

namespace AirHil.Cli.Tests;

/// <summary>Assemblies depend downwards only (design §3).</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["AirHil.Modem"] = [],
        ["AirHil.Lua"] = [],
        ["AirHil.Gherkin"] = [],
        ["AirHil.VirtualModem"] = ["AirHil.Modem", "AirHil.Lua"],
        ["AirHil.Rig"] = ["AirHil.Modem", "AirHil.VirtualModem", "AirHil.Lua"],
        ["AirHil.Steps"] = ["AirHil.Rig", "AirHil.Gherkin", "AirHil.Modem", "AirHil.VirtualModem"],
        ["AirHil.Board"] = ["AirHil.Rig", "AirHil.Modem", "AirHil.VirtualModem", "AirHil.Lua"],
        ["AirHil.Live"] = ["AirHil.Rig", "AirHil.Modem", "AirHil.Reports"],
        ["AirHil.Reports"] = ["AirHil.Rig", "AirHil.Gherkin", "AirHil.Modem"],
        ["AirHil.Hunt"] = ["AirHil.Rig", "AirHil.Modem"],
        ["airhil"] =
        [
            "AirHil.Rig", "AirHil.Steps", "AirHil.Gherkin", "AirHil.Modem", "AirHil.VirtualModem", "AirHil.Lua",
            "AirHil.Board", "AirHil.Live", "AirHil.Reports", "AirHil.Hunt",
        ],
    };

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_stands_below_it(string name)
    {
        var ours = Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("AirHil", StringComparison.OrdinalIgnoreCase));

        ours.Except(Allowed[name]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AirHil.Modem")]
    [InlineData("AirHil.Lua")]
    [InlineData("AirHil.VirtualModem")]
    public void The_core_knows_no_actors(string name) =>
        Assembly.Load(name).GetReferencedAssemblies().ShouldNotContain(reference => reference.Name == "Akka");
}
