namespace AirHil.Rig.Tests.Golden;

/// <summary>Sections 2, 3 and 4 of the hardware reference: gpio, adc and pwm.</summary>
internal static class PinRows
{
    public static IEnumerable<ReferenceRow> All =>
        from row in (ReferenceRow[])[.. Pins, .. Analog, .. Pulses]
        select row with { IsEarly = true, IsBare = true, Seconds = 6 };

    private static ReferenceRow[] Pins =>
    [
        new("2.1 the closure of an output",
            "f = gpio.setup(27, 0) count(f(1)) count(f(0))", "0|0")
        {
            Wires = ["27: Low, High, Low"],
        },
        new("2.2 toggle forgets the setup", "gpio.setup(27, 1) gpio.toggle(27) gpio.toggle(27)", "")
        {
            Wires = ["27: Low, High, Low"],
        },
        new("2.3 true is an input", "show(gpio.setup(27, true)())", "0") { Wires = ["27: Input"] },
        new("2.4 a spike, and a closure that only sets",
            "local LED = gpio.setup(27, 0, gpio.PULLUP) show(fails(function() LED() end)) " +
            "show(fails(function() LED(true) end))",
            "bad argument #1 to 'LED' (number expected, got no value)|" +
            "bad argument #1 to 'LED' (number expected, got boolean)") { Wires = ["27: High, Low"] },
        new("2.5 no such pin",
            "count(gpio.setup(36, 0)) show(fails(function() local LED = gpio.setup(36, 0) LED(1) end))",
            "0|attempt to call a nil value (local 'LED')") { Lines = ["W/gpio MUST pin < 36"] },
        new("2.6 BOTH is rising", "gpio.setup(7, show, gpio.PULLUP)", "1,7") { Acts = ["2s pin 7 low for 10ms"] },
        new("2.7 BOTH is both on pin 20", "gpio.setup(20, show, gpio.PULLUP)", "0,20|1,20")
        {
            Acts = ["2s pin 20 low for 10ms"],
        },
        new("2.8 a delay tells the level alone",
            "gpio.setup(20, begin, gpio.PULLDOWN, gpio.RISING) gpio.debounce(0, 100, 1) " +
            "gpio.setup(0, function(...) took(select('#', ...), ...) end, gpio.PULLDOWN, gpio.RISING)",
            "1,1,104..106")
        {
            Acts = ["2s pin 20 high", "2s pin 0 high", "2.002s pin 0 low", "2.005s pin 0 high"],
        },
        new("2.9 cooling tells the first edge",
            "gpio.setup(20, begin, gpio.PULLDOWN, gpio.RISING) gpio.debounce(7, 100) " +
            "gpio.setup(7, took, gpio.PULLDOWN)",
            "1,7,0..1|1,7,119..121")
        {
            Acts =
            [
                "2s pin 20 high", "2s pin 7 high for 10ms", "2.05s pin 7 high for 10ms", "2.12s pin 7 high for 10ms",
            ],
        },
        new("2.10 the power key", "gpio.setup(35, show, gpio.PULLUP)", "0,35|1,35")
        {
            Acts = ["2s pin PWRKEY low for 500ms"],
        },
        new("2.11 a wake-up pad is no output", "count(gpio.setup(32, 1))", "0")
        {
            Lines = ["W/gpio gpio setup fail pin=32"],
        },
        new("2.12 a level is a number",
            "show(fails(function() gpio.set(27, true) end)) sys.timerStart(function() gpio.set(27, true) end, 100)",
            "bad argument #2 to 'set' (number expected, got boolean)") { Lines = ["E/main Lua VM exit"] },
    ];

    private static ReferenceRow[] Analog =>
    [
        new("3.1 the supply",
            "show(adc.open(adc.CH_VBAT)) show(adc.get(adc.CH_VBAT)) count(adc.close(adc.CH_VBAT))", "true|3845..3855|0")
        {
            Acts = ["0s analog supply 3.85"],
        },
        new("3.2 the chip", "show(adc.open(adc.CH_CPU), adc.get(adc.CH_CPU))", "true,34000")
        {
            Acts = ["0s analog temperature 34"],
        },
        new("3.3 no divider", "adc.setRange(adc.ADC_RANGE_1_2) show(adc.open(0), adc.get(0))", "true,1100..1200")
        {
            Acts = ["0s analog adc0 3"],
        },
        new("3.4 3_8 is 3.2 V", "adc.setRange(adc.ADC_RANGE_3_8) show(adc.open(0), adc.get(0))", "true,3195..3205")
        {
            Acts = ["0s analog adc0 3.5"],
        },
        new("3.5 without a range it is 3.8 V", "show(adc.open(0), adc.get(0))", "true,3495..3505")
        {
            Acts = ["0s analog adc0 3.5"],
        },
        new("3.6 no such channel", "show(adc.open(4), adc.get(4)) show(adc.read(4))", "false,-1|255"),
        new("3.7 a channel that was not opened", "show(adc.get(0))", "-1"),
        new("3.8 a supply that falls",
            "adc.open(adc.CH_VBAT) for i = 1, 3 do show(adc.get(adc.CH_VBAT)) sys.wait(1000) end",
            "3895..3905|3595..3605|3395..3405")
        {
            Acts = ["0s analog supply 3.9", "1s analog supply 3.6", "2s analog supply 3.4"],
        },
    ];

    private static ReferenceRow[] Pulses =>
    [
        new("4.1 a frequency and a duty", "show(pwm.open(4, 1000, 50))", "true")
        {
            Wires = ["27: Pulses, 1000 Hz 500 0"],
        },
        new("4.2 another duty without a gap", "show(pwm.open(4, 1000, 50), pwm.open(4, 1000, 30))", "true,true")
        {
            Wires = ["27: Pulses, 1000 Hz 500 0, 1000 Hz 300 0"],
        },
        new("4.3 five pulses", "show(pwm.open(4, 1000, 10, 5))", "true")
        {
            Wires = ["27: Pulses, 1000 Hz 100 5, Low"],
        },
        new("4.4 no such timer", "show(pwm.open(3, 1000, 50))", "false"),
        new("4.5 no such precision", "show(pwm.open(4, 1000, 50, 0, 50))", "false")
        {
            Wires = ["27: "], Missing = ["E/pwm", "W/pwm", "I/pwm", "D/pwm"],
        },
        new("4.6 another route with the same numbers",
            "show(pwm.open(0, 1000, 50), pwm.open(10, 1000, 50))", "true,true")
        {
            Wires = ["23: Pulses, 1000 Hz 500 0", "1: "],
        },
        new("4.7 closed, and an output", "pwm.open(4, 1000, 50) count(pwm.close(4)) gpio.setup(27, 0)", "0")
        {
            Wires = ["27: Pulses, 1000 Hz 500 0, Low"],
        },
    ];
}
