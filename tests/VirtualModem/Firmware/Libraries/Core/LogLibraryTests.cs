using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

public sealed class LogLibraryTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("log.info('tag', 1, nil, 'x')", "I/user.tag\t1\tnil\tx")]
    [InlineData("log.debug('tag')", "D/user.tag")]
    [InlineData("log.warn(5, true)", "W/user.5\ttrue")]
    [InlineData("log.error(nil, 1)", "E/user.(null)\t1")]
    [InlineData("log.fatal({}, 1)", "E/user.(null)\t1")]
    [InlineData("log.info('t', setmetatable({}, {__tostring = function() return 'own text' end}))",
        "I/user.t\town text")]
    public void Arguments_are_joined_by_tabs(string script, string record)
    {
        _bench.Run(script).ShouldBeNull();
        _bench.Log.ShouldBe([record]);
    }

    [Fact]
    public void Nothing_is_printed_for_no_arguments()
    {
        _bench.Run("log.info() print() print('')").ShouldBeNull();
        _bench.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("'WARN'", 3)]
    [InlineData("log.LOG_ERROR", 4)]
    [InlineData("'SILENT'", 7)]
    [InlineData("'silent'", 7)]
    [InlineData("0", 7)]
    [InlineData("1.0", 7)]
    public void A_level_is_set_by_name_or_number(string level, int number)
    {
        _bench.Run($"log.setLevel({level}) log.info('hidden')").ShouldBeNull();
        _bench.Log.ShouldBeEmpty();
        _bench.Eval("log.getLevel()").ShouldBe($"i:{number}");
    }

    [Fact]
    public void Styles_one_and_two_tell_the_position()
    {
        _bench.Run("log.style(1)\nlog.info('tag', 'x')\nlog.style(2)\nlog.info('tag', 'x')").ShouldBeNull();
        _bench.Log.ShouldBe(["I/main.lua:2\ttag\tx", "I/user.tag\tmain.lua:4\tx"]);
        _bench.Eval("log.style()").ShouldBe("i:2");
    }

    [Fact]
    public void A_script_that_replaces_print_catches_its_logs() =>
        _bench.Eval(
            "(function() local caught print = function(...) caught = table.concat({...}, '|') end log.info('a', " +
            "'b') return caught end)()")
            .ShouldBe("\"I/user.a|b\"");

    [Fact]
    public void A_long_value_leaves_as_a_record_of_its_own()
    {
        _bench.Run("log.info('tag', ('x'):rep(600), 'after')").ShouldBeNull();
        _bench.Log.ShouldBe(["I/user.tag\t", new string('x', 600), "\tafter"]);
    }

    [Fact]
    public void A_record_of_511_bytes_stays_whole_and_one_of_512_does_not()
    {
        Printing.Records([new byte[511]]).Select(r => r.Length).ShouldBe([511]);
        Printing.Records([new byte[10], new byte[500]]).Select(r => r.Length).ShouldBe([511]);
        Printing.Records([new byte[10], new byte[501]]).Select(r => r.Length).ShouldBe([11, 501]);
    }
}
