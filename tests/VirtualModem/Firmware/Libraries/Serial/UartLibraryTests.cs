using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Serial;

/// <summary><c>uart</c>, argument by argument (luat_lib_uart.c, luat_uart_ec618.c).</summary>
public sealed class UartLibraryTests
{
    private const string Open = "uart.setup(1, 115200) local z = zbuff.create(8) z:write('abc')";

    /// <summary>An expression on a module whose ports are closed, and <c>tostring</c> of its values.</summary>
    public static TheoryData<string, string> Closed => new()
    {
        { "uart.exist(0), uart.exist(2), uart.exist(3), uart.exist(4), uart.exist(31), uart.exist(32)",
            "true,true,true,false,false,true" },
        { "uart.exist(257), uart.exist(260), uart.exist(-1)", "true,false,true" },
        { "pcall(uart.exist)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "uart.setup(1), uart.setup(2, 9600, 7, 2, uart.Even), uart.setup(uart.VUART_0)", "0,0,0" },
        { "uart.setup(4), uart.setup(31)", "-1,-1" },
        { "uart.setup(1, 9600, 8, 0.5), uart.setup(1, 9600, 8, 1.5), uart.setup(1, 9600, 8, 2, 7)", "0,0,0" },
        { "uart.setup(1, 9600, 264, 1, 257), uart.setup(1, 9600, 7, 1, 258), uart.setup(1, 9600, 8, 1.7)", "0,0,0" },
        { "uart.setup(1, '9600', 8.0, '1'), uart.setup(1, 9600, 8, 1, 0, 0, 1024, nil, nil, nil, 256)", "0,0" },
        { "pcall(uart.setup, 1, 9600, 8, true)", "false,bad argument #4 to '?' (number expected, got boolean)" },
        { "pcall(uart.setup, 1, 9600, 8, 1, 0, 0, 1, 1, 1, {})",
            "false,bad argument #10 to '?' (number expected, got table)" },
        { "pcall(uart.read, 1, 'x')", "false,bad argument #2 to '?' (number expected, got string)" },
        { "pcall(uart.tx, 1, zbuff.create(4), 'x')", "false,bad argument #3 to '?' (number expected, got string)" },
        { "pcall(uart.rx)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pcall(uart.setup, 1, 'x')", "false,bad argument #2 to '?' (number expected, got string)" },
        { "pcall(uart.setup, {}, 9600, 8, {})", "false,bad argument #4 to '?' (number expected, got table)" },
        { "pcall(uart.setup, 1, 9600, 8, 1, 'x')", "false,bad argument #5 to '?' (number expected, got string)" },
        { "pcall(uart.setup, 4, 9600, 8, 1, 0, {})", "false,bad argument #6 to '?' (number expected, got table)" },
        { "pcall(uart.setup, 4, 9600, 8, 1, 0, 0, 1, 1, 1, 1, 'x')",
            "false,bad argument #11 to '?' (number expected, got string)" },
        { "uart.setup(1, 9600, 8, 1, 0, 0, 1024, 32), uart.setup(1, 9600, 8, 1, 0, 0, 1024, -1)", "0,0" },
        { "pcall(uart.write, 1, json.null)", "false,bad argument #2 to '?' (ZBUFF* expected, got light userdata)" },
        { "uart.on(4, 'receive'), uart.on(31)", "no such uart id,no such uart id" },
        { "select('#', uart.on(1, 'receive')), select('#', uart.on(3, 'sent', print))", "0,0" },
        { "select('#', uart.on(1, 'other', print)), select('#', uart.on(1, 'recv', 5))", "0,0" },
        { "pcall(uart.on, 1)", "false,bad argument #2 to '?' (string expected, got no value)" },
        { "uart.read(1), uart.read(1, 0), uart.read(9), uart.rxSize(1), uart.rx_size(9)", ",,,0,0" },
        { "uart.read(1, 5, zbuff.create(4)), uart.read(1, -1, zbuff.create(4))", "0,0" },
        { "pcall(uart.read, 1, 5, websocket.create(nil, 'ws://x'))",
            "false,bad argument #3 to '?' (ZBUFF* expected, got WS*)" },
        { "uart.rx(1), uart.rx(1, 'x'), uart.rx(1, zbuff.create(4))", "0,0,0" },
        { "uart.write(1, 'abc'), uart.write(uart.VUART_0, 'abc'), uart.write(4, 'abc')", "0,3,-1" },
        { "select('#', uart.rxClear(1)), select('#', uart.close(1)), select('#', uart.close(9))", "0,0,0" },
        { "uart.wait485(1), uart.wait485(9), uart.wait485(257), uart.wait485(uart.VUART_0)", "0,0,0,0" },
        { "pcall(uart.wait485)", "false,bad argument #1 to '?' (number expected, got no value)" },
        { "pcall(uart.write)", "false,bad argument #1 to '?' (number expected, got no value)" },
    };

    /// <summary>The same with UART 1 open and 3 of 8 bytes in the buffer <c>z</c>.</summary>
    public static TheoryData<string, string> Opened => new()
    {
        { "uart.write(1, 'abc'), uart.write(1, 12), uart.write(257, 'ab')", "3,2,2" },
        { "uart.write(1), uart.write(1, nil), uart.write(1, {}), uart.write(1, '')", "0,0,0,0" },
        { "uart.write(1, 'abc', 2), uart.write(1, 'abc', 9), uart.write(1, 'abc', 0)", "2,3,0" },
        { "uart.write(1, 'abc', -1), uart.write(1, 'abc', '2'), uart.write(1, 'abc', 2.0)", "3,3,3" },
        { "uart.write(1, z), uart.write(1, z, 2)", "5,2" },
        { "uart.tx(1, z), uart.tx(1, z, 1), uart.tx(1, z, 0, 100), uart.tx(1, z, 6, 100)", "3,3,8,2" },
        { "uart.tx(1, z, 8), uart.tx(1, z, -1), uart.tx(1, 'x'), uart.tx(1)", "0,0,0,0" },
        { "uart.read(1), uart.rxSize(1), uart.rx(1, z), z:used()", ",0,0,3" },
    };

    [Theory]
    [MemberData(nameof(Closed))]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected);

    /// <summary>The ids that exist though the tables of ports end before them (luat_uart_exist).</summary>
    [Theory]
    [InlineData("uart.wait485(3)", "uart.wait485(3)")]
    [InlineData("uart.wait485(-1)", "uart.wait485(-1)")]
    [InlineData("uart.wait485(uart.VUART_0)", "uart.wait485(32)")]
    [InlineData("uart.write(3, 'x')", "uart.write(3)")]
    [InlineData("uart.read(259)", "uart.read(3)")]
    [InlineData("uart.rx(3, zbuff.create(4))", "uart.rx(3)")]
    [InlineData("uart.rxSize(3)", "uart.rxSize(3)")]
    [InlineData("uart.rxClear(3)", "uart.rxClear(3)")]
    [InlineData("uart.tx(3, zbuff.create(4), 0, 1)", "uart.tx(3)")]
    [InlineData("uart.close(3)", "uart.close(3)")]
    public void An_id_behind_the_table_is_noticed(string call, string name) =>
        LibraryCall.Run(call).Notices.ShouldHaveSingleItem().ShouldStartWith(name + ": V1112 takes this id");

    [Theory]
    [InlineData("uart.exist(3) uart.read(uart.VUART_0) uart.write(1, 'x') uart.read(9) uart.wait485(9)")]
    public void Other_ids_are_not(string calls) => LibraryCall.Run(calls).Notices.ShouldBeEmpty();

    [Fact]
    public void A_start_and_a_length_that_wrap_around_are_noticed() =>
        LibraryCall.Run(Open + " uart.tx(1, z, 0, -1) uart.tx(1, z, 1, -1)").Notices.ShouldHaveSingleItem()
            .ShouldContain("start 1 and length 4294967295 wrap around");

    [Theory]
    [MemberData(nameof(Opened))]
    public void A_call_on_an_open_port_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, Open);

    [Theory]
    [InlineData("uart.setup(4)", "luat_uart_setup 209:uart.setup FAIL!!!")]
    [InlineData("uart.read(1, 65537)", "E/uart uart read length too much 65537, change to 65536")]
    [InlineData("uart.read(1, -1)", "E/uart uart read length too much 4294967295, change to 65536")]
    [InlineData("uart.setup(1, 9600, 8, 1, 0, 0, -1)", "Uart_BaseInitEx 1049:uart 1 rx cache 8192 dma 512")]
    [InlineData("uart.setup(2, 9600, 8, 1, 0, 0, 3000)", "Uart_BaseInitEx 1049:uart 2 rx cache 3000 dma 512")]
    public void A_call_logs_what_v1112_logs(string call, string line) =>
        LibraryCall.Run(call).Lines.ShouldContain(line);

    /// <summary>Ids that the firmware takes though its tables end before them.</summary>
    [Theory]
    [InlineData("uart.setup(3)")]
    [InlineData("uart.setup(-1)")]
    [InlineData("uart.on(-1, 'receive', print)")]
    [InlineData("uart.on(33, 'receive', print)")]
    public void What_leaves_its_memory_is_noticed(string call) => LibraryCall.Run(call).Notices.Count.ShouldBe(1);

    [Fact]
    public void A_read_of_more_than_128_bytes_needs_system_heap()
    {
        var bench = new FakeBench("""
            uart.setup(1, 115200)
            uart.on(1, "receive", function(id, len)
                local z = zbuff.create(select(1, rtos.meminfo("sys")) - select(2, rtos.meminfo("sys")) - 600)
                log.info("rx", #uart.read(id, 1000), #uart.read(id, 128))
            end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.WriteUart(1, "abcdef");
        bench.RunTo(2).Lines.ShouldContain("E/uart system is out of memory!!!");
        bench.UserLines.ShouldBe(["I/user.rx\t0\t6"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(", 8, 1, 0, 0, 1024, nil, nil, nil, nil, 0xD6", "")]
    [InlineData(", 8, 1, 0, 0, 1024, nil, nil, nil, nil, 0", "noisy")]
    [InlineData(", 8, 1, 0, 0, 1024, nil, nil, nil, nil, 1", "noisy")]
    public void Only_one_number_drops_what_came_with_an_error(string settings, string read)
    {
        var bench = new FakeBench($$"""
            uart.setup(1, 115200{{settings}})
            uart.on(1, "receive", function(id, len) log.info("rx", uart.read(id, len)) end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.At(1, new ModemCommand.WriteUart(1, "noisy"u8.ToArray(), LineErrors: true));
        bench.WriteUart(2, ".");
        bench.RunTo(3);
        string.Concat(bench.UserLines.Select(line => line["I/user.rx\t".Length..])).ShouldBe(read + ".");
    }

    /// <summary>One bit of the level is kept, so that 2 is 0.</summary>
    [Theory]
    [InlineData(0, "Low")]
    [InlineData(1, "High")]
    [InlineData(2, "Low")]
    [InlineData(3, "High")]
    public void A_direction_pin_rests_at_the_level_to_receive(int level, string rest) =>
        LibraryCall.Run($"uart.setup(1, 115200, 8, 1, 0, 0, 1024, 22, {level})").Pins
            .Where(pin => pin.Report.Pin == 22).Select(pin => pin.Report.Drive.ToString()).ShouldBe([rest]);

    [Theory]
    [InlineData("uart.setup(1, 0)", "no line runs at 0 baud")]
    [InlineData("uart.setup(1, 9600, 9)", "a byte has 7 or 8 data bits, not 9")]
    public void What_no_line_can_do_is_an_error_of_the_script(string call, string message) =>
        LibraryCall.Run(call).Lines.ShouldContain(line => line.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_buffer_that_is_too_small_for_rx_grows_by_what_came()
    {
        var bench = new FakeBench("""
            uart.setup(1, 115200)
            local z = zbuff.create(4)
            uart.on(1, "receive", function(id, len)
                log.info("rx", uart.rx(id, z), z:len(), z:used(), z:toStr(0, z:used()))
            end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.WriteUart(1, "abcdef");
        bench.WriteUart(2, "gh");
        bench.RunTo(3);
        bench.UserLines.ShouldBe(["I/user.rx\t6\t10\t6\tabcdef", "I/user.rx\t2\t10\t8\tabcdefgh"]);
    }

    [Fact]
    public void A_buffer_is_written_from_its_cursor_and_sent_from_its_start()
    {
        var bench = LibraryCall.Run(
            Open + " z:seek(0) z:write('ABCDEFGH') z:seek(5) uart.write(1, z) uart.tx(1, z)", 1);
        bench.Uart.TakeLast(2).Select(sent => System.Text.Encoding.ASCII.GetString(sent.Bytes))
            .ShouldBe(["FGH", "ABCDE"]);
    }

    [Fact]
    public void A_callback_that_is_no_function_takes_the_last_one_away()
    {
        var bench = new FakeBench("""
            uart.setup(1, 115200)
            uart.on(1, "receive", function() log.info("rx") end)
            uart.on(1, "recv", nil)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.At(1, new ModemCommand.WriteUart(1, "x"u8.ToArray()));
        bench.RunTo(2).UserLines.ShouldBeEmpty();
    }
}
