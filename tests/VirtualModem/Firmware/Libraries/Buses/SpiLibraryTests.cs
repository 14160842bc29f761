using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

/// <summary><c>spi</c> as its C code has it.</summary>
public sealed class SpiLibraryTests
{
    private static string OfDevice(string expression, int mode = 1) => FormattableString.Invariant(
        $"(function() local d = spi.deviceSetup(0, 8, 0, 0, 8, 1000000, 1, 1, {mode}) return {expression} end)()");

    [Theory]
    [InlineData("spi.setup(0), spi.setup(1, 12), spi.setup(2), spi.setup(spi.HSPI_0)", "0,0,-1,-1")]
    [InlineData("pcall(spi.setup, 0, 'a')", "false,bad argument #2 to '?' (number expected, got string)")]
    [InlineData("spi.setup(0), spi.send(0, 'abc'), spi.send(0, 'abc', 2), spi.send(0, '')", "0,3,2,0")]
    [InlineData("spi.send(2, 'abc'), spi.recv(2, 1)", "-1")]
    [InlineData("spi.setup(0), #spi.recv(0), #spi.recv(0, 3)", "0,1,3")]
    [InlineData("spi.setup(0), spi.recv(0, 0)", "0")]
    [InlineData("spi.setup(0), spi.recv(0, 2):byte(1, -1)", "0,255,255")]
    [InlineData("spi.setup(0), #spi.transfer(0, 'abcd'), #spi.transfer(0, 'abcd', 4, 4)", "0,1,4")]
    [InlineData("spi.setup(0), spi.transfer(0, '')", "0,")]
    [InlineData("spi.setup(0), spi.transfer(0, 'a', 1, 0)", "0")]
    [InlineData("spi.transfer(2, 'a')", "")]
    [InlineData("spi.setup(0), spi.transfer(0, 'a', 1, -1)", "0")]
    [InlineData("spi.setup(0), spi.transfer(0, 'a', 1, 1 << 30), 1", "0,nil,1")]
    [InlineData("#spi.transfer(spi.createSoft(0, 1, 2, 3, 0, 0, 8, 1, 1, 0), 'a', 1, 60000)", "60000")]
    [InlineData("pcall(spi.recv, 0, 1 << 30)", "false,not enough memory for buffer allocation")]
    [InlineData("spi.recv(0, 1 << 30, zbuff.create(4)), 1", "nil,1")]
    [InlineData("spi.setup(0), spi.recv(0, 3, zbuff.create(4))", "0,3")]
    [InlineData("spi.setup(0), spi.recv(0, 5, zbuff.create(4))", "0")]
    [InlineData("spi.close(0), spi.close(5), spi.close({})", "0,0,0")]
    [InlineData("type(spi.deviceSetup(7, 255))", "userdata")]
    [InlineData("spi.deviceSetup(7, 255):send('a')", "-1")]
    [InlineData("spi.deviceSetup(7, 255):recv(1)", "")]
    [InlineData("spi.deviceSetup(0, 255):close()", "true")]
    [InlineData("spi.deviceSetup(0, 255).missing", "nil")]
    [InlineData("spi.close(spi.deviceSetup(0, 255))", "0")]
    [InlineData(
        "pcall(spi.send, spi.deviceSetup(0, 255), 'a')", "false,bad argument #1 to '?' (ESPI* expected, got SPI*)")]
    [InlineData("spi.send(spi.createSoft(0, 1, 2, 3, 0, 0, 8, 1, 1, 0), 'abc')", "0")]
    [InlineData("#spi.recv(spi.createSoft(0, 1, 2, 3, 0, 0, 8, 1, 1, 0), 2)", "2")]
    [InlineData("#spi.transfer(spi.createSoft(0, 1, 2, 3, 0, 0, 8, 1, 1, 0), 'abc', 3, 2)", "2")]
    [InlineData("pcall(spi.xfer, 0)", "false,bad argument #5 to '?' (string expected, got no value)")]
    [InlineData("spi.xfer(0, nil, nil, 4, 'T'), spi.xfer(0, nil, nil, -1, 'T')", "false,false")]
    [InlineData("pcall(spi.createSoft)", "false,bad argument #1 to '?' (number expected, got userdata)")]
    [InlineData("pcall(spi.createSoft, 0, 1)", "false,bad argument #3 to '?' (number expected, got userdata)")]
    [InlineData("pcall(spi.createSoft, 0, 1, 2, 3)", "false,bad argument #5 to '?' (number expected, got userdata)")]
    [InlineData("pcall(spi.createSoft, 0, 1, 2, 3, 0, 0, 8, spi.MSB, 1)",
        "false,bad argument #10 to '?' (number expected, got userdata)")]
    [InlineData("type(spi.createSoft(nil, 1, 2, 3, nil, nil, nil, nil, nil, nil))", "userdata")]
    [InlineData("pcall(spi.transfer, 0, {})", "false,bad argument #2 to '?' (string expected, got table)")]
    [InlineData("pcall(spi.transfer, '0', 'a')", "false,bad argument #1 to '?' (ESPI* expected, got string)")]
    public void With_nothing_connected_a_call_returns(string expression, string expected) =>
        BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("d:send('abc')", "3")]
    [InlineData("d:send({1, 2})", "2")]
    [InlineData("d:send(nil)", "")]
    [InlineData("select('#', d.send()), select('#', d.transfer(nil, true)), d.transfer(nil, 'a', 1, 0)", "0,0,")]
    [InlineData("select('#', d.recv(nil, -1)), pcall(d.recv, nil, {})",
        "0,false,bad argument #2 to '?' (number expected, got table)")]
    [InlineData("#d:recv(2)", "2")]
    [InlineData("#d:recv()", "1")]
    [InlineData("#d:transfer('abc', 3, 2)", "2")]
    [InlineData("d:transfer('abc', 3, 0)", "")]
    [InlineData("d:transfer(true)", "")]
    [InlineData("d:transfer('abc', 3, -1), d:transfer('abc', 3, 1 << 30), d:recv(-1), d:recv(1 << 30)", "nil,nil,nil")]
    [InlineData("#spi.deviceTransfer(d, {1, '2', 'x'}, 2, 3), #d:transfer(12), #d:transfer(zbuff.create(4), nil, 2)",
        "3,1,2")]
    [InlineData("spi.deviceTransfer(d), 1", "nil,1")]
    [InlineData("#spi.recv(d, 3)", "3")]
    [InlineData("spi.deviceSend(d, 'ab')", "2")]
    public void A_method_of_an_object_returns(string expression, string expected) =>
        BusBench.Eval(OfDevice(expression)).ShouldBe(expected);

    [Fact]
    public void A_wrong_argument_of_an_object_is_logged() =>
        BusBench.Run(OfDevice("d:send(nil)")).Lines.ShouldContain("E/spi spi_device transfer first arg error");

    [Theory]
    [InlineData(1, "d:transfer('abc', 3, 2)", "6162")] // As many bytes are clocked as come back.
    [InlineData(1, "d:transfer('a', 1, 3)", "610000")]
    [InlineData(0, "d:transfer('abc', 3, 2)", "6162630000")]
    [InlineData(0, "d:transfer('abc', 2, 1)", "616200")]
    [InlineData(1, "d:recv(2)", "0000")]
    [InlineData(0, "spi.deviceTransfer(d, {1, '2', 'x', 300})", "0102002C00")]
    [InlineData(0, "d:transfer(12)", "313200")]
    [InlineData(0, "d:transfer('ab', 4)", "6162000000")]
    public void An_object_clocks(int mode, string expression, string expected) => Convert.ToHexString(
        BusBench.Run(OfDevice(expression, mode)).Spi.ShouldHaveSingleItem().Sent.Span).ShouldBe(expected);

    [Theory]
    [InlineData(0, 1, "6162630000")]
    [InlineData(1, 0, "6162630000")]
    [InlineData(1, 1, "6162")]
    public void An_object_uses_both_directions_where_the_bus_does_too(int mode, int busMode, string expected)
    {
        var expression = FormattableString.Invariant(
            $"spi.setup(0, nil, 0, 0, 8, 1000000, 1, 1, {busMode}) and d:transfer('abc', 3, 2)");
        Convert.ToHexString(BusBench.Run(OfDevice(expression, mode)).Spi.ShouldHaveSingleItem().Sent.Span)
            .ShouldBe(expected);
    }

    [Fact]
    public void The_chip_select_of_an_object_is_low_around_each_call()
    {
        var bench = BusBench.Run(OfDevice("d:send('a'), d:send('b')"));
        bench.Pins.Where(p => p.Report.Pin == 8).Select(p => p.Report.Drive)
            .ShouldBe([PinDrive.High, PinDrive.Low, PinDrive.High, PinDrive.Low, PinDrive.High]);
    }

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(0, 20, false)]
    [InlineData(1, 12, true)]
    [InlineData(1, 8, false)]
    public void A_controller_drives_its_own_pad_alone(int bus, int select, bool isDriven) => BusBench.Run(
        $"spi.setup({bus}, {select}), spi.send({bus}, 'a')").Pins.Any(p => p.Report == new ModemReport.PinDriven(
            select, PinDrive.Low)).ShouldBe(isDriven);

    [Fact]
    public void The_clock_says_how_long_it_takes()
    {
        var bench = BusBench.Run("spi.setup(0, 8, 0, 0, 8, 100000), spi.send(0, 'abc')");
        bench.Spi.ShouldHaveSingleItem().Took.TotalMicroseconds.ShouldBe(240, 1);
    }

    [Fact]
    public void A_device_is_asked()
    {
        var line = BusBench.Eval(
            "spi.setup(0), spi.recv(0, 3):byte(1, -1)", _ => new BusAnswer.Spi(new byte[] { 1, 2 }),
            new DeviceSpot.Spi("0", 8));
        line.ShouldBe("0,1,2,255");
    }

    [Fact]
    public void What_holds_MISO_low_is_read()
    {
        var bench = new FakeBench(
            "spi.setup(0)\nprint('is', spi.recv(0, 1):byte())\nwhile true do rtos.receive(-1) end");
        bench.At(0, new ModemCommand.HoldPin(10, PinHold.Low));
        bench.PowerOn().RunTo(2).Line("is").Text.ShouldBe("is\t0");
    }

    [Fact]
    public void A_collected_object_says_so() => BusBench.Run("spi.deviceSetup(1, 255) and collectgarbage()").Lines
        .ShouldContain(line => line.StartsWith("I/spi spi_device对象正在被回收,相关内存将释放 ", StringComparison.Ordinal)
            && line.EndsWith(" , spi id=1", StringComparison.Ordinal));

    [Fact]
    public void A_transfer_that_does_not_wait_tells_its_end()
    {
        var bench = new FakeBench(
            "sys_pub = function(...) print('end', ...) end\nspi.setup(0)\n" +
            "local out = zbuff.create(4)\n" +
            "print('start', spi.xfer(0, out, nil, 4, 'T'), spi.xfer(0, out, nil, 4, 'T'))\n" +
            "while true do rtos.receive(-1) end");
        bench.PowerOn().RunTo(2).Line("start").Text.ShouldBe("start\ttrue\tfalse");
        bench.Line("end").Text.ShouldBe("end\tT\t0\ttrue\t0");
    }
}
