namespace AirHil.VirtualModem.Tests.Ethernet;

/// <summary>The driver of a W5500 that is not there.</summary>
public sealed class EthernetChipTests
{
    [Fact]
    public void The_driver_looks_for_the_chip_and_says_that_it_is_not_there()
    {
        var bench = new FakeBench(
            "w5500.init(0, 25600000, 8, 18, 1) w5500.config('10.0.0.2', '255.0.0.0', '10.0.0.1') " +
            "rtos.timer_start(1, 500) rtos.receive(-1) print('is', w5500.config()) " +
            "while true do rtos.receive(-1) end").PowerOn().RunTo(3);
        bench.Line("is").Text.ShouldBe("is\tfalse");
        bench.Lines.ShouldContain("D/w5500 cs 8 irq 18 reset 1 link 255");
        bench.Lines.ShouldContain(line => line.StartsWith("D/W5500 default MAC "));
        bench.Lines.ShouldContain("D/W5500 w5500 task ret 0");
        bench.Lines.ShouldContain("D/W5500 ip 0 -> 1");
        bench.Lines.ShouldContain("D/w5500 device no ready");
        var reset = bench.Pins.Where(p => p.Report.Pin == 1).ToList();
        (reset[1].At - reset[0].At).TotalMilliseconds.ShouldBe(5, 0.1);
        // Twice it starts, as the settings came before it had looked; then it asks ten times a second.
        bench.Spi.Select(transfer => transfer.Sent.Length).Take(11)
            .ShouldBe([61, 61, 4, 7, 61, 61, 61, 4, 7, 61, 61]);
    }

    [Fact]
    public void With_a_pin_for_the_link_it_waits_and_the_speed_is_sent_at_a_start()
    {
        var bench = new FakeBench(
            "w5500.init(0, 25600000, 8, 18, 1, 19) w5500.config(nil, nil, nil, nil, 2000, 8, 1) " +
            "while true do rtos.receive(-1) end").PowerOn().RunTo(3);
        bench.Spi.Select(transfer => transfer.Sent.Length).ShouldBe([61, 61, 4, 7, 4, 4, 61, 61, 61, 4, 7, 4, 4]);
    }
}
