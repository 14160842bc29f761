using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

/// <summary>The libraries of the module itself do what their C does.</summary>
public sealed class CoreLibraryTests
{
    [Theory]
    [MemberData(nameof(CoreRows.OfTheChip), MemberType = typeof(CoreRows))]
    [MemberData(nameof(CoreRows.OfTheDevice), MemberType = typeof(CoreRows))]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    [Theory]
    [MemberData(nameof(CoreRows.InTime), MemberType = typeof(CoreRows))]
    public void A_function_in_time_gives_what_v1112_gives(string body, string expected) => LibraryCall.ShouldGive(
        "at()", expected,
        $"local t, from = {{}}, mcu.ticks() local function tick() return mcu.ticks() - from end " +
        $"local function at() {body} end");

    [Theory]
    [InlineData("mcu.dtick64('1234567', '12345678')", "calculates with what its stack held")]
    [InlineData("mcu.dtick64(mcu.tick64(), mcu.tick64(true))", "overwrites its stack")]
    [InlineData("gpio.caplevel(36, 1, print)", "gpio.caplevel(36)")]
    [InlineData("gpio.setup(-1, 0)", "gpio.setup(-1)")]
    [InlineData("rtos.setPaths(nil, nil, nil, ('x'):rep(24))", "rtos.setPaths writes 25 bytes over the 24")]
    public void What_harms_a_modules_memory_is_noticed(string call, string text) =>
        LibraryCall.Run(call).Notices.ShouldHaveSingleItem().ShouldContain(text);

    [Fact]
    public void A_search_path_of_24_bytes_runs_on_into_the_next_place() => LibraryCall.ShouldGive(
        "require('found')", "7",
        "io.writeFile('/found.x', 'return 7') rtos.setPaths('//' .. ('./'):rep(9) .. '%s.xyz')");

    [Theory]
    [InlineData("pm.GPS, true", 13, PinDrive.High)]
    [InlineData("pm.GPS_ANT, 2", 13, PinDrive.High)]
    [InlineData("pm.CAMERA", 13, PinDrive.Low)]
    [InlineData("pm.DAC_EN, true", 12, PinDrive.High)]
    [InlineData("pm.LDO_CTL, false", 12, PinDrive.Low)]
    public void A_supply_is_a_pin(string arguments, int pin, PinDrive drive) =>
        LibraryCall.Run($"pm.power({arguments})").Pins.ShouldHaveSingleItem().Report
            .ShouldBe(new AirHil.Modem.Messages.ModemReport.PinDriven(pin, drive));

    [Theory]
    [MemberData(nameof(CoreRows.Lines), MemberType = typeof(CoreRows))]
    public void A_call_logs_what_v1112_logs(string call, string line) =>
        LibraryCall.Run(call).Lines.ShouldContain(line);

    [Theory]
    [MemberData(nameof(CoreRows.Refused), MemberType = typeof(CoreRows))]
    public void The_collection_when_idle_takes_only_sensible_numbers(string arguments) =>
        LibraryCall.Run($"rtos.autoCollectMem({arguments})").Lines.ShouldNotContain(
            line => line.Contains("collect param", StringComparison.Ordinal));

    [Fact]
    public void The_system_heap_is_told_with_the_buffers_of_uarts_and_sockets()
    {
        var bench = LibraryCall.Run("""
            sys = require("sys")
            local function used() return select(2, rtos.meminfo("sys")) end
            local start = used()
            uart.setup(1, 115200, 8, 1, uart.NONE, uart.LSB, 4096)
            print("uart", used() - start)
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = websocket.create(nil, "ws://svc/")
                c:on(function(_, event) if event ~= "recv" then sys.publish(event) end end)
                c:connect()
                sys.waitUntil("conack")
                local before, _, most = used(), rtos.meminfo("sys")
                c:send(("x"):rep(5000))
                print("sent", used() - before)
                sys.waitUntil("sent")
                print("acked", used() - before, select(3, rtos.meminfo("sys")) >= most)
            end)
            sys.run()
            """, 9);
        int Figure(string name) => int.Parse(
            bench.Line(name + "\t").Text.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);
        Figure("uart").ShouldBeGreaterThanOrEqualTo(4096, bench.Dump());
        Figure("sent").ShouldBeInRange(5008, 5300);
        Figure("acked").ShouldBe(0);
    }

    [Fact]
    public void Os_clock_counts_hundredths_for_seconds() =>
        new FakeBench(
            "for i = 1, 3 do timer.mdelay(1000) end print('is ' .. os.clock()) while true do rtos.receive(-1) end")
            .PowerOn().RunTo(5).Line("is ").Text.ShouldBe("is 0.03000000");

    [Fact]
    public void A_month_that_there_is_not_is_noticed()
    {
        const string script =
            "rtc.set({year = 2024, mon = 13, day = 1, hour = 0, min = 0, sec = 0}) while true do rtos.receive(-1) end";
        new FakeBench(script).PowerOn().RunTo(1).Notices
            .ShouldBe(["rtc.set: in month 13 V1112 reads beside its table of days. Give a month of 1 to 12."]);
    }
}
