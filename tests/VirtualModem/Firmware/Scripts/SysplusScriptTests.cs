using AirHil.VirtualModem.Tests.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Firmware.Scripts;

public sealed class SysplusScriptTests
{
    private readonly ScriptBench _bench = new();

    private IReadOnlyList<string> Log(string script)
    {
        _bench.Run("sys, sysplus = require('sys'), require('sysplus') " + script + " sys.run()")
            .ShouldBe("nothing is left to do");
        return [.. _bench.Log];
    }

    [Fact]
    public void It_sets_the_globals_that_the_C_side_uses() =>
        _bench.Eval("type(require('sysplus')), type(sys_cw), type(sys_send), type(sys_wait), require('sys').taskInitEx")
            .ShouldBe("\"table\" , \"function\" , \"function\" , \"function\" , nil");

    [Fact]
    public void A_named_task_gets_the_wanted_message_and_its_callback_the_others() =>
        Log("""
            sysplus.taskInitEx(function()
                local m = sysplus.waitMsg('T', 'WANTED', 500)
                print(m[1], m[2], m[3], ticks())
                print(sysplus.waitMsg('T', nil, 50))
            end, 'T', function(m) print('other', m[1]) end)
            sys.timerStart(sysplus.sendMsg, 10, 'T', 'OTHER')
            sys.timerStart(sysplus.sendMsg, 20, 'T', 'WANTED', 'a', 'b')
            """).ShouldBe(["other\tOTHER", "WANTED\ta\tb\t20", "nil"]);

    [Fact]
    public void A_message_sent_before_waits_in_the_queue_until_it_is_cleaned() =>
        Log("""
            sysplus.taskInitEx(function() sys.wait(1) print(sysplus.waitMsg('T').n, sysplus.waitMsg('T')[1]) end, 'T')
            print(sysplus.sendMsg('T', 'lost'), sysplus.cleanMsg('T'),
                sysplus.sendMsg('T', 'kept'), sysplus.sendMsg('T', 'second'))
            """).ShouldBe(["true\ttrue\ttrue\ttrue", "nil\tsecond"]);

    /// <summary>The races of waitMsg (reference-net §2.1).</summary>
    [Theory]
    [InlineData( // L11: a foreign message at the time limit keeps the task until another comes
        "sysplus.sendMsg('T', 'A') sysplus.sendMsg('T', 'B') sys.timerStart(sysplus.sendMsg, 200, 'T', 'W')",
        "other\tA,other\tB,nil\t199,nil\t249")]
    [InlineData( // L13: the task's name is a topic of anybody
        "sys.timerStart(sys.publish, 10, 'T')", "nil\t50,nil\t100")]
    public void A_time_limit_and_messages_race_as_on_V1112(string meanwhile, string expected) =>
        Log($$"""
            sysplus.taskInitEx(function()
                sys.wait(1)
                local start = ticks()
                for _ = 1, 2 do print(sysplus.waitMsg('T', 'W', 50), ticks() - start) end
            end, 'T', function(m) print('other', m[1]) end)
            {{meanwhile}}
            """).ShouldBe(expected.Split(','));

    [Fact]
    public void An_unknown_task_is_told_so()
    {
        Log("print(sysplus.sendMsg('X', 1), sysplus.cleanMsg('X'), sysplus.waitMsg('X'))")[1]
            .ShouldBe("false\tfalse\tfalse");
        _bench.Log.First().ShouldStartWith("E/user.sysplus\tsys.taskInitEx");
    }

    [Fact]
    public void A_deleted_task_takes_no_messages() =>
        Log("sysplus.taskInitEx(function() end, 'T') sysplus.taskDel('T') print(sysplus.sendMsg('T', 1))")
            .ShouldBe(["false"]);

    [Fact]
    public void A_C_call_that_waits_gives_its_message_or_its_failure() =>
        Log("""
            sys.taskInit(function() print(sys_cw('topic').wait()) print(sys_cw('topic', -1, 'no').wait()) end)
            sys_cw('topic').cb(function(...) print('called', ...) end)
            sys.publish('topic', 200, 'body')
            """).ShouldBe(["200\tbody", "-1\tno", "called\t200\tbody"], ignoreOrder: true);
}
