using AirHil.VirtualModem.Firmware.Libraries;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

public sealed class ModelCoverageTests
{
    private static readonly IReadOnlyList<LibraryCoverage> Firmware = ModelCoverage.OfTheFirmware();

    [Fact]
    public void What_is_told_as_not_modelled_fails_by_its_name_and_nothing_else_does()
    {
        foreach (var library in Firmware.Where(each => FunctionCatalogue.Find(each.Name) is not null))
        {
            var functions = library.Modelled.Concat(library.NotModelled).Order(StringComparer.Ordinal).ToList();
            var calls = library.NotModelled.Select(name => $"'{name}'");
            var bench = LibraryCall.Run($$"""
                local missing = {{{string.Join(", ", calls)}}}
                for _, name in ipairs(missing) do
                    local ok, message = pcall({{library.Name}}[name])
                    if ok or not message:find("{{library.Name}}." .. name .. " is not modelled", 1, true) then
                        print("wrong", name, message)
                    end
                end
                print("end of {{library.Name}}")
                """, 2);
            bench.Lines.ShouldContain($"end of {library.Name}", bench.Dump());
            bench.Lines.ShouldNotContain(line => line.StartsWith("wrong", StringComparison.Ordinal), bench.Dump());
            functions.ShouldBeUnique();
        }
    }

    [Theory]
    [InlineData("uart", "setup", true)]
    [InlineData("websocket", "connect", true)]
    [InlineData("a zbuff", "write", true)]
    [InlineData("eink", "init", false)]
    public void A_function_is_on_one_of_two_lists(string library, string function, bool modelled)
    {
        var coverage = Firmware.Single(each => each.Name == library);
        coverage.Modelled.Contains(function).ShouldBe(modelled);
        coverage.NotModelled.Contains(function).ShouldBe(!modelled);
    }

    [Fact]
    public void All_of_luas_own_functions_are_modelled() =>
        ModelCoverage.OfLua().SelectMany(library => library.NotModelled.Select(name => $"{library.Name}.{name}"))
            .ShouldBeEmpty();
}
