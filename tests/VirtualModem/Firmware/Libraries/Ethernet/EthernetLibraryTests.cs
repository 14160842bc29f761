using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ethernet;

/// <summary><c>w5500</c> as its C code has it, with no chip.</summary>
public sealed class EthernetLibraryTests
{
    private const string Init = "w5500.init(0, 25600000, 8, 18, 1)";

    [Theory]
    [InlineData("w5500.getMac():toHex()", "FFFFFFFFFFFF,12")]
    [InlineData("w5500.config(), w5500.bind(5)", "false")]
    [InlineData("pcall(w5500.init, 0, 1)", "false,bad argument #3 to '?' (number expected, got no value)")]
    [InlineData("pcall(w5500.bind)", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData(Init + ", w5500.config()", "nil,true")] // it has not looked yet
    [InlineData(Init + ", w5500.config(nil, nil, nil, 'abcdef'), w5500.getMac()", "nil,true,abcdef")]
    [InlineData("w5500.init(9, 1, 2, 3, 4), w5500.config()", "nil,true")] // no such bus
    [InlineData("pcall(socket.localIP, 5)", "false,socket.localIP(5) (V1112 crashes here)")]
    [InlineData("socket.create(socket.ETH0, print)", "nil")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("w5500.bind(socket.ETH0) print('is', socket.localIP(5))", "is")]
    [InlineData("w5500.config('10.0.0.2', '255.0.0.0', '10.0.0.1') w5500.bind(5) print('is', socket.localIP(5))",
        "is\t10.0.0.2\t255.0.0.0\t10.0.0.1\tnil")]
    [InlineData("w5500.bind(5) print('is', socket.setDNS(5, 1, '1.1.1.1'), socket.adapter(5))", "is\ttrue\tfalse\t5")]
    [InlineData("w5500.bind(5) local n for i = 1, 8 do n = socket.create(5, print) or 'none' end print('is', n)",
        "is\tnone")]
    [InlineData("print('is', pcall(w5500.bind, 1))",
        "is\tfalse\tw5500.bind of another adapter than socket.ETH0 is not modelled by this virtual Air780E (V1112 " +
        "has it; see docs/fidelity.md)")]
    public void A_script_prints(string script, string expected) => Run(script).Line("is").Text.ShouldBe(expected);

    [Fact]
    public void A_connection_over_it_waits_for_a_link_that_never_comes()
    {
        var bench = Run("w5500.bind(5) local n = socket.create(5, function(n, e) print('event', e) end) " +
            "socket.config(n) print('is', socket.connect(n, '1.2.3.4', 80))");
        bench.Line("is").Text.ShouldBe("is\ttrue\tfalse");
        bench.Lines.ShouldNotContain(line => line.StartsWith("event"));
    }

    private static FakeBench Run(string script) =>
        new FakeBench($"{Init} {script}\nwhile true do rtos.receive(-1) end").PowerOn().RunTo(3);
}
