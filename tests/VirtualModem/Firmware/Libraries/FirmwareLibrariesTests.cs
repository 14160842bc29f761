using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

/// <summary>What a script finds among its globals.</summary>
public sealed class FirmwareLibrariesTests
{
    public static TheoryData<string, string> Globals => new()
    {
        { "type(uart), type(io), type(os), type(string), type(package), type(_G)",
            "userdata,userdata,userdata,userdata,table,table" },
        { "fdb == fskv, bit == bit32, string.format == ('').format", "true,true,true" },
        { "package.loaded, package.preload, type(require), type(module)", "nil,nil,function,function" },
        { "pcall(function() uart.mine = 1 end)", "false,..." },
        { "type(uart.nothing), type(os.date), type(string.toHex), type(os.execute)", "nil,function,function,nil" },
        { "type(loadfile), type(dofile), type(print), type(collectgarbage)", "function,function,function,function" },
        { "select('#', loadfile('/nothing.lua')), loadfile('/nothing.lua')", "2,nil,cannot open /nothing.lua: 2" },
    };

    [Theory]
    [MemberData(nameof(Globals))]
    public void A_script_meets_the_globals_of_v1112(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    [Fact]
    public void Every_library_of_the_firmware_is_there_and_no_other()
    {
        var there = FunctionCatalogue.Libraries.Select(library => library.Name).ToList();
        there.ShouldContain("uart");
        Found(there).ShouldBe(there);
        FunctionCatalogue.Absent.ShouldNotBeEmpty();
        Found(FunctionCatalogue.Absent).ShouldBeEmpty();
    }

    [Fact]
    public void Two_modules_share_no_state_of_a_library()
    {
        // Both run in one process; the libraries are made once and shared.
        LibraryCall.Values("fskv.init(), fskv.set('a', 1), fskv.get('a')").ShouldBe("true,true,1");
        LibraryCall.Values("fskv.init(), (fskv.get('a'))").ShouldBe("true,nil");
    }

    private static IEnumerable<string> Found(IEnumerable<string> names) =>
        LibraryCall.Values(string.Join(", ", names.Select(name => $"_G['{name}'] and '{name}'")))
            .Split(',').Where(name => name != "nil");
}
