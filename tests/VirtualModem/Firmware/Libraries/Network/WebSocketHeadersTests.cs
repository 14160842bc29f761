namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

public class WebSocketHeadersTests
{
    [Theory]
    [InlineData("{Auth = 'Basic A*B-C.D_E'}", "Auth:Basic%20A%2AB%2DC%2ED%5FE\r\n", "true")]
    [InlineData("'X: y\\r\\n'", "X: y\r\n", "true")]
    [InlineData("{Auth = ''}", "", "")]
    [InlineData("12", "12", "true")]
    [InlineData("true", "", "")]
    public void Headers_go_out_as_the_firmware_writes_them(string headers, string wire, string result)
    {
        var bench = new FakeBench(
            $$"""
            sys = require("sys")
            local c = websocket.create(nil, "ws://svc/")
            log.info("headers", c:headers({{headers}}))
            c:connect()
            sys.run()
            """).PowerOn().RunTo(6);
        bench.Line("I/user.headers").Text.Split('\t').Skip(1).FirstOrDefault("").ShouldBe(result);
        var writes = bench.Air.Requests.Select(r => r.Request).OfType<AirHil.Modem.Air.AirRequest.SendTcp>()
            .Select(send => System.Text.Encoding.ASCII.GetString(send.Bytes.Span)).ToArray();
        writes.Length.ShouldBe(wire.Length > 0 ? 3 : 2);
        if (wire.Length > 0) writes[1].ShouldBe(wire);
    }
}
