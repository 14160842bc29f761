namespace AirHil.Rig.Tests.Golden;

/// <summary>Sections 8 and 9 of the hardware reference: sleep, and the clock.</summary>
internal static class PowerRows
{
    /// <summary>What follows is done in the first start alone; each start shows why it came.</summary>
    private const string First =
        "sys.subscribe('DTIMER_WAKEUP', function(id) show('timer', id) end) show(pm.lastReson()) " +
        "if pm.lastReson() > 0 then return end ";

    public static IEnumerable<ReferenceRow> All =>
        from row in (ReferenceRow[])[.. Sleep, .. Clock] select row with { IsEarly = true, IsBare = true };

    private static ReferenceRow[] Sleep =>
    [
        new("8.1 check echoes the request",
            "show(pm.check()) show(pm.request(pm.NONE)) show(pm.check()) show(pm.request(pm.IDLE))",
            "false,1|true|true,0|true")
        {
            Lines = ["I/pm request mode=Actv, prev=Idle", "I/pm request mode=Idle, prev=Actv"],
        },
        new("8.2 no such mode", "show(pm.request(5))", "false") { Lines = ["W/pm bad mode=5"] },
        new("8.3 a light sleep goes on",
            "gpio.setup(2, 1) pm.request(pm.LIGHT) begin() sys.wait(20000) took()", "19995..20030")
        {
            Acts = ["0s usb out"], Seconds = 40, Wires = ["2: Low, High, PullDown, High, PullDown"],
        },
        new("8.4 USB keeps it awake, unless it is forced",
            "pm.request(pm.LIGHT) sys.wait(15000) pm.force(pm.LIGHT)", "")
        {
            Kind = "sleep.light", Times = [15.4],
        },
        new("8.5 a timer wakes it",
            First + "mobile.flymode(0, true) pm.dtimerStart(3, 40000) pm.request(pm.HIB)", "0,0,0|1,4,0|timer,3")
        {
            Acts = ["0s usb out"], Seconds = 50, Lines = ["I/pm poweron: Wakup Hib by RTC 3"],
        },
        new("8.6 a pad wakes it",
            First + "gpio.setup(32, show, gpio.PULLUP, gpio.FALLING) mobile.flymode(0, true) pm.request(pm.HIB)",
            "0,0,0|2,4,0")
        {
            Acts = ["0s usb out", "15s pin WAKEUP0 low for 100ms"], Lines = ["I/pm poweron: Wakup Hib by IO 255"],
        },
        new("8.7 a registered modem does not let it",
            First + "pm.request(pm.HIB) sys.wait(20000) show('on')", "0,0,0|on")
        {
            Acts = ["0s usb out"],
        },
        new("8.8 the burst that wakes it is lost",
            "uart.setup(1, 115200) uart.on(1, 'receive', function(id, n) show(id, n) uart.read(id, 100) end) " +
            "pm.request(pm.LIGHT)", "1,-1|1,10")
        {
            Acts = ["0s usb out", "20s uart '0123456789'", "21s uart '0123456789'"],
        },
        new("8.9 at 9600 baud nothing is lost",
            "uart.setup(1, 9600) uart.on(1, 'receive', function(id, n) show(id, n) uart.read(id, 100) end) " +
            "pm.request(pm.LIGHT)", "1,10")
        {
            Acts = ["0s usb out", "20s uart '0123456789'"],
        },
        new("8.10 a question deletes the timer",
            "sys.subscribe('DTIMER_WAKEUP', show) show(pm.dtimerStart(1, 1000)) sys.wait(600) show(pm.dtimerCheck(1))",
            "true|false") { Lines = ["D/pm dtimer check id 1, remain "] },
        new("8.11 the level of the pins",
            "show(pm.ioVol(pm.IOVOL_ALL_GPIO, 2500)) show(pm.ioVol(pm.IOVOL_ALL_GPIO, 3300))", "false|true")
        {
            Lines = ["W/pm iovolt: out of range 0 2500"],
        },
        new("8.12 the power key's debounce",
            "pm.power(pm.PWK_MODE, true) show(pm.power(pm.PWK_MODE, false)) show(pm.power(pm.PWK_MODE, false))",
            "true|true")
        {
            Lines = ["D/pm powerkey mode 1 to 0"], Missing = ["D/pm powerkey mode 0 to 0"],
        },
    ];

    private static ReferenceRow[] Clock =>
    [
        new("9.1 a cold boot",
            "local t = rtc.get() show(t.year, t.mon, t.day, t.hour, t.min, t.sec)", "2000,1,1,0,0,0..5"),
        new("9.2 set and get",
            "rtc.set(1652230554) local t = rtc.get() show(t.year, t.mon, t.day, t.hour, t.min, t.sec)",
            "2022,5,11,0,55,54"),
        new("9.3 the zone is of os.date",
            "rtc.set(1652230554) show(rtc.timezone(12)) show(os.date('%H:%M'))", "12|03:55"),
        new("9.4 the network sets it",
            "rtc.set(1652230554) sys.waitUntil('NTP_UPDATE') show(rtc.get().year)", "2024"),
        new("9.5 no timer", "show(rtc.timerStart(0, rtc.get()))", "false")
        {
            Lines = ["luat_rtc_timer_start 74:rtc timer isn't support"],
        },
        new("9.6 it goes on in sleep",
            "if pm.lastReson() > 0 then local t = rtc.get() show(t.hour, t.min, t.sec) return end " +
            "rtc.set(1652230554) mobile.flymode(0, true) pm.dtimerStart(3, 40000) pm.request(pm.HIB)", "0,56,34..36")
        {
            Acts = ["0s usb out"], Seconds = 50,
        },
    ];
}
