namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary><c>mobile</c>, argument by argument (luat_lib_mobile.c).</summary>
public sealed class MobileLibraryTests
{
    /// <summary>An expression before the network is there, and <c>tostring</c> of its values.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "mobile.flymode(), mobile.flymode(0, 'x'), mobile.flymode(0, true), mobile.flymode(0)",
            "true,true,true,false" },
        { "pcall(mobile.flymode, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile.syncTime(), mobile.syncTime(false), mobile.syncTime(1), mobile.syncTime(true)",
            "true,false,false,true" },
        { "select('#', mobile.rtime()), select('#', mobile.rtime(3, nil, true, 20))", "0,0" },
        { "pcall(mobile.rtime, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "select('#', mobile.setAuto(10000, 30000, 5)), pcall(mobile.setAuto, {})",
            "0,false,bad argument #1 to '?' (number expected, got table)" },
        { "pcall(mobile.setAuto, 'x', 'y')", "false,bad argument #2 to '?' (number expected, got string)" },
        { "pcall(mobile.setAuto, 'x', 1, 'z')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "pcall(mobile.setAuto, 1, 1, 'z')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "select('#', mobile.setAuto(0, 0, 0, 'x', '5')), select('#', mobile.setAuto(nil, nil, nil, true, 60000))",
            "0,0" },
        { "pcall(mobile.rtime, 1, 2, 3, 'x')", "false,bad argument #4 to '?' (number expected, got string)" },
        { "select('#', mobile.rtime('3', {}, {}))", "0" },
        { "mobile.simid(), mobile.simid(2), mobile.simid(1.5)", "0,0,0" },
        { "select('#', mobile.apn()), mobile.apn(), mobile.apn(0, 1)", "1,nil,nil" },
        { "pcall(mobile.apn, 0, 1, 'x')", "false,bad argument #4 to '?' (string expected, got no value)" },
        { "pcall(mobile.apn, 0, 1, 'x', '')", "false,bad argument #5 to '?' (string expected, got no value)" },
        { "pcall(mobile.apn, 0, 1, 'x', '', '', {})", "false,bad argument #6 to '?' (number expected, got table)" },
        { "pcall(mobile.apn, 0, 1, 7, 8, 9, 1, {})", "false,bad argument #7 to '?' (number expected, got table)" },
        { "mobile.apn(0, 1, {}, nil, nil, nil, nil, false), pcall(mobile.apn, 'x')",
            "nil,false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile.ipv6(), mobile.ipv6(true), mobile.ipv6(1), mobile.ipv6(false)", "false,true,true,false" },
        { "mobile.apn(0, 1, 'x', '', ''), mobile.apn(0, 1, '', 'u', 'p', 1, 3)", "nil,nil" },
        { "mobile.simPin(), pcall(mobile.simPin, 'x')",
            "false,false,bad argument #1 to '?' (number expected, got string)" },
        { "select('#', mobile.reqCellInfo()), pcall(mobile.reqCellInfo, 'x')",
            "0,false,bad argument #1 to '?' (number expected, got string)" },
        { "mobile.simPin(0, nil), mobile.simPin(0, -1), mobile.simPin(0, mobile.PIN_VERIFY, '1234')",
            "false,false,false" },
        { "#mobile.getCellInfo(5), next(mobile.getCellInfo())", "0,nil" },
        { "mobile.dataTraffic()", "0,0,0,0" },
        { "select('#', mobile.dataTraffic(true, 'x')), select('#', mobile.reset(1))", "4,0" },
        { "mobile.status(), mobile.status('x'), mobile.csq({}), mobile.eci(1)", "0,0,0,-1" },
        { "pcall(mobile.config, 1, {})", "false,bad argument #2 to '?' (number expected, got table)" },
        { "pcall(mobile.config, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "mobile.config(), mobile.config(0, 1), mobile.config(257, 1), mobile.config(11, 3), mobile.config(12)",
            "false,false,true,false,false" },
        { "mobile.config(mobile.CONF_STATICCONFIG, 1), mobile.config(mobile.CONF_RESET_TO_FACTORY)", "true,true" },
        { "mobile.config(mobile.CONF_USB_ETHERNET, 3), mobile.config(mobile.CONF_SIM_WC_MODE, 1)", "false,true" },
        { "select('#', mobile.vsimInit()), select('#', mobile.vsimOnOff(false)), select('#', mobile.vsimOnOff(1))",
            "0,0,0" },
        { "pcall(mobile.nstInput, websocket.create(nil, 'ws://x'))",
            "false,bad argument #1 to '?' (ZBUFF* expected, got WS*)" },
        { "select('#', mobile.nstOnOff(false)), select('#', mobile.nstOnOff()), pcall(mobile.nstOnOff, false, 'x')",
            "0,0,false,bad argument #2 to '?' (number expected, got string)" },
        { "(function() local b = zbuff.create(4) local ok = mobile.getBand(b) " +
            "return ok, b:len(), b:query():byte(1, -1) end)()", "true,40,1,3,5,8,34,38,39,40,41" },
        { "(function() local b = zbuff.create(2, '\\8\\39') local ok = mobile.setBand(b, 2) mobile.getBand(b) " +
            "return ok, b:query():byte(1, -1) end)()", "true,8,39" },
        { "(function() local b = zbuff.create(2, '\\8\\39') mobile.setBand(b, 2) mobile.getBand(b, true) " +
            "return b:used() end)()", "9" },
        { "mobile.setBand(zbuff.create(1, 39), 257), mobile.setBand(zbuff.create(1, 39), 256)", "true,false" },
        { "pcall(mobile.setBand, 'x')", "false,bad argument #1 to '?' (ZBUFF* expected, got string)" },
        { "mobile.setBand(zbuff.create(1, 39)), mobile.setBand(zbuff.create(1, 7)), " +
            "mobile.setBand(zbuff.create(1, 39), 0)", "true,false,false" },
        { "pcall(mobile.getBand)", "false,bad argument #1 to '?' (ZBUFF* expected, got no value)" },
        { "mobile.rssi(), mobile.rsrq(), mobile.snr()", "0,0,0" },
        { "#mobile.sn(), mobile.sn():match('^%d+%z*$') == mobile.sn(), #mobile.muid('x'), #mobile.imei(1)",
            "32,true,32,15" },
        { "mobile.iccid(), mobile.number(), select('#', mobile.number(1)), select('#', mobile.iccid(1))",
            "nil,nil,1,1" },
        { "pcall(mobile.iccid, 'x')", "false,bad argument #1 to '?' (number expected, got string)" },
        { "pcall(mobile.number, 1.5)", "false,bad argument #1 to '?' (number has no integer representation)" },
        { "mobile.eci(), mobile.tac(), mobile.enbid(), mobile.csq(), mobile.rsrp()", "-1,-1,-1,0,0" },
        { "select('#', mobile.imsi()), mobile.imsi(), pcall(mobile.imei, {})",
            "1,nil,false,bad argument #1 to '?' (number expected, got table)" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    [Theory]
    [InlineData("mobile.simid(2)", "I/mobile sim set to 2 , ret 0")]
    [InlineData("mobile.simid(3)", "I/mobile sim set to 3 , ret -1")]
    [InlineData("mobile.config(mobile.CONF_CE_MODE, 2)", "luat_mobile_set_attach_type_ec618 887:CE MODE 2")]
    [InlineData("mobile.config(263, -1)", "luat_mobile_set_attach_type_ec618 887:CE MODE -1")]
    [InlineData("mobile.simid(2, true)", "I/mobile sim set to 2 , ret 0")]
    [InlineData("mobile.getCellInfo()", "I/mobile lte cell info not found")]
    public void A_call_logs_what_v1112_logs(string call, string line) =>
        LibraryCall.Run(call).Lines.ShouldContain(line);

    [Fact]
    public void The_radio_is_released_at_the_time_that_rtime_says()
    {
        static double Second(string rtime)
        {
            var bench = LibraryCall.Run($$"""
                sys = require("sys")
                sys.taskInit(function()
                    sys.waitUntil("IP_READY")
                    {{rtime}}
                    local c = websocket.create(nil, "ws://svc/")
                    c:connect()
                    sys.wait(5000)
                    c:send("x")
                end)
                sys.run()
                """, 15);
            var sent = bench.Air.Requests.Where(r => r.Request is AirHil.Modem.Air.AirRequest.SendTcp).ToList();
            return (sent[^1].At - sent[0].At).TotalSeconds;
        }

        (Second("mobile.rtime(3)") - Second("")).ShouldBe(0.62, 0.05); // the packet waits for a new connection
        (Second("mobile.rtime(7)") - Second("")).ShouldBe(0, 0.05);
    }

    [Fact]
    public void A_signal_that_was_there_and_is_gone_is_999_below()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            sys.subscribe("IP_READY", function() print("there", mobile.rssi(), mobile.rsrp(), mobile.rsrq()) end)
            sys.timerStart(function()
                print("gone", mobile.rssi(), mobile.rsrp(), mobile.rsrq(), mobile.eci())
            end, 20000)
            sys.run()
            """);
        bench.At(15, new AirHil.Modem.Air.AirEvent.CoverageChanged(false));
        bench.PowerOn().RunTo(25);
        bench.Lines.ShouldContain("there\t-57\t-85\t-8");
        bench.Lines.ShouldContain("gone\t-999\t-999\t-999\t-1");
    }

    private static FakeBench Registered(string script, double seconds, string before = "") => LibraryCall.Run($$"""
        sys = require("sys")
        {{before}}
        sys.taskInit(function()
            sys.waitUntil("IP_READY")
            {{script}}
        end)
        sys.run()
        """, seconds);

    [Fact]
    public void A_search_finds_the_serving_cell_in_the_order_of_the_trace()
    {
        var bench = Registered("""
            print("none", json.encode(mobile.getCellInfo()))
            mobile.reqCellInfo(1)
            print("came", sys.waitUntil("CELL_INFO_UPDATE", 60000))
            print("cell", json.encode(mobile.getCellInfo()))
            """, 12);
        bench.Lines.ShouldContain("W/mobile 请先调用 mobile.reqCellInfo()!!");
        bench.Lines.ShouldContain("came\ttrue");
        (bench.Line("came").At - bench.Line("none").At).TotalSeconds.ShouldBe(3, 0.1);
        bench.Line("cell").Text.ShouldBe(
            "cell\t[{\"mnc\":0,\"dlbandwidth\":5,\"tdd\":1,\"earfcn\":38400,\"ulbandwidth\":5,\"band\":39," +
            "\"mcc\":460,\"pci\":387,\"rsrp\":-85,\"tac\":27169,\"rssi\":-57,\"rsrq\":-8,\"snr\":18," +
            "\"cid\":169552897}]");
    }

    /// <summary>The module's list is given back where nothing is given; an argument is filled instead.</summary>
    [Theory]
    [InlineData("mobile.getCellInfo()", "[{1}{2}]")]
    [InlineData("mobile.getCellInfo({7})", "[7{2}]")]
    [InlineData("select(2, pcall(mobile.getCellInfo, 7))", "\"attempt to index a number value\"")]
    public void Neighbours_are_put_behind_the_serving_cell(string call, string expected)
    {
        var bench = new FakeBench($$"""
            sys = require("sys")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                mobile.reqCellInfo()
                sys.waitUntil("CELL_INFO_UPDATE")
                print("cell", json.encode({{call}}))
            end)
            sys.run()
            """);
        bench.At(1, new AirHil.Modem.Air.AirEvent.CellChanged(AirHil.Modem.Air.CellConditions.Usual with
        {
            Neighbours = new([.. AirHil.Modem.Air.CellList.Parse("5,6,3,12,-95,-12,4,1650").Cells]),
        }));
        bench.PowerOn().RunTo(12);
        bench.Line("cell").Text.ShouldBe("cell\t" + expected
            .Replace(
                "{1}",
                "{\"mnc\":0,\"dlbandwidth\":5,\"tdd\":1,\"earfcn\":38400,\"ulbandwidth\":5,\"band\":39," +
                "\"mcc\":460,\"pci\":387,\"rsrp\":-85,\"tac\":27169,\"rssi\":-57,\"rsrq\":-8,\"snr\":18," +
                "\"cid\":169552897}", StringComparison.Ordinal)
            .Replace(
                "{2}",
                ",{\"mnc\":0,\"earfcn\":1650,\"pci\":12,\"rsrp\":-95,\"tac\":6,\"mcc\":460,\"rsrq\":-12,\"snr\":4," +
                "\"cid\":5}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("my.apn", "my.apn")]
    [InlineData("", "cmiot")]
    public void An_empty_name_asks_for_the_access_point_of_the_network(string name, string expected)
    {
        var bench = new FakeBench($$"""
            sys = require("sys")
            mobile.apn(0, 1, "{{name}}", "", "")
            sys.subscribe("IP_READY", function() print("apn", mobile.apn()) end)
            sys.run()
            """);
        bench.PowerOn().RunTo(7).Lines.ShouldContain("apn\t" + expected);
    }

    [Fact]
    public void A_card_has_its_numbers_when_it_was_read() => Registered(
        "print('card', #mobile.iccid(), #mobile.imsi(), mobile.number(), select('#', mobile.number()))", 7)
        .Lines.ShouldContain("card\t20\t15\tnil\t1");

    [Fact]
    public void Automatic_searches_come_periodically()
    {
        var bench = Registered("mobile.setAuto(10000, 30000, 5)", 130,
            "sys.subscribe('CELL_INFO_UPDATE', function() print('update') end)");
        bench.Lines.Count(line => line == "update").ShouldBe(4);
    }

    [Fact]
    public void A_reset_of_the_stack_loses_the_link_and_finds_it_again()
    {
        var bench = Registered("sys.wait(1000) print('pin', mobile.simPin()) mobile.reset()", 12,
            "for _, t in ipairs({'IP_LOSE', 'SIM_IND', 'IP_READY'}) do sys.subscribe(t, function() print(t) end) end");
        bench.Lines.ShouldContain("pin\ttrue");
        bench.Lines.Where(line => line is "IP_LOSE" or "SIM_IND" or "IP_READY")
            .ShouldBe(["SIM_IND", "SIM_IND", "IP_READY", "IP_LOSE", "SIM_IND", "SIM_IND", "IP_READY"], bench.Dump());
    }

    [Fact]
    public void An_access_point_and_ipv6_count_from_the_next_attach()
    {
        var bench = Registered("print('apn', mobile.apn(), mobile.apn(0, 1), mobile.apn(0, 2))", 12,
            "mobile.apn(0, 1, 'my.net', '', '') mobile.ipv6(true)");
        bench.Lines.ShouldContain("apn\tmy.net\tmy.net\tnil");
        bench.Line("D/mobile NETIF_LINK_ON").Tick.TotalSeconds.ShouldBe(4.448 + 2.5, 0.05);
        bench = Registered("print('apn', mobile.apn()) mobile.apn(0, 1, 'x', '', '') print('apn', mobile.apn())", 7);
        bench.Lines.Count(line => line == "apn\tcmiot").ShouldBe(2);
    }

    [Theory]
    [InlineData(-52, 31)]
    [InlineData(-53, 30)]
    [InlineData(-54, 29)]
    [InlineData(-111, 1)]
    [InlineData(-113, 0)]
    public void The_rssi_is_from_power_and_quality_and_csq_counts_it_in_steps(int rssi, int csq)
    {
        var bench = new FakeBench("""
            sys = require("sys")
            sys.subscribe("IP_READY", function() print("signal", mobile.rssi(), mobile.csq()) end)
            sys.run()
            """);
        var quality = -rssi / 10;
        bench.At(1, new AirHil.Modem.Air.AirEvent.CellChanged(
            AirHil.Modem.Air.CellConditions.Usual with { RsrpDbm = rssi - 20 - quality, RsrqDb = -quality }));
        bench.PowerOn().RunTo(7).Lines.ShouldContain($"signal\t{rssi}\t{csq}");
    }

    [Fact]
    public void The_cells_of_the_last_search_stay_as_they_were_found()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                mobile.reqCellInfo()
                sys.waitUntil("CELL_INFO_UPDATE")
                sys.wait(5000)
                print("cell", mobile.getCellInfo()[1].rsrp, mobile.rsrp(), mobile.getCellInfo(5),
                    mobile.getCellInfo(nil))
                mobile.flymode(0, true)
                sys.wait(1000)
                print("off", mobile.getCellInfo()[1].rsrp, #mobile.imsi(), #mobile.iccid(), mobile.simPin())
                print("off", mobile.status(), mobile.eci(), mobile.csq(), mobile.apn(), mobile.flymode())
            end)
            sys.run()
            """);
        bench.At(9, new AirHil.Modem.Air.AirEvent.CellChanged(
            AirHil.Modem.Air.CellConditions.Usual with { RsrpDbm = -100 }));
        bench.PowerOn().RunTo(17);
        bench.Lines.ShouldContain("cell\t-85\t-100\t5\tnil");
        bench.Lines.ShouldContain("off\t-85\t15\t20\tfalse");
        bench.Lines.ShouldContain("off\t0\t-1\t0\tnil\tfalse");
    }

    /// <summary>The same calls with no card, with a network, and in flight mode.</summary>
    [Theory]
    [InlineData("mobile.status()", "0", "1", "0")]
    [InlineData("mobile.simPin()", "false", "true", "false")]
    [InlineData("mobile.simid()", "0", "0", "0")]
    [InlineData("#mobile.imei(), #mobile.muid(), #mobile.sn()", "15,32,32", "15,32,32", "15,32,32")]
    [InlineData("mobile.imsi() == nil, mobile.iccid() == nil", "true,true", "false,false", "false,false")]
    [InlineData("mobile.number()", "nil", "nil", "nil")]
    [InlineData("mobile.csq(), mobile.rssi(), mobile.rsrp(), mobile.rsrq(), mobile.snr()", "0,0,0,0,0",
        "28,-57,-85,-8,18", "0,-999,-999,-999,0")]
    [InlineData("mobile.eci(), mobile.tac(), mobile.enbid()", "-1,-1,-1", "169552897,27169,662316", "-1,-1,-1")]
    [InlineData("mobile.apn(), mobile.apn(0, 1), mobile.apn(0, -1)", "nil,nil,nil", "cmiot,cmiot,cmiot", "nil,nil,nil")]
    [InlineData("#mobile.getCellInfo()", "0", "0", "0")]
    [InlineData("mobile.flymode()", "true", "true", "false")]
    [InlineData("mobile.ipv6(), mobile.syncTime()", "false,true", "false,true", "false,true")]
    [InlineData("mobile.config(mobile.CONF_PSM_MODE, 1), mobile.config(mobile.CONF_T3324MAXVALUE, 5)", "true,true",
        "true,true", "true,true")]
    [InlineData("select('#', mobile.reset()), select('#', mobile.reqCellInfo(100))", "0,0", "0,0", "0,0")]
    public void A_call_depends_on_the_network(string expression, string without, string with, string flying)
    {
        Value(expression, "", hasCard: false).ShouldBe(without);
        Value(expression, "", hasCard: true).ShouldBe(with);
        Value(expression, "mobile.flymode(0, true) sys.wait(2000)", hasCard: true).ShouldBe(flying);
    }

    private static string Value(string expression, string before, bool hasCard)
    {
        var bench = new FakeBench($$"""
            sys = require("sys")
            sys.taskInit(function()
                sys.wait(8000)
                {{before}}
                local r = table.pack({{expression}})
                for i = 1, r.n do r[i] = tostring(r[i]) end
                print("is " .. table.concat(r, ","))
            end)
            sys.run()
            """);
        if (!hasCard) bench.At(0, new AirHil.Modem.Messages.ModemCommand.ChangeSim(null));
        return bench.PowerOn().RunTo(11).Line("is ").Text[3..];
    }

    [Fact]
    public void Traffic_is_not_counted_once_there_was_a_link() =>
        Registered("mobile.dataTraffic()", 8).NotModelled.Single().Function.ShouldBe("mobile.dataTraffic");

    [Theory]
    [InlineData("", "RDY 0.69", "GET_NUMBER 0.89")]
    [InlineData("sys.timerStart(mobile.flymode, 500, 0, true) sys.timerStart(mobile.flymode, 800, 0, false)",
        "RDY 0.69", "RDY 1.74", "GET_NUMBER 1.94")]
    public void The_card_is_ready_and_then_its_number_was_read(string task, params string[] expected)
    {
        var bench = new FakeBench($"""
            sys = require("sys")
            sys.subscribe("SIM_IND", function(...) print("sim", ...) end)
            {task}
            sys.run()
            """).PowerOn().RunTo(10);
        bench.Log.Where(e => e.Text.StartsWith("sim\t", StringComparison.Ordinal))
            .Select(e => FormattableString.Invariant($"{e.Text[4..]} {e.At.TotalSeconds:F2}"))
            .ShouldBe(expected, bench.Dump());
    }

    [Fact]
    public void A_long_outage_starts_the_protocol_stack_again()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            mobile.setAuto(0, 0, 0, nil, 60000)
            sys.subscribe("SIM_IND", function(state) print("sim", state) end)
            sys.run()
            """);
        bench.At(20, new AirHil.Modem.Air.AirEvent.CoverageChanged(false));
        bench.PowerOn().RunTo(100);
        var starts = bench.Log.Where(e => e.Text == "sim\tRDY").Select(e => e.At.TotalSeconds).ToList();
        starts.Count.ShouldBe(2, bench.Dump());
        (starts[1] - 20).ShouldBe(5 + 60 + 0.69, 0.1); // the loss is noticed after 5 s
    }

    [Theory]
    [InlineData("", 9)]
    [InlineData("mobile.setBand(b, 2)", 2)]
    public void A_reset_to_the_factory_gives_all_bands_back_with_the_next_start(string later, int bands)
    {
        var bench = new FakeBench($$"""
            local b = zbuff.create(2, "\8\39")
            local isSecond = io.exists("/second")
            if not isSecond then
                mobile.setBand(b, 2)
                mobile.config(mobile.CONF_RESET_TO_FACTORY)
            end
            local seen = zbuff.create(40)
            mobile.getBand(seen)
            print("bands", seen:used())
            if not isSecond then
                {{later}}
                io.writeFile("/second", "x")
                rtos.reboot()
            end
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        bench.Lines.Where(line => line.StartsWith("bands", StringComparison.Ordinal))
            .ShouldBe(["bands\t2", $"bands\t{bands}"], bench.Dump());
    }

    /// <summary>The driver takes the mode of the confirmation for the count; a trace shows "write counter 2".</summary>
    [Fact]
    public void Each_request_to_the_counter_of_sim_writes_is_confirmed_with_its_mode()
    {
        var bench = new FakeBench(
            """
            local sys = require("sys")
            sys.taskInit(function()
                sys.subscribe("SIM_IND", function(what, count)
                    if what == "SIM_WC" then print(what, math.type(count), count) end
                end)
                for mode = 0, 4 do assert(mobile.config(mobile.CONF_SIM_WC_MODE, mode)) end
                sys.wait(100)
                mobile.config(mobile.CONF_SIM_WC_MODE, 258)
            end)
            sys.run()
            """).PowerOn().RunTo(5);
        bench.Lines.Where(line => line.StartsWith("SIM_WC", StringComparison.Ordinal))
            .ShouldBe([.. new[] { 0, 1, 2, 3, 2 }.Select(mode => $"SIM_WC\tinteger\t{mode}")], bench.Dump());
    }

    [Theory]
    [InlineData("mobile.vsimOnOff(true)", "mobile.vsimOnOff(true)")]
    [InlineData("mobile.simid(1)", "mobile.simid(1)")]
    [InlineData("mobile.nstInput('at')", "mobile.nstInput")]
    [InlineData("mobile.nstInput()", "mobile.nstInput")]
    [InlineData("mobile.nstInput(zbuff.create(4))", "mobile.nstInput")]
    [InlineData("mobile.apn(0, 1, nil, nil, nil, nil, nil, true)", "mobile.apn(index, cid, nil, …, true)")]
    [InlineData("mobile.nstOnOff(true)", "mobile.nstOnOff(true)")]
    [InlineData("mobile.setBand(zbuff.create(1, 3))", "mobile.setBand without band 39, that of the virtual cell")]
    [InlineData("mobile.apn(0, 2, 'x', '', '')", "mobile.apn(index, 2, APN)")]
    public void What_is_not_modelled_fails_by_name(string call, string name) =>
        LibraryCall.Run(call).NotModelled.Single().Function.ShouldBe(name);
}
