using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

/// <summary><c>i2c</c> as its C code has it.</summary>
public sealed class I2cLibraryTests
{
    private static readonly DeviceSpot Spot = new DeviceSpot.I2c("0", 0x38);

    [Theory]
    [InlineData("i2c.exist(0), i2c.exist(1), i2c.exist(2), i2c.exist(-1)", "true,true,false,true")]
    [InlineData("i2c.setup(0), i2c.setup(1, i2c.FAST), i2c.setup(2), i2c.setup(0, i2c.SLOW, true)", "1,1,0,1")]
    [InlineData("pcall(i2c.createSoft), 1", "false,1")]
    [InlineData("select(2, pcall(i2c.createSoft, 1))", "bad argument #2 to '?' (number expected, got userdata)")]
    [InlineData("type(i2c.createSoft(1, 2, 'x'))", "userdata")]
    [InlineData("i2c.setup(0), i2c.transfer(0, 0x38, 1, nil, -1)", "1,false,nil")]
    [InlineData("pcall(i2c.recv, 0, 0x38)", "false,bad argument #3 to '?' (number expected, got no value)")]
    [InlineData("pcall(i2c.recv, zbuff.create(1), 0x38)",
        "false,bad argument #3 to '?' (number expected, got no value)")]
    [InlineData("pcall(i2c.recv, zbuff.create(1), 0x38, 1)",
        "false,bad argument #1 to '?' (EI2C* expected, got ZBUFF*)")]
    [InlineData("pcall(i2c.send, zbuff.create(1), true)",
        "false,bad argument #2 to '?' (number expected, got boolean)")]
    [InlineData("pcall(i2c.send, true, true)", "false,bad argument #1 to '?' (number expected, got boolean)")]
    [InlineData("pcall(i2c.writeReg, zbuff.create(1), 0x38, 1)",
        "false,bad argument #4 to '?' (string expected, got no value)")]
    [InlineData("pcall(i2c.readReg, zbuff.create(1), 0x38, 1, 'x')",
        "false,bad argument #4 to '?' (number expected, got string)")]
    [InlineData("pcall(i2c.readDHT12, zbuff.create(1), 'x')",
        "false,bad argument #2 to '?' (number expected, got string)")]
    [InlineData("pcall(i2c.readReg, 0, 0x38, 1)", "false,bad argument #4 to '?' (number expected, got no value)")]
    [InlineData("pcall(i2c.send, 0, 0x38, 1, {})", "false,bad argument #4 to '?' (number expected, got table)")]
    [InlineData("pcall(i2c.setup)", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("i2c.setup(0), i2c.send(0, 0x38, 1)", "1,false")]
    [InlineData("i2c.setup(0), i2c.recv(0, 0x38, 4)", "1,")]
    [InlineData("i2c.setup(0), i2c.readReg(0, 0x38, 1, 4)", "1,")]
    [InlineData("i2c.setup(0), i2c.writeReg(0, 0x38, 1, 'a')", "1,false")]
    [InlineData("i2c.setup(0), i2c.writeReg(0, 0x38, 1, 5)", "1,false")]
    [InlineData("pcall(i2c.writeReg, 0, 0x38, 1, {})", "false,bad argument #4 to '?' (string expected, got table)")]
    [InlineData("i2c.send(2, 0x38, 1), i2c.recv(2, 0x38, 1)", "false,")]
    [InlineData("i2c.close(0)", "")]
    [InlineData("pcall(i2c.close, i2c.createSoft(1, 2))", "false,bad argument #1 to '?' (number expected, got EI2C*)")]
    [InlineData("i2c.setup(i2c.createSoft(1, 2)), i2c.send(i2c.createSoft(1, 2), 0x38, 1)", "1,false")]
    [InlineData("i2c.setup(0), i2c.readDHT12(0)", "1,false")]
    [InlineData("i2c.setup(0), i2c.readSHT30(0)", "1,false")]
    [InlineData("i2c.setup(0), i2c.transfer(0, 0x38, 1, nil, 2)", "1,false,\0\0")]
    [InlineData("pcall(i2c.transfer, 0, 0x38)", "false,bad argument #3 to '?' (ZBUFF* expected, got no value)")]
    [InlineData("pcall(i2c.xfer, 0, 0x38)", "false,bad argument #6 to '?' (string expected, got no value)")]
    [InlineData("i2c.xfer(2, 0x38, nil, nil, 0, 'T')", "false")]
    [InlineData("pcall(i2c.send, {}, 1, 1)", "false,bad argument #1 to '?' (number expected, got table)")]
    public void With_nothing_connected_a_call_returns(string expression, string expected) =>
        BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("i2c.setup(0), i2c.send(0, 0x38, 1)", "i2c_failed 296:i2c0 从机地址38 无应答")]
    [InlineData("i2c.setup(1), i2c.send(1, 0x5c, 1)", "i2c_failed 296:i2c1 从机地址5c 无应答")]
    [InlineData("i2c.setup(0, i2c.HSMODE), i2c.send(0, 0x38, 1)", "i2c_failed 299:i2c0 从机地址38 传输超时")]
    [InlineData("i2c.setup(0), i2c.recv(0, 0x38, 1)", "D/i2c i2c receive result -6")]
    [InlineData("i2c.setup(0), i2c.readReg(0, 0x38, 1, 1)", "D/i2c i2c send result -6")]
    [InlineData("i2c.recv(2, 0x38, 1)", "D/i2c i2c receive result -1")]
    [InlineData("i2c.recv(i2c.createSoft(1, 2), 0x38, 1)", "D/i2c i2c receive result 255")]
    [InlineData("i2c.setup(i2c.createSoft(1, 2))", "D/i2c 软件i2c不需要再执行i2c.setup")]
    [InlineData("i2c.setup(0), i2c.readDHT12(0)", "D/i2c DHT12 i2c bus write fail")]
    public void With_nothing_connected_the_log_says(string expression, string expected) =>
        BusBench.Run(expression).Lines.ShouldContain(expected);

    [Theory]
    [InlineData("i2c.send(0, 0x38, 0x171)", "71", null)]
    [InlineData("i2c.send(0, 0x38, 'ab')", "6162", null)]
    [InlineData("i2c.send(0, 0x38, {0xAC, 0x133, 'x', 0})", "AC330000", null)]
    [InlineData("i2c.send(0, 0x38, 3.0)", "332E303030303030", null)] // Its text, as %f has it.
    [InlineData("i2c.send(0, 0x38)", "", null)]
    [InlineData("i2c.recv(0, 0x38, 2)", null, 2)]
    [InlineData("i2c.writeReg(0, 0x38, 0x10, 'a')", "1061", null)]
    [InlineData("i2c.transfer(0, 0x38, 'ab', nil, 2)", "6162", 2)]
    [InlineData("i2c.transfer(0, 0x38, 'ab', nil, nil)", "6162", null)]
    [InlineData("i2c.transfer(0, 0x38, nil, nil, 2)", "0000", null)] // It writes its receive buffer.
    [InlineData("i2c.transfer(0, 0x38, {1, 2}, nil, 0)", "", null)]
    public void A_call_puts_on_the_bus(string expression, string? written, int? count)
    {
        BusRequest.I2c? seen = null;
        BusBench.Run($"i2c.setup(0), {expression}", request =>
        {
            seen = (BusRequest.I2c)request;
            return new BusAnswer.I2c(seen.Written?.Length ?? 0, new byte[seen.Count ?? 0]);
        }, Spot);
        seen.ShouldNotBeNull();
        (seen.Written is { } bytes ? Convert.ToHexString(bytes.Span) : null).ShouldBe(written);
        seen.Count.ShouldBe(count);
        seen.Address.ShouldBe(0x38);
    }

    [Theory]
    [InlineData("i2c.recv(0, 0x38, 3)", "ab\u00FF")] // Fewer than asked for: the line is high.
    [InlineData("i2c.readReg(0, 0x38, 1, 2)", "ab")]
    [InlineData("i2c.transfer(0, 0x38, 1, nil, 2)", "true,ab")]
    [InlineData("i2c.transfer(0, 0x38, 1, zbuff.create(1), 2)", "true,nil")]
    public void What_a_device_says_is_returned(string expression, string expected)
    {
        var line = BusBench.Run(
            $"i2c.setup(0), {expression}",
            request => new BusAnswer.I2c(((BusRequest.I2c)request).Written?.Length ?? 0, "ab"u8.ToArray()), Spot)
            .Line("is ").Text;
        line.Replace('\uFFFD', '\u00FF').ShouldBe("is 1," + expected);
    }

    /// <summary>The driver waits 13 ms for the sensor on a bus of pins, and 1 ms on a controller.</summary>
    [Theory]
    [InlineData("i2c.createSoft(18, 19)", 13, 25)]
    [InlineData("i2c.setup(0) and 0", 1, 3)]
    public void An_SHT30_is_waited_for(string bus, int least, int most) => int.Parse(
        BusBench.Eval(
            $"(function() local b = {bus} local t = mcu.ticks() i2c.readSHT30(b) return mcu.ticks() - t end)()"),
        CultureInfo.InvariantCulture).ShouldBeInRange(least, most);

    [Theory]
    [InlineData("6666938000A2", "true,500,250")]
    [InlineData("0000000000FF", "false")]
    [InlineData("FFFFFFFFFFFF", "true,1000,1300")]
    public void An_SHT30_is_read(string data, string expected) => BusBench.Eval(
        "i2c.setup(0), i2c.readSHT30(0, 0x38)", request => new BusAnswer.I2c(2, Convert.FromHexString(data)), Spot)
        .ShouldBe("1," + expected);

    [Theory]
    [InlineData("3702190557", "true,552,255")]
    [InlineData("37028A05C8", "true,552,-95")] // Below zero the tenths are added all the same.
    [InlineData("3702190500", "false")]
    [InlineData("0000000000", "false")]
    public void A_DHT12_is_read(string data, string expected) => BusBench.Eval(
        "i2c.setup(0), i2c.readDHT12(0, 0x38)", request => new BusAnswer.I2c(1, Convert.FromHexString(data)), Spot)
        .ShouldBe("1," + expected);

    [Theory]
    [InlineData("i2c.SLOW", 0, "false", 90)]
    [InlineData("i2c.FAST", 0, "false", 22)]
    [InlineData("i2c.SLOW", 30, "false", 25_000)]
    [InlineData("i2c.SLOW", 10, "true", 10_360)]
    public void A_transaction_takes_its_time(string speed, int heldMs, string result, int expectedUs)
    {
        var bench = BusBench.Run(
            $"i2c.setup(0, {speed}), i2c.send(0, 0x38, '123')",
            _ => new BusAnswer.I2c(heldMs == 0 ? -1 : 3, default, TimeSpan.FromMilliseconds(heldMs)), Spot);
        bench.Line("is ").Text.ShouldBe($"is 1,{result}");
        bench.I2c.ShouldHaveSingleItem().Took.TotalMicroseconds.ShouldBe(expectedUs, 1);
    }

    [Fact]
    public void Lua_stands_still_during_a_transaction()
    {
        var bench = BusBench.Run(
            "i2c.setup(0), (function() local t = mcu.ticks() i2c.send(0, 0x38, 1) return mcu.ticks() - t end)()",
            _ => new BusAnswer.I2c(1, default, TimeSpan.FromMilliseconds(20)), Spot);
        bench.Line("is ").Text.ShouldBe("is 1,20");
    }

    [Fact]
    public void A_scan_names_who_answers()
    {
        var lines = BusBench.Run(
            "i2c.scan(0, i2c.FAST)",
            request => new BusAnswer.I2c(((BusRequest.I2c)request).Address is 0x38 or 0x44 ? 2 : -1, default),
            Spot, new DeviceSpot.I2c("0", 0x44)).Lines.ToList();
        var table = lines.Single(line => line.StartsWith("D/i2c \nID  0", StringComparison.Ordinal)).Split('\n');
        table[5].ShouldBe("30: -- -- -- -- -- -- -- -- 38 -- -- -- -- -- -- -- ");
        table[6].ShouldBe("40: -- -- -- -- 44 -- -- -- -- -- -- -- -- -- -- -- ");
        lines.Count(line => line.StartsWith("i2c_failed", StringComparison.Ordinal)).ShouldBe(126);
    }

    [Fact]
    public void A_line_that_is_held_low_stops_the_bus()
    {
        var bench = new FakeBench(
            "i2c.setup(0)\nprint('is', i2c.send(0, 0x38, 1))\nwhile true do rtos.receive(-1) end");
        bench.At(0, new ModemCommand.HoldPin(15, PinHold.Low));
        bench.PowerOn().RunTo(2).Line("is").Text.ShouldBe("is\tfalse");
        bench.Lines.ShouldContain("i2c_failed 299:i2c0 从机地址38 传输超时");
    }

    [Fact]
    public void A_transfer_that_does_not_wait_tells_its_end()
    {
        var bench = new FakeBench(
            "sys_pub = function(...) print('end', ...) end\ni2c.setup(0)\n" +
            "local out = zbuff.create(1) out:write('a')\n" +
            "print('start', i2c.xfer(0, 0x38, out, nil, 0, 'T'), i2c.xfer(0, 0x38, out, nil, 0, 'T'))\n" +
            "while true do rtos.receive(-1) end");
        bench.PowerOn().RunTo(2).Line("start").Text.ShouldBe("start\ttrue\tfalse");
        bench.Line("end").Text.ShouldBe("end\tT\t0\tfalse\t65530");
    }

    /// <summary>A part that a transaction has not is none, and no part of no bytes.</summary>
    [Theory]
    [InlineData("i2c.send(0, 0x38, '\\1')", true, false)]
    [InlineData("i2c.recv(0, 0x38, 1)", false, true)]
    [InlineData("i2c.transfer(0, 0x38, '\\1', nil, 1)", true, true)]
    [InlineData("i2c.send(0, 0x45, '\\1')", true, false)]
    [InlineData("i2c.recv(0, 0x45, 1)", false, true)]
    public void A_transaction_has_the_parts_that_it_has(string call, bool writes, bool reads)
    {
        var bench = BusBench.Run("i2c.setup(0), " + call, _ => new BusAnswer.I2c(1, new byte[1]), Spot);
        var one = bench.I2c.ShouldHaveSingleItem();
        (one.Written is not null, one.Read is not null).ShouldBe((writes, reads));
    }
}
