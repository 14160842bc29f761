using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Uart;

public class UartTests
{
    private const string Reader =
        """
        uart.setup(1, 115200)
        uart.on(1, "receive", function(id, len) log.info("rx", len, uart.read(id, 8192)) end)
        while true do rtos.receive(-1) end
        """;

    [Fact]
    public void Bytes_in_one_burst_give_one_callback_after_the_idle_gap()
    {
        var bench = new FakeBench(Reader).PowerOn();
        bench.WriteUart(1, "\"echo\"");
        bench.RunTo(2);
        bench.UserLines.ShouldBe(["I/user.rx\t6\t\"echo\""]);
        // Six bytes of 86.8 us and a gap of 1 ms.
        bench.Line("I/user.rx").At.TotalMilliseconds.ShouldBeInRange(1001.5, 1001.8);
    }

    [Fact]
    public void A_gap_on_the_line_gives_two_callbacks_and_no_gap_gives_one()
    {
        var bench = new FakeBench(Reader).PowerOn();
        bench.WriteUart(1, "ab");
        bench.WriteUart(1.0005, "cd");
        bench.WriteUart(2, "ab");
        bench.WriteUart(2.0100, "cd");
        bench.RunTo(3);
        bench.UserLines.ShouldBe(["I/user.rx\t4\tabcd", "I/user.rx\t2\tab", "I/user.rx\t2\tcd"]);
    }

    [Fact]
    public void A_stream_without_gaps_reports_from_more_than_bufsz_on()
    {
        var bench = new FakeBench(
            """
            uart.setup(1, 115200)
            uart.on(1, "receive", function(id, len) log.info("rx", len, #uart.read(id, 8192)) end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.WriteUart(1, new string('x', 6000));
        bench.RunTo(3);
        var lengths =
            bench.UserLines.Select(
                line => int.Parse(line.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        lengths[0].ShouldBe(2560, "five reports of 512 bytes are the first that exceed 2048");
        lengths.Sum().ShouldBeGreaterThanOrEqualTo(6000);
        lengths.Length.ShouldBe(3);
    }

    [Fact]
    public void A_port_that_nobody_reads_grows_to_131072_bytes_of_system_heap_and_then_loses()
    {
        var bench = new FakeBench(
            """
            local function sys() return select(2, rtos.meminfo("sys")) end
            local before = sys()
            uart.setup(1, 115200)
            log.info("open", sys() - before)
            rtos.timer_start(1, 25000)
            while rtos.receive(-1) ~= rtos.MSG_TIMER do end
            log.info("full", uart.rxSize(1), sys() - before)
            uart.rxClear(1)
            uart.close(1)
            log.info("closed", sys() - before)
            while true do rtos.receive(-1) end
            """).PowerOn();
        for (var i = 0; i < 200; i++) bench.WriteUart(1 + (i * 0.1), new string('x', 1000));
        bench.RunTo(30);
        bench.UserLines.ShouldBe(["I/user.open\t3072", "I/user.full\t131072\t132096", "I/user.closed\t0"]);
        bench.Lines.Count(line => line == "prvUart_RxBufferAdd 398:uart1 rx 1,131072,131072!").ShouldBeGreaterThan(60);
        bench.Lines.Last(line => line.StartsWith("prvUart", StringComparison.Ordinal)).ShouldEndWith("131072,131072!");
        bench.Notices.ShouldContain(notice => notice.Contains("the receive buffer is full"));
    }

    [Fact]
    public void Bytes_before_the_callback_wait_for_the_next_event()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            uart.setup(1, 115200)
            sys.timerStart(function()
                uart.on(1, "receive", function(id, len) log.info("rx", len, uart.read(id, 100)) end)
            end, 2000)
            sys.run()
            """).PowerOn();
        bench.WriteUart(1, "early");
        bench.WriteUart(3, "late");
        bench.RunTo(4);
        bench.UserLines.ShouldBe(["I/user.rx\t9\tearlylate"]);
    }

    [Fact]
    public void At_most_six_events_wait_for_a_script_that_does_not_read()
    {
        var bench = new FakeBench(
            """
            uart.setup(1, 115200)
            uart.on(1, "receive", function(id, len) log.info("rx", len) end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        for (var i = 0; i < 10; i++) bench.WriteUart(1 + (i * 0.01), "x");
        bench.RunTo(2);
        bench.UserLines.Count().ShouldBe(6);
    }

    [Fact]
    public void Written_bytes_take_their_time_on_the_wire_and_then_raise_sent()
    {
        var bench = new FakeBench(
            """
            uart.setup(1, 9600, 8, 1)
            uart.on(1, "sent", function(id) log.info("sent", id) end)
            log.info("accepted", uart.write(1, string.rep("x", 96)))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(1);
        var (at, port, bytes) = bench.Uart.Last();
        port.ShouldBe("1");
        bytes.Length.ShouldBe(96);
        (at - bench.Line("I/user.accepted").At).TotalMilliseconds.ShouldBeInRange(99, 101);
        bench.Line("I/user.sent\t1").At.ShouldBeGreaterThanOrEqualTo(at);
        bench.Lines.ShouldContain("Uart_BaseInitEx 1049:uart 1 rx cache 2048 dma 512");
        bench.Lines.ShouldContain("Uart_ChangeBR 1398:lpuart lr config 109,-1,108");
    }

    [Fact]
    public void A_script_that_writes_faster_than_the_line_is_refused_when_the_system_heap_is_full()
    {
        var bench = new FakeBench(
            """
            local function sys() return select(2, rtos.meminfo("sys")) end
            local before, big, sum = sys(), string.rep("x", 10000), 0
            uart.setup(1, 9600)
            while true do
                local taken = uart.write(1, big)
                sum = sum + taken
                if taken == 0 then break end
            end
            log.info("taken", sum, uart.write(1, "y"), sys() - before)
            uart.close(1)
            log.info("closed", sys() - before, uart.write(1, "y"))
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        // 223,888 bytes are free: two blocks of 10,000 are on their way or wait at once, then one grows beside itself.
        var taken = bench.Line("I/user.taken").Text.Split('\t');
        int.Parse(taken[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(100_000, 223_888);
        taken[2].ShouldBe("0", "a larger cache has no room beside the old one");
        bench.UserLines.ShouldContain("I/user.closed\t0\t0");
        bench.Notices.Count(n => n.Contains("the transmit buffer is full")).ShouldBe(1);
    }

    [Fact]
    public void What_has_left_makes_room_for_more()
    {
        var bench = new FakeBench(
            """
            local sum, big = 0, string.rep("x", 20000)
            uart.setup(1, 921600)
            uart.on(1, "sent", function() log.info("sent", sum) end)
            for n = 1, 40 do
                while uart.write(1, big) == 0 do rtos.receive(50) end
                sum = sum + #big
            end
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(15);
        bench.UserLines.Last().ShouldBe("I/user.sent\t800000");
        bench.Uart.Sum(received => received.Bytes.Length).ShouldBeGreaterThanOrEqualTo(800_000);
    }

    [Fact]
    public void A_profile_may_say_that_the_transmit_cache_does_not_grow()
    {
        var bench = new FakeBench(
            """
            uart.setup(1, 9600)
            log.info("write", uart.write(1, string.rep("x", 1025)), uart.write(1, string.rep("x", 1024)))
            log.info("more", uart.write(1, string.rep("y", 1024)), uart.write(1, "z"))
            while true do rtos.receive(-1) end
            """, new ModemParameters { UartTransmitCacheGrows = false }).PowerOn().RunTo(5);
        bench.UserLines.ShouldBe(["I/user.write\t0\t1024", "I/user.more\t1024\t0"]);
    }

    [Fact]
    public void What_the_usb_port_has_no_heap_for_is_lost()
    {
        var bench = new FakeBench(
            """
            uart.setup(uart.VUART_0)
            local big, sum = string.rep("x", 20000), 0
            for n = 1, 20 do sum = sum + uart.write(uart.VUART_0, big) end
            log.info("accepted", sum)
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(5);
        bench.UserLines.ShouldBe(["I/user.accepted\t400000"]);
        bench.Uart.Where(received => received.Port == "32").Sum(received => received.Bytes.Length)
            .ShouldBeInRange(200_000, 240_000);
        bench.Notices.ShouldContain(n => n.Contains("bytes are lost, the system heap has no room"));
    }

    /// <summary>
    /// The write comes right after a tick. The last bit leaves 10.4 ms behind it, and the pin turns at the next tick.
    /// </summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(10.6, 1)]
    [InlineData(11.1, 0)]
    [InlineData(13, 0)]
    public void Bytes_that_meet_the_driver_of_a_line_of_two_wires_are_noticed(double ms, int notices)
    {
        var bench = new FakeBench(
            "uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25) rtos.timer_start(1, 250) rtos.receive(-1) " +
            "uart.write(1, '0123456789') while true do rtos.receive(-1) end").PowerOn();
        bench.WriteUart(0.5 + (ms / 1000.0), "ok");
        bench.WriteUart(0.5 + (ms / 1000.0), "ok");
        bench.RunTo(1).Notices.Count(text => text.Contains("RS-485", StringComparison.Ordinal)).ShouldBe(notices);
    }

    /// <summary>
    /// The driver's timer has whole milliseconds, and at least one. It counts from the tick before the last bit.
    /// </summary>
    [Theory]
    [InlineData("", 11)]
    [InlineData(", 0, 0", 11)]
    [InlineData(", 0, 3500", 13)]
    public void The_pin_of_a_line_of_two_wires_turns_behind_the_last_bit(string arguments, double ms)
    {
        var bench = new FakeBench(
            $"uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25{arguments}) " +
            "uart.write(1, '0123456789') while true do rtos.receive(-1) end").PowerOn().RunTo(1);
        var turns = bench.Pins.Where(p => p.Report.Pin == 25).Select(p => p.At).TakeLast(2).ToArray();
        (turns[1] - turns[0]).TotalMilliseconds.ShouldBe(ms, 0.2);
    }

    [Fact]
    public void The_usb_port_sends_always_and_tells_of_each_packet_after_setup_and_on()
    {
        var bench = new FakeBench(
            """
            log.info("before", uart.write(uart.VUART_0, "x"))
            rtos.timer_start(1, 700)
            while rtos.receive(-1) ~= rtos.MSG_TIMER do end
            uart.setup(uart.VUART_0)
            uart.on(uart.VUART_0, "receive", function(id, len) log.info("rx", len, uart.rxSize(id)) end)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.WriteUart(0.5, "lost", port: 0x20);
        bench.WriteUart(1, "ping", port: 0x20);
        bench.WriteUart(1.1, "to", port: 0x20);
        bench.RunTo(2);
        bench.UserLines.ShouldBe(["I/user.before\t1", "I/user.rx\t4\t4", "I/user.rx\t2\t6"]);
        bench.Notices.ShouldHaveSingleItem().ShouldContain("4 bytes are lost");
        var (_, port, bytes) = bench.Uart.Last();
        port.ShouldBe("32");
        bytes.ShouldBe("x"u8.ToArray());
    }
}
