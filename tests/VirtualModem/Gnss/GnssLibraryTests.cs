namespace AirHil.VirtualModem.Tests.Gnss;

/// <summary><c>libgnss</c> on a port and with given data (hardware reference §12.2, §12.3).</summary>
public sealed class GnssLibraryTests
{
    private const string Fix = "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A\\r\\n";
    private const string Lost = "$GNRMC,060300.000,V,,,,,,,100924,,,N\\r\\n";

    private static string Run(string script, double seconds = 2)
    {
        var bench = new FakeBench(
            "sys = require('sys') sys.subscribe('GNSS_STATE', function(s) log.info('state', s) end)\n" +
            $"local fix, lost = '{Fix}', '{Lost}'\nsys.taskInit(function() {script} end)\nsys.run()")
            .PowerOn().RunTo(seconds);
        return string.Join(" | ", bench.UserLines.Select(line => line[7..])).Replace('\t', ' ');
    }

    [Theory]
    [InlineData("log.info('r', libgnss.isFix())", "r false")]
    [InlineData("libgnss.parse(fix) log.info('r', libgnss.isFix())", "r true | state FIXED")]
    [InlineData("libgnss.parse(fix) libgnss.parse(lost) log.info('r', libgnss.isFix())",
        "r false | state FIXED | state LOSE")]
    [InlineData("libgnss.parse(fix) libgnss.clear() log.info('r', libgnss.isFix())", "r false | state FIXED")]
    [InlineData("libgnss.parse(lost) libgnss.parse(lost)", "")]
    [InlineData("for i = 1, #fix do libgnss.parse(fix:sub(i, i)) end log.info('r', libgnss.isFix())",
        "r true | state FIXED")]
    [InlineData("libgnss.parse((fix:gsub('A', 'A', 1)):gsub('\\r', '*00\\r')) log.info('r', libgnss.isFix())",
        "r false")]
    public void A_position_comes_and_goes(string script, string says) => Run(script).ShouldBe(says);

    [Theory]
    [InlineData("libgnss.getIntLocation()", "232406700 1131396430 277")]
    [InlineData("libgnss.getIntLocation(1)", "232406700 1131396430 0.07716667")]
    [InlineData("libgnss.getIntLocation(3)", "232406700 1131396430 0.1500000")]
    [InlineData("libgnss.getIntLocation(2)", "232406700 1131396430 0.2778000")]
    [InlineData("libgnss.getRmc(2).lat, libgnss.getRmc(2).lng", "23.40112 113.2327")]
    [InlineData("libgnss.getRmc(1).lat", "234011166")]
    [InlineData("libgnss.getRmc().lat, libgnss.getRmc().speed", "2324.067 0.1500000")]
    [InlineData("libgnss.getRmc(3)", "$GNRMC,060258.000,A,2324.06700,N,11313.96430,E,0.15,123.4,100924,,,A")]
    [InlineData("libgnss.getRmc().year, libgnss.getRmc().month, libgnss.getRmc().day, libgnss.getRmc().sec",
        "2024 9 10 58")]
    [InlineData("libgnss.locStr()", "2324.067,N,11313.96,E,1.0")]
    [InlineData("libgnss.locStr(1)", "232406700,1131396430")]
    [InlineData("#libgnss.locStr(2)", "0")]
    public void A_position_has_the_firmware_s_units(string call, string result) =>
        Run($"libgnss.parse(fix) print('r') log.info('r', {call})").ShouldStartWith("r " + result);

    /// <summary>A kind keeps its block from the first sentence on, the port's buffer comes with bind.</summary>
    [Theory]
    [InlineData("libgnss.parse(fix)", "136")]
    [InlineData("libgnss.parse(fix) libgnss.parse(lost) libgnss.clear()", "136")]
    [InlineData("libgnss.parse('$GPTXT,01,01,01,ANTENNA OPEN*25\\r\\n') libgnss.parse(fix)", "272")]
    [InlineData("for i = 1, 3 do libgnss.parse('$GPGSV,2,2,07,08,51,203,30,09,45,215,28,11,09,321,,1\\r\\n') end",
        "408")]
    [InlineData("libgnss.parse('$GPXXX,1\\r\\n')", "0")]
    [InlineData("libgnss.bind(1) libgnss.bind(2)", "2048")]
    public void What_is_kept_takes_system_heap(string script, string bytes) => Run(
        "local function used() return select(2, rtos.meminfo('sys')) end local before = used() " +
        $"{script} log.info('r', used() - before)").ShouldStartWith("r " + bytes);

    [Theory]
    [InlineData("libgnss.parse(json.null)", "(ZBUFF* expected, got light userdata)")]
    [InlineData("libgnss.parse(mqtt.create(nil, 'h', 1))", "(ZBUFF* expected, got MQTTCTRL*)")]
    public void Another_userdata_is_an_error(string call, string error) =>
        Run($"log.info('r', pcall(function() {call} end))").ShouldContain(error);

    /// <summary>Ten minutes without any sentence: the next position sets the clock once more.</summary>
    [Fact]
    public void A_position_after_a_long_silence_sets_the_clock_again()
    {
        var bench = new FakeBench(
            $"libgnss.rtcAuto(true) local fix = '{Fix}' libgnss.parse(fix) libgnss.parse(fix) " +
            "rtos.timer_start(1, 590000) rtos.timer_start(2, 1195000) " +
            "while true do local _, id = rtos.receive(-1) if id == 1 or id == 2 then libgnss.parse(fix) end end")
            .PowerOn().RunTo(1300);
        bench.Lines.Count(line => line == "I/gnss Auto-Set RTC by GNSS RMC").ShouldBe(2);
        bench.Lines.Count(line => line.StartsWith("I/gnss Fixed", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("libgnss.getIntLocation()", "0 0 0")]
    [InlineData("libgnss.getRmc().year, libgnss.getRmc().month, libgnss.getRmc().day", "2000 0 0")]
    [InlineData("libgnss.getRmc(3), libgnss.getGga(), libgnss.getVtg(), libgnss.getGll()", "nil nil nil")]
    [InlineData("#libgnss.getGsv().sats, libgnss.getGsv().total_sats", "0 0")]
    [InlineData("#libgnss.getGsa().sats, #libgnss.getGsa(1), libgnss.getGsa().pdop", "0 0 nil")]
    [InlineData("libgnss.getZda().year", "nil")]
    [InlineData("#libgnss.getTxt()", "0")]
    public void Without_data_there_are_defaults(string call, string result) =>
        Run($"log.info('r', {call})").ShouldBe("r " + result);

    [Theory]
    [InlineData("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,",
        "libgnss.getGga().altitude, libgnss.getGga(2).latitude, libgnss.getGga().fix_quality", "545.4000 48.11730 1")]
    [InlineData("$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K", "libgnss.getVtg().speed_kph", "10.20000")]
    [InlineData("$GPGLL,3723.2475,N,12158.3416,W,161229.487,A,A",
        "libgnss.getGll().status, libgnss.getGll().us, libgnss.getGll(2).longitude", "A 487000 -121.9724")]
    [InlineData("$GPZDA,201530.00,04,07,2002,00,00", "libgnss.getZda().year, libgnss.getZda().hour", "2002 20")]
    [InlineData("$GPGLL,3723.2475,N,12158.3416,W,,V",
        "libgnss.getGll().hour, libgnss.getGll().us, libgnss.getGll().status, libgnss.getGll().mode", @"-1 -1 V <\0>")]
    [InlineData("$GPGLL,3723.2475,X,12158.3416,W,161229.487,A,A",
        "libgnss.getGll().hour, libgnss.getGll().us, libgnss.getGll().status", @"0 0 <\0>")]
    [InlineData("$GPGLL,3723.2475,N,12158.3416,W,1612,A,A", "libgnss.getGll().hour", "0")]
    [InlineData("$GPZDA,20153,04,07,2002,00,00", "libgnss.getZda().year, libgnss.getZda().month", "2000 0")]
    [InlineData("$GPTXT,01,01,01,ANTENNA OPEN*25", "libgnss.getTxt()", "ANTENNA OPEN")]
    [InlineData("$GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1,4",
        "#libgnss.getGsa().sats, libgnss.getGsa().hdop, libgnss.getGsa(1)[1].sysid", "5 1.300000 4")]
    [InlineData("$GBGSV,1,1,02,08,51,203,30,09,45,215,28",
        "libgnss.getGsv().total_sats, libgnss.getGsv().sats[2].snr, libgnss.getGsv().sats[1].tpstr", "2 28 GB")]
    public void Every_sentence_has_its_getter(string line, string call, string result) =>
        Run($"libgnss.parse('{line}\\r\\n') log.info('r', {call})").ShouldBe("r " + result);

    [Fact]
    public void Satellites_that_were_not_told_for_a_while_are_gone() =>
        Run("libgnss.parse('$GPGSV,1,1,01,08,51,203,30\\n') " +
            "sys.wait(3400) log.info('r', libgnss.getGsv().total_sats) " +
            "sys.wait(200) log.info('r', libgnss.getGsv().total_sats)", 6).ShouldBe("r 1 | r 0");

    [Fact]
    public void A_bound_port_is_read_and_parsed()
    {
        var bench = new FakeBench("""
            sys = require('sys') uart.setup(2, 115200) libgnss.bind(2) libgnss.debug(true)
            libgnss.on("raw", function(data) log.info("raw", #data) end)
            sys.timerStart(function() log.info("fix", libgnss.isFix()) end, 3000)
            sys.run()
            """).PowerOn();
        bench.WriteUart(2, Fix.Replace("\\r\\n", "\r\n", StringComparison.Ordinal), port: 2);
        bench.RunTo(4);
        bench.UserLines.ShouldBe(["I/user.raw\t70", "I/user.fix\ttrue"]);
        bench.Lines.ShouldContain(line => line.StartsWith("D/gnss >> $GNRMC", StringComparison.Ordinal));
        bench.Lines.ShouldContain("I/gnss Fixed 232406700 1131396430");
    }

    [Fact]
    public void A_script_that_reads_the_port_leaves_nothing_for_the_library()
    {
        var bench = new FakeBench("""
            sys = require('sys') uart.setup(2, 115200) libgnss.bind(2)
            uart.on(2, "receive", function(id, len) uart.read(id, len) end)
            sys.timerStart(function() log.info("fix", libgnss.isFix()) end, 3000)
            sys.run()
            """).PowerOn();
        bench.WriteUart(2, Fix.Replace("\\r\\n", "\r\n", StringComparison.Ordinal), port: 2);
        bench.RunTo(4).UserLines.ShouldBe(["I/user.fix\tfalse"]);
    }

    [Fact]
    public void A_first_position_sets_the_clock_where_that_is_asked_for() =>
        Run("libgnss.rtcAuto(true) libgnss.parse(fix) log.info('r', os.date('!%Y-%m-%d %H:%M'))")
            .ShouldBe("r 2024-09-10 06:02 | state FIXED");
}
