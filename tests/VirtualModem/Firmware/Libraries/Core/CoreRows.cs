namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

/// <summary>
/// Calls of the libraries of the module itself and what V1112 gives and logs for them, read argument by argument in
/// L:luat/modules/luat_lib_*.c and the drivers of the chip behind them.
/// </summary>
public static class CoreRows
{
    /// <summary>An expression before the network is there, and <c>tostring</c> of its values.</summary>
    public static TheoryData<string, string> OfTheChip => new()
    {
        { "rtos.meminfo('psram')", "0,0,0" },
        { "select('#', rtos.meminfo(5))", "3" },
        { "rtos.meminfo('sys') == 277872, rtos.meminfo('lua'), rtos.meminfo('x')",
            "true,262136,262136,...,..." },
        { "pcall(rtos.meminfo, {})", "false,bad argument #1 to '?' (string expected, got table)" },
        { "select('#', rtos.autoCollectMem(5))", "0" },
        { "pcall(rtos.standy)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pcall(rtos.reboot, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "rtos.timer_start(1, 0), rtos.timer_start(1, 5)", "0,1" },
        { "pcall(rtos.timer_start, 1)", "false,bad argument #2 to '?' (number expected, got no value)" },
        { "select('#', rtos.timer_stop('x')), select('#', rtos.timer_stop(1.5))", "0,0" },
        { "rtos.bsp(), rtos.version(), rtos.firmware()", "EC618,V1112,LuatOS-SoC_V1112_EC618" },
        { "select('#', rtos.nop(1))", "0" },
        { "select('#', mcu.ticks2()), select('#', mcu.ticks2(1)), select('#', mcu.ticks2(2))", "2,2,2" },
        { "select('#', mcu.ticks2(3)), select(2, mcu.ticks2(2))", "0,0" },
        { "select(2, mcu.ticks2(1)) == mcu.ticks(), mcu.ticks2(1)", "true,0,..." },
        { "#mcu.tick64(), #mcu.tick64(true), #mcu.tick64(1), select(2, mcu.tick64())", "8,9,8,26" },
        { "mcu.dtick64(('\\1'):rep(8), ('\\0'):rep(8), 5)", "true,16843009" },
        { "mcu.dtick64('\\1\\0\\0\\0\\0\\0\\0\\0', '\\2\\0\\0\\0\\0\\0\\0\\0')", "false,-1" },
        { "mcu.x32(-1), mcu.x32(0), mcu.x32(255)", "0xffffffff,0x0,0xff" },
        { "pcall(mcu.x32, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "select('#', mcu.hardfault()), pcall(mcu.hardfault, 'x')",
            "0,false,bad argument #1 to '?' (number expected, got string)" },
        { "mcu.setClk(24), mcu.setClk(0), select('#', mcu.setXTAL(true, false)), mcu.getClk()", "true,true,0,204" },
        { "pcall(mcu.setClk)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "select('#', mcu.iomux()), pcall(mcu.iomux, 'x')",
            "0,false,bad argument #1 to '?' (number expected, got string)" },
        { "mcu.hz(), #mcu.unique_id()", "1000,..." },
        { "wdt.init(), wdt.setTimeout(), wdt.init(9000), wdt.setTimeout(61)", "false,true,true,false" },
        { "wdt.feed(1), wdt.close()", "true,true" },
        { "pcall(wdt.init, {})", "false,bad argument #1 to '?' (number expected, got table)" },
        { "pm.force(-1), pm.force(5), pm.force(1), pm.force(pm.NONE)", "-2,-2,0,0" },
        { "pm.ioVol(), pm.ioVol(0, 3300), pm.ioVol(pm.IOVOL_ALL_GPIO, 1800), pm.ioVol(9, 100), pm.ioVol(0, 9999)",
            "true,true,true,true,true" },
        { "pm.ioVol(0, 2001), pm.ioVol(0, 2649), pm.ioVol(0, 2650), pm.ioVol(0, true), pm.ioVol(0, '2500')",
            "false,false,true,true,true" },
        { "pm.wakeupPin(8, 0), pm.wakeupPin({ 8, 9 }), pm.wakeupPin()", "true,true,true" },
        { "pm.dtimerStart(0, 1000), pm.dtimerStart(6, 1000), pm.dtimerStart(7, 1000), pm.dtimerStart(-1, 1)",
            "true,true,false,false" },
        { "pm.dtimerStart(2, 1000), pm.dtimerCheck(2), select('#', pm.dtimerStop(2)), pm.dtimerCheck(2)",
            "true,true,0,false" },
        { "pm.dtimerStart(2, 1000), select(2, pm.dtimerCheck(2))", "true,1000" },
        { "pm.dtimerStart(2, 500), pm.dtimerCheck(2), pm.dtimerCheck(2)", "true,false,false" },
        { "pm.dtimerStart(2, 501), pm.dtimerCheck(2)", "true,true,501" },
        { "pm.dtimerCheck(7), select('#', pm.dtimerStop(7)), #pm.dtimerList(), pm.dtimerWkId()", "false,0,0,-1" },
        { "pcall(pm.dtimerStart, 1)", "false,bad argument #2 to '?' (number expected, got no value)" },
        { "pm.request(-1), pm.request(5), pm.check()", "false,false,false,1" },
        { "pm.power(pm.USB, true), pm.power(8, true), pm.power(-1), pm.power(pm.LDO_CTL)",
            "true,false,false,true" },
        { "pm.request(pm.NONE), pm.power(pm.WORK_MODE, 0), pm.check()", "true,true,false,1" },
        { "pcall(pm.request)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "select('#', pm.lastReson())", "3" },
    };

    /// <summary>The same for what a script sees of time and log.</summary>
    public static TheoryData<string, string> OfTheDevice => new()
    {
        { "select('#', rtc.set()), select('#', rtc.set({})), select('#', rtc.set(1.5))", "0,0,0" },
        { "rtc.set(1652230554), rtc.get().year, rtc.get().mon, rtc.get().day, rtc.get().hour",
            "true,2022,5,11,0" },
        { "rtc.set({year = 2024, mon = 2, day = 30, hour = 1, min = 2, sec = 3}), rtc.get().mon, rtc.get().day",
            "true,3,1" },
        { "rtc.set({year = '2024', mon = 1, day = 1, hour = 0, min = 0, sec = 0}), rtc.get().year",
            "true,2024" },
        { "pcall(rtc.set, {year = 2024.5})",
            "false,bad argument #-1 to '?' (number has no integer representation)" },
        { "rtc.timezone(), rtc.timezone(200), rtc.timezone('x'), rtc.timezone(12), rtc.timezone()",
            "32,-56,-56,12,12" },
        { "rtc.timerStart(0, {year = 1, mon = 1, day = 1, hour = 1, min = 1, sec = 1}), rtc.timerStop(0)",
            "false,false" },
        { "select('#', rtc.timerStart(0)), pcall(rtc.timerStop)",
            "0,false,bad argument #1 to '?' (number expected, got no value)" },
        { "select('#', rtc.setBaseYear(0)), rtc.get().year", "0,100" },
        { "log.style(), log.style('x'), log.style(256), log.style(0)", "0,0,0,0" },
        { "select('#', log.setLevel('INFO')), log.getLevel(), log.setLevel(0), log.getLevel()", "0,2,nil,7" },
        { "log.setLevel('info'), log.getLevel(), log.setLevel(nil), log.getLevel()", "nil,7,nil,7" },
        { "select('#', log.info()), select('#', log.fatal('x'))", "0,0" },
    };

    /// <summary>A call and a line that it logs.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 100,80,90 -> 50,60,70" },
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 50,60,70 -> 100,80,90" },
        { "pm.request(9)", "W/pm bad mode=9" },
        { "pm.force(9)", "W/pm bad mode=9" },
        { "pm.force(0)", "I/pm force request mode=0, prev mode=1" },
        { "pm.ioVol(3, 2500)", "W/pm iovolt: out of range 3 2500" },
        { "pm.wakeupPin({ 8 })", "W/pm not support yet" },
        { "pm.dtimerCheck(3)", "D/pm dtimer check id 3, remain -1 ms" },
        { "pm.dtimerStart(3, 100) rtos.receive(200)", "I/pm DeepTimer Wakeup by id=3" },
        { "mcu.iomux(mcu.I2C, 1, 1)", "D/mcu mcu iomux 1,1,1" },
        { "pm.request(0) pm.request(1)", "I/pm request mode=Idle, prev=Actv" },
        { "pm.power(pm.PWK_MODE, 2)", "D/pm powerkey mode 0 to 2" },
        { "rtc.set()", "W/rtc rtc time need table" },
        { "rtc.set({year = 1, mon = 1, day = 1, hour = 1, min = 'x'})", "W/rtc rtc time miss min" },
        { "rtc.timerStart(0, {year = 1, mon = 1, day = 1, hour = 1, min = 1, sec = 1})",
            "luat_rtc_timer_start 74:rtc timer isn't support" },
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
