using System.Text;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Firmware.Scripts;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

namespace AirHil.VirtualModem.Tests.Firmware.Scripts;

/// <summary>AirHil's libnet, by the behaviour of the vendor's (reference-net §2.2, §10.2).</summary>
public sealed class LibnetScriptTests
{
    /// <summary>What a task named T with the socket <c>c</c> does, and what it sees, with the milliseconds.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "waitLink", "took(libnet.waitLink('T', 0, c))", "true 0" },
        { "connect", "took(libnet.connect('T', 15000, c, '203.0.113.9', 9))", "true 75" },
        { "L1: a closed port", "took(libnet.connect('T', 15000, c, '203.0.113.9', 1))", "false 75" },
        { "L2: nobody answers", "took(libnet.connect('T', 5000, c, '203.0.113.9', 2))", "false 5000" },
        {
            "L3: closed and connected again", """
            libnet.connect('T', 5000, c, '203.0.113.9', 2) libnet.close('T', 5000, c) begin()
            took(libnet.connect('T', 5000, c, '203.0.113.9', 9))
            """,
            "true 75"
        },
        { "a second connect", "on(9) took(libnet.connect('T', 1000, c, '203.0.113.9', 9))", "false 0" },
        { "tx", "on(9) took(libnet.tx('T', 5000, c, 'hello'))", "true,false 50" },
        {
            "L4: unread data",
            "on(7) libnet.tx('T', 0, c, 'x') sys.wait(300) begin() took(libnet.wait('T', 30000, c))", "true,true 0"
        },
        { "L5: nothing happens", "on(9) took(libnet.wait('T', 30000, c))", "true,false 30000" },
        { "L6: the peer closes", "on(14) took(libnet.wait('T', 30000, c))", "false,false 1000" },
        {
            "L7: data before the acknowledgement",
            "on(8) took(libnet.tx('T', 5000, c, 'x')) took(libnet.wait('T', 5000, c))", "true,false 50|true,true 0"
        },
        { "L8: a lost link", "on(14) sys.wait(1500) begin() took(libnet.tx('T', 5000, c, 'x'))", "false,true 0" },
        { "L12: close", "on(9) took(libnet.close('T', 5000, c))", " 3" },
        {
            "a manual wake-up",
            "on(9) sys.timerStart(sys_send, 500, 'T', socket.EVENT, 0) took(libnet.wait('T', 5000, c))",
            "true,true 500"
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_does_what_the_vendors_does(string row, string task, string expected)
    {
        var bench = Run(
            $"""
            sysplus.taskInitEx(function()
                up()
                c = socket.create(nil, 'T') socket.config(c)
                function on(port) libnet.connect('T', 5000, c, '203.0.113.9', port) begin() end
                begin()
                {task}
            end, 'T', function() end)
            """);
        bench.Told().ShouldBe(expected.Split('|'), $"{row}\n{bench.Dump()}");
    }

    [Fact]
    public void A_wrong_name_is_told_by_sysplus_and_the_socket_is_closed() // L9
    {
        var bench = Run(
            """
            sysplus.taskInitEx(function()
                up()
                c = socket.create(nil, 'T') socket.config(c)
                libnet.connect('T', 5000, c, '203.0.113.9', 9)
                libnet.close('OTHER', 5000, c) show(socket.discon(c))
            end, 'T', function() end)
            """);
        bench.Lines.ShouldContain("E/user.sysplus\tsys.taskInitEx启动的task才能使用waitMsg");
        bench.Told().ShouldBe(["true,true"]);
    }

    [Fact]
    public void There_is_no_other() =>
        Should.Throw<ArgumentException>(() => ShippedScripts.Source("httpplus")).Message.ShouldContain("httpplus");

    private static FakeBench Run(string script)
    {
        var main = SocketBench.Prelude +
            """
            libnet = require("libnet")
            local started
            function begin() started = mcu.ticks() end
            function took(...)
                local t = table.pack(...)
                for i = 1, t.n do t[i] = tostring(t[i]) end
                log.info("got", table.concat(t, ",") .. " " .. mcu.ticks() - started)
                begin()
            end

            """ + script + "\nsys.run()";
        var air = SocketBench.Air();
        var others = air.Other!;
        air.Other = (fake, request, now) =>
        {
            switch (request)
            {
                case AirRequest.OpenTcp { Port: 14 } open:
                    others(fake, request, now);
                    fake.Send(new AirEvent.TcpClosed(open.Connection, Reset: false),
                        now + TimeSpan.FromMilliseconds(1075));
                    return true;
                case AirRequest.SendTcp { Connection: 1 } send when fake.Requests.Any(
                    sent => sent.Request is AirRequest.OpenTcp { Port: 8 }):
                    fake.Send(new AirEvent.TcpReceived(1, send.Bytes), now + TimeSpan.FromMilliseconds(20));
                    return others(fake, request, now);
                default:
                    return others(fake, request, now);
            }
        };
        return new FakeBench(new FirmwareImage(
        [
            new("main.lua", Encoding.UTF8.GetBytes(main)), new("libnet.lua", ShippedScripts.Source("libnet")),
        ]))
        {
            Air = air,
        }.PowerOn().RunTo(60);
    }
}
