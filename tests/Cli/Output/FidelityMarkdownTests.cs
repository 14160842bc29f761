using AirHil.Cli.Output;
using AirHil.VirtualModem.Firmware.Libraries;

namespace AirHil.Cli.Tests.Output;

public sealed class FidelityMarkdownTests
{
    [Fact]
    public void Each_library_of_which_something_fails_by_name_has_its_reason()
    {
        var rows = FidelityMarkdown.Write().Split("## What differs")[1].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')).ToList();
        ModelCoverage.OfTheFirmware().Where(library => library.NotModelled.Count > 0)
            .Where(library => !rows.Any(row => Names(row[1], library.Name)
                && row[2].Contains("by name", StringComparison.Ordinal) && row[3].Trim().Length > 0))
            .Select(library => library.Name).ShouldBeEmpty();
    }

    private static bool Names(string cell, string library) =>
        cell.Contains($"`{library}`", StringComparison.Ordinal)
        || cell.Contains($"`{library}.", StringComparison.Ordinal);
}
