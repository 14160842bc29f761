using System.Text.RegularExpressions;

using AirHil.Tests;
using AirHil.VirtualModem.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

/// <summary>
/// Every function that docs/fidelity.md calls modelled is called by a row of a table, which was written from the C code
/// or from a run of it. The tables are the text of the tests of the module, of the reference (Rig/Golden) and of Lua.
/// </summary>
public sealed class RowCoverageTests
{
    private static readonly string[] Folders = ["VirtualModem", "Rig/Golden", "Lua"];

    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["a zbuff"] = ["zbuff"],
        ["bit32 (and bit)"] = ["bit32", "bit"],
    };

    private static readonly IReadOnlyList<string> Texts =
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(RepositoryRoot.Path, "tests", folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith($"{nameof(RowCoverageTests)}.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    private static readonly string AllText = string.Concat(Texts);

    [Fact]
    public void Every_function_that_is_modelled_has_a_row()
    {
        var all = ModelCoverage.OfTheFirmware().Concat(ModelCoverage.OfLua()).ToList();
        all.SelectMany(library => library.Modelled.Where(name => !HasRow(library.Name, name))
            .Select(name => $"{library.Name}.{name}")).ShouldBeEmpty();
        all.Sum(library => library.Modelled.Count).ShouldBeGreaterThan(600);
    }

    [Theory]
    [InlineData("gpio", "setup", true)]
    [InlineData("a zbuff", "toStr", true)]
    [InlineData("mqtt", "publish", true)]
    [InlineData("_G", "pcall", true)]
    [InlineData("gpio", "nothing", false)]
    [InlineData("a zbuff", "nothing", false)]
    [InlineData("_G", "unheard", false)]
    public void A_row_is_found_by_the_name_that_it_calls(string library, string function, bool found) =>
        HasRow(library, function).ShouldBe(found);

    /// <summary>
    /// Whether a text names the function behind its library, or behind a colon, a point or a quotation mark where the
    /// library is named too: a method, or a row of a table that puts the library before it.
    /// </summary>
    private static bool HasRow(string library, string function)
    {
        var name = Regex.Escape(function);
        if (library == "_G")
        {
            return Regex.IsMatch(AllText, $@"(?<![\w.:]){name}\(|(?<![\w.:]){name} ?[""']|pcall\({name}\b");
        }

        var names = string.Join('|', Others.GetValueOrDefault(library, [library]));
        return Regex.IsMatch(AllText, $@"\b({names})\.{name}\b") || Texts.Any(text =>
            Regex.IsMatch(text, $@"[:.""'\s]{name}\(") && Regex.IsMatch(text, $@"\b({names})\b"));
    }
}
