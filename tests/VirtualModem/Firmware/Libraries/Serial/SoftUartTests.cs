using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Serial;

/// <summary>The UART of two pins as V1112's C code has it.</summary>
public sealed class SoftUartTests
{
    private const string Make = "uart.createSoft(17, 0, 1, 2)";
    private const double BitUs = 1e6 / 9600;

    [Theory]
    [InlineData(Make + ", " + Make, "4,nil")]
    [InlineData("uart.createSoft(17, 3, 1, 2), uart.createSoft(17, 0, 1, 5), uart.createSoft()", "nil,nil,nil")]
    [InlineData(Make + ", uart.exist(4), uart.setup(4, 9600), uart.write(4, 'abc')", "4,false,0,0")]
    [InlineData(Make + ", uart.setup(4, 9600), uart.rxSize(4), uart.read(4, 10), uart.rxClear(4)", "4,0,0,")]
    [InlineData(Make + ", uart.setup(4, 9600, 8, 1, 0, 0, 0)", "4,-1")] // No memory for no bytes.
    [InlineData(Make + ", uart.close(4), " + Make, "4,nil,4")]
    [InlineData("pcall(uart.createSoft, 17, 'x'), " + Make + ", uart.close(4), " + Make, "false,nil,nil,4")]
    [InlineData("uart.on(4, 'sent'), uart.write(4, 'a'), uart.setup(4, 9600)", "no such uart id,-1,-1")]
    [InlineData(Make + ", uart.on(4, 'sent'), uart.tx(4, zbuff.create(1))", "4,nil,0")]
    [InlineData(Make + ", uart.write(4), uart.write(4, {}), uart.write(4, 12)", "4,-1,-1,0")]
    [InlineData("uart.createSoft(17, 3, 1, 2), pcall(uart.setup, 4, 9600)",
        "nil,false,uart.setup: the soft UART has no pins (V1112 uses memory that nobody set)")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Fact]
    public void What_waits_to_be_sent_is_on_the_heap_and_a_close_gives_back_what_was_taken()
    {
        const string Used = "(select(2, rtos.meminfo('sys')))";
        var bench = new FakeBench(
            $"""
            local before = {Used}
            for i = 1, 10 do {Make} uart.close(4) end
            print('is ' .. {Used} - before)
            {Make}
            uart.setup(4, 9600, 8, 1, 0, 0, 1024)
            local full = {Used}
            uart.write(4, ('x'):rep(1000))
            print('is ' .. {Used} - full)
            uart.close(4)
            print('is ' .. {Used} - before)
            {Make}
            uart.setup(4, 9600)
            for i = 1, 100 do uart.write(4, ('x'):rep(10000)) end
            """);
        bench.PowerOn().RunTo(10);
        bench.Lines.Where(line => line.StartsWith("is ", StringComparison.Ordinal))
            .ShouldBe(["is 0", "is 1016", "is 0"]);
        bench.Lines.ShouldContain(line => line.Contains("uart.write to a soft UART without memory"));
    }

    [Theory]
    [InlineData(Make, "D/uart find free uart id, 4")]
    [InlineData(Make + ", uart.setup(4, 9600, 8, 1, 0, 0, 0)", "E/uart soft uart no mem!")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Theory] // Edges from the start bit on, in bits; a parity bit is always high.
    [InlineData("uart.setup(4, 9600), uart.write(4, 'U')", "0 1 2 3 4 5 6 7 8 9")]
    [InlineData("uart.setup(4, 9600), uart.write(4, '\\0\\0')", "0 9 11 20")]
    [InlineData("uart.setup(4, 9600), uart.write(4, '')", "0 9")]
    [InlineData("uart.setup(4, 9600, 8, 2.5), uart.write(4, '\\0\\0')", "0 9 12 21")]
    [InlineData("uart.setup(4, 9600, 8, 258), uart.write(4, '\\0\\0')", "0 9 12 21")]
    [InlineData("uart.setup(4, 9600, 8, -2), uart.write(4, '\\0\\0')", "0 9 11 20")]
    [InlineData("uart.setup(4, 9600, 8, 2), uart.write(4, '\\0\\0')", "0 9 12 21")]
    [InlineData("uart.setup(4, 9600, 8, 1, uart.ODD), uart.write(4, '\\1\\0')", "0 1 2 9 11 20")]
    [InlineData("uart.setup(4, 9600, 8, 1, uart.EVEN), uart.write(4, '\\1')", "0 1 2 9")]
    public void Bits_are_on_the_wire(string expression, string edges)
    {
        var pins = BusBench.Run($"{Make}, {expression}").Pins.Where(p => p.Report.Pin == 17).ToList();
        var first = pins.FindIndex(p => p.Report.Drive == PinDrive.Low);
        string.Join(' ', pins[first..].Select(p => Math.Round((p.At - pins[first].At).TotalMicroseconds / BitUs)))
            .ShouldBe(edges);
    }

    [Theory] // It is high from the setup on, and from the end of the first bytes on as it is to be while none leave.
    [InlineData("25", "High Low")]
    [InlineData("25, 1", "High Low High")]
    [InlineData("281, 1", "High Low High")]
    [InlineData("287, 1", "")]
    public void The_pin_of_a_line_of_two_wires_turns(string pin, string levels)
    {
        var pins = BusBench.Run(
            $"{Make}, uart.setup(4, 9600, 8, 1, uart.NONE, uart.LSB, 1024, {pin}), uart.write(4, 'U')").Pins;
        string.Join(' ', pins.Where(p => p.Report.Pin == 25).Select(p => p.Report.Drive)).ShouldBe(levels);
    }

    [Theory] // The levels of the receiving pin, a bit each from the start bit on; what the script is told and reads.
    [InlineData("", "0101010101", "4 1 U")]
    [InlineData(", 8, 1, uart.EVEN", "0101010100", "4 1 U")] // The sum of four ones is even: the parity bit is 0.
    [InlineData(", 8, 1, uart.ODD", "01010101011", "4 1 U")]
    [InlineData(", 8, 1, uart.ODD", "01010101001", "4 0 ")] // A wrong parity ends the reception without the byte.
    [InlineData("", "01010101010101010101", "4 2 UU")]
    public void What_comes_is_read(string options, string levels, string expected)
    {
        var bench = new FakeBench(
            $"uart.setup({Make}, 9600{options})\n" +
            "uart.on(4, 'receive', function(id, n) print('is ' .. id .. ' ' .. n .. ' ' .. uart.read(id, n)) end)\n" +
            "while true do rtos.receive(-1) end");
        var at = 1.0;
        foreach (var level in levels + "1")
        {
            bench.At(at, new ModemCommand.HoldPin(1, level == '1' ? PinHold.High : PinHold.Low));
            at += BitUs / 1e6;
        }

        bench.PowerOn().RunTo(3).Line("is ").Text[3..].ShouldBe(expected);
    }
}
