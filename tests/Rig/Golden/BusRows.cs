namespace AirHil.Rig.Tests.Golden;

/// <summary>Sections 5, 6 and 7 of the hardware reference: i2c, spi and uart.</summary>
internal static class BusRows
{
    private const string NoAnswer = "i2c_failed 296:i2c0 从机地址38 无应答";

    private const string Answered =
        "uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25) uart.write(1, '0123456789')";

    public static IEnumerable<ReferenceRow> All =>
        from row in (ReferenceRow[])[.. TwoWires, .. FourWires, .. Lines]
        select row with { IsEarly = true, IsBare = true, Seconds = 6 };

    private static ReferenceRow[] TwoWires =>
    [
        new("5.1 three bytes", "show(i2c.setup(0, i2c.FAST)) show(i2c.send(0, 0x38, {0xAC, 0x33, 0x00}))", "1|true")
        {
            Acts = ["0s device i2c 0 0x38 has AC:1122"], Wires = ["i2c: AC3300"],
        },
        new("5.2 nothing is there", "i2c.setup(0) show(i2c.send(0, 0x38, 1))", "false") { Lines = [NoAnswer] },
        new("5.3 nothing to receive from",
            "i2c.setup(0) local s = i2c.recv(0, 0x38, 1) show(#s, s:byte()) " +
            "show((select(2, pack.unpack(s, 'b'))))", "0|nil")
        {
            Lines = [NoAnswer, "D/i2c i2c receive result -6"],
        },
        new("5.4 no such bus", "show(i2c.setup(2)) show(i2c.send(2, 0x38, 1), #i2c.recv(2, 0x38, 1))", "0|false,0")
        {
            Lines = ["D/i2c i2c receive result -1"],
        },
        new("5.5 registers in two transactions", "i2c.setup(0) show(i2c.readReg(0, 0x38, 4, 3):toHex())", "040506,6")
        {
            Acts = ["0s device i2c 0 0x38 has 00:000102030405060708090A0B0C0D0E0F"], Wires = ["i2c: 04, -"],
        },
        new("5.6 a transfer of nil writes",
            "i2c.setup(0) local ok, s = i2c.transfer(0, 0x38, nil, nil, 2) show(ok, #s) " +
            "show(i2c.readReg(0, 0x38, 0, 1):byte())",
            "true,2|0") { Acts = ["0s device i2c 0 0x38 has 00:FF"], Wires = ["i2c: 0000, 00, -"] },
        new("5.7 the third byte is refused", "i2c.setup(0) show(i2c.send(0, 0x38, 'abc'))", "false")
        {
            Acts = ["0s device i2c 0 0x38 has 00:FF", "0s device i2c 0 0x38 refuses 2"], Lines = [NoAnswer],
        },
        new("5.8 the clock is held", "i2c.setup(0) begin() took(#i2c.recv(0, 0x38, 1))", "0,25..26")
        {
            Acts = ["0s device i2c 0 0x38 has 00:FF", "0s device i2c 0 0x38 stretches 30ms"],
            Lines = ["i2c_failed 299:i2c0 从机地址38 传输超时", "D/i2c i2c receive result -13"],
        },
        new("5.9 a float is its text", "i2c.setup(0) show(i2c.send(0, 0x38, 3.0))", "true")
        {
            Acts = ["0s device i2c 0 0x38 has 00:FF"], Wires = ["i2c: 332E303030303030"],
        },
    ];

    private static ReferenceRow[] FourWires =>
    [
        new("6.1 send and receive",
            "show(spi.setup(0, 8, 0, 0, 8, 2000000)) show(spi.send(0, '\\x9f')) show(#spi.recv(0, 3))", "0|1|3")
        {
            Wires = ["8: High, Low, High, Low, High", "spi: 9F, 000000"],
        },
        new("6.2 another chip select", "show(spi.setup(0, 20), spi.send(0, 'a'))", "0,1") { Wires = ["20: "] },
        new("6.3 one byte of four", "spi.setup(0, 8) show(#spi.transfer(0, '\\x9f\\0\\0\\0'))", "1")
        {
            Wires = ["spi: 9F"],
        },
        new("6.4 four bytes both ways", "spi.setup(0, 8) show(#spi.transfer(0, '\\x9f\\0\\0\\0', 4, 4))", "4")
        {
            Wires = ["spi: 9F000000"],
        },
        new("6.5 no such bus", "show(spi.setup(5)) show(spi.send(5, 'a')) count(spi.recv(5, 1))", "-1|-1|0"),
        new("6.6 a device in half duplex",
            "local d = spi.deviceSetup(0, 8, 0, 0, 8, 1000000, 1, 1, 0) show(#d:transfer('\\3\\0\\0\\0', 4, 16))", "16")
        {
            Wires = ["8: High, Low, High", "spi: 0300000000000000000000000000000000000000"],
        },
        new("6.7 nothing is there", "spi.setup(0, 8) show(spi.recv(0, 3):byte(1, -1))", "255,255,255"),
    ];

    private static ReferenceRow[] Lines =>
    [
        new("7.4 the script waits for the last bit",
            "uart.setup(1, 9600, 8, 1, uart.NONE, uart.LSB, 1024, 25) begin() uart.write(1, '0123456789') " +
            "took(uart.wait485(1) > 0) show(gpio.get(25))",
            "true,10..11|0") { Wires = ["25: Low, High, Low"] },
        new("7.5 an answer before the driver is off", Answered, "")
        {
            Acts = ["100ms after uart1.tx 0.1ms uart 'ok'"], Kind = "modem.notice", Times = [0.26],
        },
        new("7.5 an answer behind it", Answered, "")
        {
            Acts = ["100ms after uart1.tx 1.5ms uart 'ok'"], Kind = "modem.notice",
        },
        new("7.6 one soft UART", "show(uart.createSoft(1, 0, 2, 1)) show((uart.createSoft(1, 0, 2, 1)))", "4|nil"),
    ];
}
