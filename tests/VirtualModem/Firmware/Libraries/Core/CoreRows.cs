namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

/// <summary>
/// Calls of the libraries of the module itself and what V1112 gives and logs for them, read argument by argument in
/// L:luat/modules/luat_lib_*.c and the drivers of the chip behind them.
/// </summary>
public static class CoreRows
{
    /// <summary>The library, an expression before the network is there, <c>tostring</c> of its values.</summary>
    public static TheoryData<string, string, string> OfTheChip => new()
    {
        { "rtos", "rtos.meminfo('psram')", "0,0,0" },
        { "rtos", "select('#', rtos.meminfo(5))", "3" },
        { "rtos", "rtos.meminfo('sys') == 277872, rtos.meminfo('lua'), rtos.meminfo('x')",
            "true,262136,262136,...,..." },
        { "rtos", "pcall(rtos.meminfo, {})", "false,bad argument #1 to '?' (string expected, got table)" },
        { "rtos", "select('#', rtos.autoCollectMem(5))", "0" },
        { "rtos", "pcall(rtos.standy)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "rtos", "pcall(rtos.reboot, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "rtos", "rtos.timer_start(1, 0), rtos.timer_start(1, 5)", "0,1" },
        { "rtos", "pcall(rtos.timer_start, 1)", "false,bad argument #2 to '?' (number expected, got no value)" },
        { "rtos", "select('#', rtos.timer_stop('x')), select('#', rtos.timer_stop(1.5))", "0,0" },
        { "rtos", "rtos.bsp(), rtos.version(), rtos.firmware()", "EC618,V1112,LuatOS-SoC_V1112_EC618" },
        { "rtos", "select('#', rtos.nop(1))", "0" },
        { "mcu", "select('#', mcu.ticks2()), select('#', mcu.ticks2(1)), select('#', mcu.ticks2(2))", "2,2,2" },
        { "mcu", "select('#', mcu.ticks2(3)), select(2, mcu.ticks2(2))", "0,0" },
        { "mcu", "select(2, mcu.ticks2(1)) == mcu.ticks(), mcu.ticks2(1)", "true,0,..." },
        { "mcu", "#mcu.tick64(), #mcu.tick64(true), #mcu.tick64(1), select(2, mcu.tick64())", "8,9,8,26" },
        { "mcu", "mcu.dtick64(('\\1'):rep(8), ('\\0'):rep(8), 5)", "true,16843009" },
        { "mcu", "mcu.dtick64('\\1\\0\\0\\0\\0\\0\\0\\0', '\\2\\0\\0\\0\\0\\0\\0\\0')", "false,-1" },
        { "mcu", "mcu.x32(-1), mcu.x32(0), mcu.x32(255)", "0xffffffff,0x0,0xff" },
        { "mcu", "pcall(mcu.x32, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "mcu", "select('#', mcu.hardfault()), pcall(mcu.hardfault, 'x')",
            "0,false,bad argument #1 to '?' (number expected, got string)" },
        { "mcu", "mcu.hz(), #mcu.unique_id()", "1000,..." },
        { "wdt", "wdt.init(), wdt.setTimeout(), wdt.init(9000), wdt.setTimeout(61)", "false,true,true,false" },
        { "wdt", "wdt.feed(1), wdt.close()", "true,true" },
        { "wdt", "pcall(wdt.init, {})", "false,bad argument #1 to '?' (number expected, got table)" },
        { "pm", "pm.request(-1), pm.request(5), pm.check()", "false,false,false,1" },
        { "pm", "pm.power(pm.USB, true), pm.power(8, true), pm.power(-1), pm.power(pm.LDO_CTL)",
            "true,false,false,true" },
        { "pm", "pm.request(pm.NONE), pm.power(pm.WORK_MODE, 0), pm.check()", "true,true,false,1" },
        { "pm", "pcall(pm.request)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pm", "select('#', pm.lastReson())", "3" },
    };

    /// <summary>The same for what a script sees of time, network and log.</summary>
    public static TheoryData<string, string, string> OfTheDevice => new()
    {
        { "rtc", "select('#', rtc.set()), select('#', rtc.set({})), select('#', rtc.set(1.5))", "0,0,0" },
        { "rtc", "rtc.set(1652230554), rtc.get().year, rtc.get().mon, rtc.get().day, rtc.get().hour",
            "true,2022,5,11,0" },
        { "rtc", "rtc.set({year = 2024, mon = 2, day = 30, hour = 1, min = 2, sec = 3}), rtc.get().mon, rtc.get().day",
            "true,3,1" },
        { "rtc", "rtc.set({year = '2024', mon = 1, day = 1, hour = 0, min = 0, sec = 0}), rtc.get().year",
            "true,2024" },
        { "rtc", "pcall(rtc.set, {year = 2024.5})",
            "false,bad argument #-1 to '?' (number has no integer representation)" },
        { "rtc", "rtc.timezone(), rtc.timezone(200), rtc.timezone('x'), rtc.timezone(12), rtc.timezone()",
            "32,-56,-56,12,12" },
        { "rtc", "rtc.timerStart(0, {year = 1, mon = 1, day = 1, hour = 1, min = 1, sec = 1}), rtc.timerStop(0)",
            "false,false" },
        { "rtc", "select('#', rtc.timerStart(0)), pcall(rtc.timerStop)",
            "0,false,bad argument #1 to '?' (number expected, got no value)" },
        { "rtc", "select('#', rtc.setBaseYear(0)), rtc.get().year", "0,100" },
        { "mobile", "mobile.flymode(), mobile.flymode(0, 'x'), mobile.flymode(0, true), mobile.flymode(0)",
            "true,true,true,false" },
        { "mobile", "pcall(mobile.flymode, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile", "mobile.syncTime(), mobile.syncTime(false), mobile.syncTime(1), mobile.syncTime(true)",
            "true,false,false,true" },
        { "mobile", "select('#', mobile.rtime()), select('#', mobile.rtime(3, nil, true, 20))", "0,0" },
        { "mobile", "pcall(mobile.rtime, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile", "select('#', mobile.setAuto(10000, 30000, 5)), pcall(mobile.setAuto, {})",
            "0,false,bad argument #1 to '?' (number expected, got table)" },
        { "mobile", "mobile.simid(), mobile.simid(2), mobile.simid(1.5)", "0,0,0" },
        { "mobile", "select('#', mobile.apn()), mobile.apn(), mobile.apn(0, 1)", "1,nil,nil" },
        { "mobile", "pcall(mobile.apn, 0, 1, 'x')", "false,bad argument #4 to '?' (string expected, got no value)" },
        { "mobile", "mobile.ipv6(), mobile.ipv6(false), mobile.ipv6(1)", "false,false,false" },
        { "mobile", "mobile.eci(), mobile.tac(), mobile.enbid(), mobile.csq(), mobile.rsrp()", "-1,-1,-1,0,0" },
        { "mobile", "select('#', mobile.imsi()), mobile.imsi(), pcall(mobile.imei, {})",
            "1,nil,false,bad argument #1 to '?' (number expected, got table)" },
        { "log", "log.style(), log.style('x'), log.style(256), log.style(0)", "0,0,0,0" },
        { "log", "select('#', log.setLevel('INFO')), log.getLevel(), log.setLevel(0), log.getLevel()", "0,2,nil,7" },
        { "log", "log.setLevel('info'), log.getLevel(), log.setLevel(nil), log.getLevel()", "nil,7,nil,7" },
        { "log", "select('#', log.info()), select('#', log.fatal('x'))", "0,0" },
    };

    /// <summary>A call and a line that it logs.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 100,80,90 -> 50,60,70" },
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 50,60,70 -> 100,80,90" },
        { "pm.request(9)", "W/pm bad mode=9" },
        { "pm.request(0) pm.request(1)", "I/pm request mode=Idle, prev=Actv" },
        { "pm.power(pm.PWK_MODE, 2)", "D/pm powerkey mode 0 to 2" },
        { "rtc.set()", "W/rtc rtc time need table" },
        { "rtc.set({year = 1, mon = 1, day = 1, hour = 1, min = 'x'})", "W/rtc rtc time miss min" },
        { "rtc.timerStart(0, {year = 1, mon = 1, day = 1, hour = 1, min = 1, sec = 1})",
            "luat_rtc_timer_start 74:rtc timer isn't support" },
        { "mobile.simid(2)", "I/mobile sim set to 2 , ret 0" },
        { "mobile.simid(3)", "I/mobile sim set to 3 , ret -1" },
        { "log.info(nil, 1)", "I/user.(null)\t1" },
        { "log.info(5, nil, true)", "I/user.5\tnil\ttrue" },
        { "log.style(1) log.warn('a')", "W/main.lua:1\ta" },
        { "log.style(2) log.warn('a')", "W/user.a\tmain.lua:1" },
        { "log.style(3) log.warn('a', 2)", "a\t2" },
        { "log.fatal('a')", "E/user.a" },
    };

    /// <summary>Calls that say nothing: their arguments are refused.</summary>
    public static TheoryData<string> Refused =>
    [
        "60001", "0, 96, 99", "0, 40, 90", "0, 90, 90", "0, 80, 96", "-1",
    ];
}
