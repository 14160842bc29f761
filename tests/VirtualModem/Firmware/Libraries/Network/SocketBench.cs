using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>
/// Scripts with sockets on an air of their own: port 1 refuses, port 2 is silent, port 7 echoes, port 9 acknowledges
/// and says nothing, 13 sends a word and closes. Round trip 75 ms, acknowledgements after 50 ms, names after 60 ms.
/// </summary>
internal static class SocketBench
{
    /// <summary>A socket <c>c</c> whose events are logged as the reference writes them.</summary>
    public const string Prelude = """
        sys = require("sys")
        sysplus = require("sysplus")
        names = {[socket.LINK] = "LINK", [socket.ON_LINE] = "ON_LINE", [socket.TX_OK] = "TX_OK",
            [socket.CLOSED] = "CLOSED", [socket.EVENT] = "EVENT"}
        function told(_, event, param) log.info("cb", (names[event] or event) .. "/" .. param) end
        function up() sys.waitUntil("IP_READY") sys.wait(1000) end
        function show(...)
            local t = table.pack(...)
            for i = 1, t.n do t[i] = tostring(t[i]) end
            log.info("got", table.concat(t, ","))
        end
        function online(port, f)
            local s = socket.create(nil, f or told)
            socket.config(s)
            socket.connect(s, "203.0.113.9", port or 9)
            sys.wait(200)
            return s
        end

        """;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan Ack = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs <paramref name="task"/> in a task after the link is up.</summary>
    public static FakeBench Run(string task, double seconds = 30, FakeAir? air = null) =>
        RunScript($"sys.taskInit(function()\nup()\n{task}\nend)", seconds, air);

    public static FakeBench RunScript(string script, double seconds = 30, FakeAir? air = null) =>
        Make(script, air).PowerOn().RunTo(seconds);

    public static FakeBench Make(string script, FakeAir? air = null) =>
        new(Prelude + script + "\nsys.run()") { Air = air ?? Air() };

    public static FakeAir Air() =>
        new() { DnsTime = TimeSpan.FromMilliseconds(60), Other = Ports() };

    /// <summary>What the task showed and what its callbacks got, in order.</summary>
    public static IReadOnlyList<string> Told(this FakeBench bench) =>
    [
        .. bench.Lines.Where(line => line.StartsWith("I/user.got\t", StringComparison.Ordinal)
            || line.StartsWith("I/user.cb\t", StringComparison.Ordinal)).Select(line => line.Split('\t', 2)[1]),
    ];

    private static Func<FakeAir, AirRequest, TimeSpan, bool> Ports()
    {
        var ports = new Dictionary<int, int>();
        return (air, request, now) =>
        {
            switch (request)
            {
                case AirRequest.OpenTcp open:
                    ports[open.Connection] = open.Port;
                    if (open.Port == 1) air.Send(new AirEvent.TcpRefused(open.Connection), now + RoundTrip);
                    else if (open.Port != 2) air.Send(new AirEvent.TcpOpened(open.Connection), now + RoundTrip);
                    if (open.Port != 13) return true;
                    air.Send(new AirEvent.TcpReceived(open.Connection, "day"u8.ToArray()), now + (2 * RoundTrip));
                    air.Send(new AirEvent.TcpClosed(open.Connection, Reset: false), now + (2 * RoundTrip));
                    return true;
                case AirRequest.SendTcp send:
                    air.Send(new AirEvent.TcpAcknowledged(send.Connection, send.Bytes.Length), now + Ack);
                    if (ports[send.Connection] == 7)
                    {
                        air.Send(new AirEvent.TcpReceived(send.Connection, send.Bytes), now + RoundTrip);
                    }

                    return true;
                case AirRequest.SendUdp { Port: 7 } datagram:
                    var answer = new AirEvent.UdpReceived(datagram.Socket, datagram.Address, 7, datagram.Bytes);
                    air.Send(answer, now + RoundTrip);
                    return true;
                case AirRequest.SendUdp:
                    return true;
                default:
                    return false;
            }
        };
    }
}
