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
        { "pcall(rtos.timer_start)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pcall(rtos.timer_start, 1.5, 5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "pcall(rtos.timer_start, 1, 5, 'x')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "rtos.timer_start('1', '5', '0'), rtos.timer_start(1, 5, nil), rtos.timer_start(2, -1)", "1,1,1" },
        { "pcall(rtos.timer_start, 1, 0, {})", "false,bad argument #3 to '?' (number expected, got table)" },
        { "select('#', rtos.timer_stop()), select('#', rtos.timer_stop('1')), select('#', rtos.timer_stop({}))",
            "0,0,0" },
        { "pcall(rtos.receive)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pcall(rtos.receive, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "rtos.receive('0'), rtos.receive(0, 'x')", "-1,-1" },
        { "pcall(rtos.reboot, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "select('#', rtos.standy(5)), pcall(rtos.standy, 'x')",
            "0,false,bad argument #1 to '?' (number expected, got string)" },
        { "rtos.meminfo(nil), rtos.meminfo('sys\\0'), rtos.meminfo('SYS')", "262136,277872,262136,...,..." },
        { "select('#', rtos.setPaths()), select('#', rtos.setPaths({}, true, 5, '/x'))", "0,0" },
        { "pcall(rtos.autoCollectMem, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "pcall(rtos.autoCollectMem, 1, {})", "false,bad argument #2 to '?' (number expected, got table)" },
        { "pcall(rtos.autoCollectMem, 1, 60, 1.5)",
            "false,bad argument #3 to '?' (number has no integer representation)" },
        { "rtos.INF_TIMEOUT, rtos.MSG_TIMER, rtos.poweron_reason, rtos.standby", "-1,1,nil,nil" },
        { "rtos.bsp(), rtos.version(), rtos.firmware()", "EC618,V1112,LuatOS-SoC_V1112_EC618" },
        { "select('#', rtos.nop(1)), rtos.buildDate(1)", "0,Sep  3 2024" },
        { "hmeta.model(), hmeta.hwver(1)", "Air780E,A17" },
        { "otp.read(1, 0, 2):byte(1, -1), otp.read(3, 254, 2):byte(1, -1)", "255,255,255" },
        { "#otp.read(2, 0, 0), #otp.read(2, 0, 256)", "0,256" },
        { "select('#', otp.read(0, 0, 4)), select('#', otp.read(4, 0, 4)), select('#', otp.read(1, 255, 2))", "0,0,0" },
        { "select('#', otp.read(17, 0, 4)), select('#', otp.read(1, -1, 4)), select('#', otp.read(1, 0, " +
            "-1))", "0,0,0" },
        { "pcall(otp.read, 1, 0)", "false,bad argument #3 to '?' (number expected, got no value)" },
        { "otp.write(1, '\\15', 3), otp.write(1, '\\51', 3), otp.read(1, 3, 1):byte()", "true,true,3" },
        { "otp.write(1, 'a', 256), otp.write(4, 'a', 0), select('#', otp.write(17, 'a', 0))", "false,false,0" },
        { "select('#', otp.write(1, 'a', 4096)), pcall(otp.write, 1, {}, 0)",
            "0,false,bad argument #2 to '?' (string expected, got table)" },
        { "otp.write(2, '12', 0), otp.erase(2), otp.read(2, 0, 1):byte(), otp.erase(0), otp.erase(4)",
            "true,true,255,false,false" },
        { "otp.write(3, '12', 0), otp.lock(3), otp.write(3, '\\0', 0), otp.erase(3), otp.read(3, 0, 2), otp.lock()",
            "true,true,true,true,12,false" },
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
        { "select('#', mcu.XTALRefOutput(true, false)), pcall(mcu.XTALRefOutput, 1, 2, 'x')",
            "0,false,bad argument #3 to '?' (number expected, got string)" },
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
        { "pcall(pm.wakeupPin, { 8.5 })", "false,bad argument #-1 to '?' (number has no integer representation)" },
        { "pcall(pm.wakeupPin, { true })", "false,bad argument #-1 to '?' (number expected, got boolean)" },
        { "pcall(pm.wakeupPin, 8, 'x')", "false,bad argument #2 to '?' (number expected, got string)" },
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
        { "os.date('!%Y-%m-%d'), os.time() - 946684800 < 5", "2000-01-01,true" },
        { "os.date('!%Y-%m-%d %H:%M:%S %w', -1)", "26876-06-02 07:00:15 6" },
        { "os.date('*t', -28801).year, os.date('*t', -28801).yday", "26876,154" },
        { "os.date('!%Y-%m-%d %H:%M:%S %j', -2147483648)", "26808-05-14 03:46:08 135" },
        { "os.date('!%Y-%m-%d', 86400), os.date('!%Y-%m-%d', 2147483647)", "1970-01-02,2038-01-19" },
        { "os.date('!%Y-%m-%d', 951782400), os.date('!%Y-%m-%d', 978307199)", "2000-02-29,2000-12-31" },
        { "os.time({year = 1969, month = 12, day = 31, hour = 0})", "-86400" },
        { "mcu.altfun, uart.list, w5500.getMac ~= nil", "nil,nil,true" },
        { "select('#', rtc.set()), select('#', rtc.set({})), select('#', rtc.set(1.5))", "0,0,0" },
        { "rtc.set(1652230554), rtc.get().year, rtc.get().mon, rtc.get().day, rtc.get().hour",
            "true,2022,5,11,0" },
        { "rtc.set({year = 2024, mon = 2, day = 30, hour = 1, min = 2, sec = 3}), rtc.get().mon, rtc.get().day",
            "true,3,1" },
        { "rtc.set({year = '2024', mon = 1, day = 1, hour = 0, min = 0, sec = 0}), rtc.get().year",
            "true,2024" },
        { "pcall(rtc.set, {year = 2024.5})",
            "false,bad argument #-1 to '?' (number has no integer representation)" },
        // The seconds have 32 bits; a year before 1970 comes back from behind.
        { "rtc.set({year = 6120, mon = 1, day = 1, hour = 0, min = 0, sec = 0}), rtc.get().year, rtc.get().day",
            "true,2036,7" },
        { "rtc.setBaseYear(2000), rtc.set({year = 2025, mon = 10, day = 28, hour = 8, min = 10, sec = 53}), " +
            "rtc.get().year, rtc.get().mon, rtc.get().hour", "nil,true,2161,12,14" },
        { "rtc.timezone(), rtc.timezone(200), rtc.timezone('x'), rtc.timezone(12), rtc.timezone()",
            "32,-56,-56,12,12" },
        { "rtc.timerStart(0, {year = 1, mon = 1, day = 1, hour = 1, min = 1, sec = 1}), rtc.timerStop(0)",
            "false,false" },
        { "select('#', rtc.timerStart(0)), pcall(rtc.timerStop)",
            "0,false,bad argument #1 to '?' (number expected, got no value)" },
        { "select('#', rtc.setBaseYear(0)), rtc.get().year", "0,100" },
        { "log.style(), log.style('x'), log.style(256), log.style(0)", "0,0,0,0" },
        { "select('#', log.setLevel('INFO')), log.getLevel(), log.setLevel(0), log.getLevel()", "0,2,nil,7" },
        { "log.setLevel('WARN\\0x'), log.getLevel()", "nil,3" },
        { "log.setLevel('info'), log.getLevel(), log.setLevel(nil), log.getLevel()", "nil,7,nil,7" },
        { "select('#', log.info()), select('#', log.fatal('x'))", "0,0" },
        { "math.cos(0.5), math.asin(0.5), math.acos(0.5), math.atan2(1, 2)",
            "0.8775826,0.5235988,1.047198,0.4636476" },
        { "math.sinh(1), math.tanh(1), math.frexp(10)", "1.175201,0.7615942,0.6250000,4" },
        { "pcall(math.frexp, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "debug.getuservalue(1), debug.getmetatable(1), type(debug.getmetatable(''))", "nil,nil,table" },
        { "pcall(debug.getmetatable)", "false,bad argument #1 to '?' (value expected)" },
        { "pcall(debug.setuservalue, 1, 2)", "false,bad argument #1 to '?' (userdata expected, got number)" },
        { "(function() local a = 1 local n = debug.setlocal(1, 1, 7) return n, a end)()", "a,7" },
        { "debug.setlocal(1, 250, 2), pcall(debug.setlocal, 99, 1, 2)",
            "nil,false,bad argument #1 to '?' (level out of range)" },
        { "string.packsize('i4\\0z'), string.unpack('b\\0z', 'abc')", "4,97,2" },
        { "string.pack('i4\\0z', 1):byte(1, -1)", "1,0,0,0" },
        { "pcall(string.pack, 'h')", "false,bad argument #2 to '?' (number expected, got nil)" },
        { "pcall(string.pack, 'xf')", "false,bad argument #2 to '?' (number expected, got nil)" },
        { "pcall(string.pack, 'hz', 1)", "false,bad argument #3 to '?' (string expected, got nil)" },
        { "pcall(string.pack, 'c\\0' .. '4', 'x')", "false,missing size for format option 'c'" },
        { "pcall(string.pack, 'X\\0i', 1)",
            "false,bad argument #1 to '?' (invalid next option for option 'X')" },
    };

    /// <summary>
    /// What a function gives that waits or is called at a certain time; <c>tick()</c> is the time in ms since it began.
    /// </summary>
    public static TheoryData<string, string> InTime => new()
    {
        { "timer.mdelay(100) timer.udelay(3000) return tick()", "103" },
        { "timer.mdelay() timer.mdelay(100.0) timer.mdelay('100') timer.mdelay(1024) timer.mdelay(-1) " +
            "timer.udelay(3001) return tick()", "0" },
        { "rtos.timer_start(7, 10, 2) for i = 1, 3 do t[i] = ('%d %d %d'):format(rtos.receive(50)) end " +
            "return t[1], t[2], t[3], rtos.receive(50)", "1 7 2,1 7 1,1 7 0,-1" },
        { "rtos.timer_start(7, 10) timer.mdelay(20) rtos.timer_stop(7) return select('#', rtos.receive(10))", "0" },
        { "rtos.timer_start(7, 10) timer.mdelay(20) rtos.timer_stop(7) rtos.timer_start(7, 5000) " +
            "return rtos.receive(10)", "1,7,0" },
        { "rtos.timer_start(-5, 10) return rtos.receive(50)", "1,-5,0" },
        { "rtos.timer_start(0, 10, -1) t = {rtos.receive(50)} return t[2], rtos.receive(50)", "0,1,0,-1" },
        { "return rtos.receive(0), rtos.receive(5), tick()", "-1,-1,5" },
        { "rtos.timer_start(7, 10) rtos.timer_start(7, 30) t = {rtos.receive(50)} " +
            "return t[2], tick(), rtos.receive(50)", "7,10,1,7,0" },
        { "rtos.timer_start(7, 30) rtos.timer_start(7, 10) t = {rtos.receive(50)} " +
            "return t[2], tick(), rtos.receive(50)", "7,10,-1" },
        // mdelay ends on a tick, so what follows begins on one. At one tick the Lua task runs before the timer task.
        { "timer.mdelay(1) rtos.timer_start(7, 10) t = {rtos.receive(10)} return t[1], rtos.receive(0)", "-1,-1" },
        { "timer.mdelay(1) rtos.timer_start(7, 10) t = {rtos.receive(11)} return t[2], tick()", "7,11" },
        // A wait counts whole ticks: 900 us after a tick, 5 ms end 4.1 ms later.
        { "timer.mdelay(1) timer.udelay(900) rtos.timer_start(7, 5) rtos.receive(50) return tick()", "6" },
        { "timer.mdelay(1) timer.udelay(900) rtos.receive(5) timer.udelay(900) timer.mdelay(5) return tick()", "11" },
    };

    /// <summary>A call and a line that it logs.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 100,80,90 -> 50,60,70" },
        { "rtos.autoCollectMem(50, 60, 70) rtos.autoCollectMem()", "D/rtos mem collect param 50,60,70 -> 100,80,90" },
        { "otp.erase(2)", "I/otp otp erase zone 2 00002000" },
        { "otp.lock(1)", "W/otp otp lock zone 1 00001000" },
        { "for i = 1, 65 do rtos.timer_start(i, 50000) end", "E/timer too many timers" },
        { "for i = 1, 65 do rtos.timer_start(i, 50000) end", "D/rtos start timer fail, free timer 00000000" },
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
