using AirHil.VirtualModem.Tests.Firmware.Libraries;

namespace AirHil.VirtualModem.Tests.Firmware.Scripts;

public sealed class SysScriptTests
{
    private readonly ScriptBench _bench = new();

    /// <summary>Runs a script with sys until nothing is left to do; its log.</summary>
    private IReadOnlyList<string> Log(string script)
    {
        _bench.Run("sys = require('sys') " + script + " sys.run()").ShouldBe("nothing is left to do");
        return [.. _bench.Log];
    }

    [Fact]
    public void Sys_is_no_global_until_it_is_required() => _bench.Eval("sys, sys_pub").ShouldBe("nil , nil");

    [Fact]
    public void It_has_the_functions_of_V1112() =>
        _bench.Eval(
            "(function() local names = {} for name in pairs(require('sys')) do names[#names + 1] = name end " +
            "table.sort(names) return table.concat(names, ' ') end)()")
            .ShouldBe(
                "\"check_task coresume publish run safeRun subscribe taskInit timerAdvStart timerIsActive " +
                "timerLoopStart timerStart timerStop timerStopAll unsubscribe wait waitUntil waitUntilExt " +
                "waitUntilMsg\"");

    [Fact]
    public void A_task_runs_at_once_until_it_waits() =>
        Log("sys.taskInit(function(a) print('in', a) sys.wait(100) print('later', ticks()) end, 7) print('after')")
            .ShouldBe(["in\t7", "after", "later\t100"]);

    [Fact]
    public void Waiting_no_time_does_not_yield() =>
        Log("sys.taskInit(function() sys.wait(0) print('on') end) print('after')")
            .ShouldBe(["D/user.rtos.timer_start error", "on", "after"]);

    [Fact]
    public void Waiting_outside_a_task_is_an_error_without_position() =>
        _bench.Run("require('sys').wait(1)").ShouldNotBeNull()
            .ShouldStartWith(
                "attempt to yield from outside a coroutine\nstack traceback:\n\t/lua/sys.lua: in function ");

    [Fact]
    public void Topics_wake_with_parameters_and_time_with_false() =>
        Log("""
            sys.taskInit(function()
                print(sys.waitUntil('A', 1000))
                print(sys.waitUntil('A', 50))
                print(sys.waitUntilExt('B', 50))
                sys.timerStart(sys.publish, 10, 'B', 3)
                print(sys.waitUntilExt('B'))
                sys.timerStart(sys.publish, 10, 'B', 4, 5)
                print(sys.waitUntilMsg('B'))
            end)
            sys.publish('A', 1, 2)
            """).ShouldBe(["true\t1\t2", "false", "false", "B\t3", "4\t5"]);

    [Fact]
    public void What_is_published_before_a_task_waits_is_lost_once_it_is_delivered() =>
        Log("sys.taskInit(function() sys.publish('A') sys.wait(1) print(sys.waitUntil('A', 10)) end)")
            .ShouldBe(["false"]);

    [Fact]
    public void A_function_subscribes_a_topic_once() =>
        Log("function f(x) print(x) end sys.subscribe('A', f) sys.subscribe({'A', 'B'}, f) sys.publish('A', 1) " +
            "sys.publish('B', 2)")
            .ShouldBe(["1", "2"]);

    [Fact]
    public void Unsubscribing_a_topic_that_nobody_has_raises_on_V1112() =>
        _bench.Run("require('sys').unsubscribe('NONE', print)")
            .ShouldBe("bad argument #1 to 'for iterator' (table expected, got nil)");

    [Fact]
    public void A_message_published_during_delivery_is_delivered_in_the_same_turn() =>
        Log("sys.subscribe('A', function() sys.publish('B') print('a') end) sys.subscribe('B', function() " +
            "print('b', ticks()) end) sys.timerStart(print, 5, 'timer') sys.publish('A')")
            .ShouldBe(["a", "b\t0", "timer"]);

    [Fact]
    public void The_same_function_with_the_same_arguments_has_one_timer() =>
        Log("function f(x) print(x, ticks()) end sys.timerStart(f, 50, 1) sys.timerStart(f, 50, 2) " +
            "sys.timerStart(f, 80, 1)")
            .ShouldBe(["2\t50", "1\t80"]);

    [Fact]
    public void Timer_ids_begin_above_those_of_tasks() =>
        Log("print(sys.timerStart(print, 5)) print(sys.timerLoopStart(print, 5, 'loop') - 0x200000) " +
            "sys.timerStopAll(print)")
            .ShouldBe(["2097152", "1"]);

    [Fact]
    public void A_loop_timer_repeats_until_it_is_stopped() =>
        Log("n = 0 id = sys.timerLoopStart(function() n = n + 1 if n == 3 then " +
            "print(type(sys.timerIsActive(id))) sys.timerStop(id) print(ticks(), sys.timerIsActive(id)) end end, 10)")
            .ShouldBe(["function", "30\tnil"]);

    [Fact]
    public void A_timer_of_no_time_is_not_started() =>
        Log("print(sys.timerStart(print, 0))").ShouldBe([]);

    [Fact]
    public void A_task_that_fails_is_logged_and_ends_the_script_half_a_second_later()
    {
        var message = _bench.Run(
            "sys = require('sys') sys.taskInit(function() sys.wait(100) local x = nil + 1 end) " +
            "sys.timerLoopStart(function() print(ticks()) end, 200) sys.run()");
        message.ShouldBe(
            "main.lua:1: attempt to perform arithmetic on a nil value\r\nstack traceback:\n" +
            "\tmain.lua:1: in function <main.lua:1>");
        _bench.Log.ShouldBe([$"E/user.coroutine.resume\t{message}", "200", "400"]);
        _bench.Now.ShouldBe(600);
    }

    [Theory]
    [InlineData("COROUTINE_ERROR_ROLL_BACK = false", "rebooted")]
    [InlineData("COROUTINE_ERROR_ROLL_BACK = false COROUTINE_ERROR_RESTART = false", "nothing is left to do")]
    public void Globals_say_what_follows_a_failed_task(string globals, string end) =>
        _bench.Run($"sys = require('sys') {globals} sys.taskInit(error, 'boom', 0) sys.run()").ShouldBe(end);

    [Fact]
    public void An_error_that_is_no_text_breaks_the_scheduler_itself() =>
        _bench.Run("sys = require('sys') sys.taskInit(error, {}) sys.run()").ShouldNotBeNull()
            .ShouldEndWith("attempt to concatenate a table value (field '?')");

    [Fact]
    public void A_waiting_task_can_be_woken_with_values() =>
        Log("co = sys.taskInit(function() print(sys.wait(5000)) end) sys.coresume(co, 'early', 1)")
            .ShouldBe(["early\t1"]);

    [Fact]
    public void Required_twice_it_is_the_same() => _bench.Eval("require('sys') == require('sys')").ShouldBe("true");

    [Fact]
    public void It_behaves_alike_in_the_64_bit_engine()
    {
        var bench = new ScriptBench(64);
        bench.Run("sys = require('sys') sys.taskInit(function() sys.wait(20) print(ticks()) end) sys.run()");
        bench.Log.ShouldBe(["20"]);
    }
}
