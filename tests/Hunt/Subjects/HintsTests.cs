using AirHil.Hunt.Subjects;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Hunt.Tests.Subjects;

public sealed class HintsTests
{
    [Theory]
    [InlineData("mqtt.create(nil, 'a.example', 1883):connect()", "such as: Given a broker at \"mqtt://a.example\"")]
    [InlineData(
        "http.request('GET', 'http://10.9.8.7/').wait()",
        "such as: Given a service at \"tcp://10.9.8.7:80\" that echoes")]
    [InlineData("mqtt.create(nil, '', 1883):connect()", "the script calls '', which is no name that a host can have")]
    [InlineData("uart.setup(1, 9600)", "such as: And \"R,{n},21.5\\r\\n\" arrives at UART 1 every 5 s")]
    [InlineData("uart.setup(2, 9600) uart.write(2, 'AT')", "Given a device on UART 2 that answers")]
    [InlineData("i2c.setup(0) i2c.recv(0, 0x44, 2)", "such as: Given a peer \"sht30.lua\" on I2C 0 at 0x44")]
    [InlineData("i2c.setup(1) i2c.recv(1, 0x50, 2)", "Given an I2C device at 0x50 on I2C 1 with the registers:")]
    [InlineData(
        "fskv.init() fskv.set('k', ('x'):rep(5000))", "value too big 5001 max 4096; the function returns false")]
    public async Task What_is_missing_around_a_script_is_told_with_the_step_for_it(string call, string hint)
    {
        await using var bench = new Bench();
        await Run(bench, call);
        Hints.Of(bench).ShouldHaveSingleItem().ShouldContain(hint);
    }

    [Fact]
    public async Task A_topic_on_which_nothing_comes_is_told_with_the_step_for_it()
    {
        const string Subscriber =
            "local c = mqtt.create(nil, 'b.example', 1883) c:auth('id') c:on(function(c, event) " +
            "if event == 'conack' then c:subscribe('dev/+/set') end end) c:connect()";
        await using var bench = new Bench();
        bench.AddService(EndpointText.Parse(ServiceUrl.Parse("mqtt://b.example"), "broker"));
        await Run(bench, Subscriber);
        Hints.Of(bench).ShouldHaveSingleItem().ShouldBe(
            "the script subscribes to dev/+/set and nothing comes there; say what is published, such as: And the " +
            "broker publishes '{\"n\":{n}}' to \"dev/1/set\" every 20 s");
        await bench.ServicePush("mqtt://b.example/dev%2F1%2Fset?qos=0", "1");
        await bench.RunFor(Subject.S(5));
        Hints.Of(bench).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("log.info('well')")]
    [InlineData("i2c.setup(0) for address = 8, 0x77 do i2c.recv(0, address, 1) end")]
    [InlineData(
        "local s = socket.create(nil, function(c, e) if e == socket.ON_LINE then socket.tx(c, 'GET it') end end) " +
        "socket.config(s) socket.connect(s, 'there.example', 9000)")]
    public async Task Where_nothing_is_missing_nothing_is_told(string call)
    {
        await using var bench = new Bench(
            new BenchOptions { Services = [EndpointText.Parse(ServiceUrl.Parse("tcp://there.example:9000"), "echo")] });
        await Run(bench, call);
        Hints.Of(bench).ShouldBeEmpty();
    }

    private static async Task Run(Bench bench, string call)
    {
        bench.Firmware(FirmwareSource.FromText(
            $"sys = require('sys') sysplus = require('sysplus') sys.taskInit(function() sys.waitUntil('IP_READY') " +
            $"{call} end) sys.run()"));
        await bench.ApplyPower();
        await bench.RunFor(Subject.S(30));
    }
}
