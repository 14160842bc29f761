using AirHil.VirtualModem.Tests.Fidelity;

namespace AirHil.VirtualModem.Tests.Field;

/// <summary>
/// The program of shared/field/26-checks compares the module with V1112 itself, expression by expression.
/// </summary>
public sealed class FieldChecksTests
{
    [Fact]
    public void Every_expression_of_the_checks_is_as_on_V1112()
    {
        var folder = FidelityFolder.Find();
        if (folder is null) Assert.Skip("There is no folder shared/fidelity beside the repository.");
        var script = File.ReadAllText(Path.Combine(folder, "..", "field", "26-checks", "main.lua"));
        var lines = FidelityRun.Lines("CRASH = true " + script, 32, end: "differences");
        lines.Where(line => line.StartsWith("BUG", StringComparison.Ordinal)).ShouldBeEmpty();
        lines.Count(line => line.StartsWith("same", StringComparison.Ordinal)).ShouldBe(30);
        lines[^1].ShouldBe("differences\t0");
    }
}
