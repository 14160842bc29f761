using System.Text.RegularExpressions;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Core;

/// <summary>The libraries of the module itself do what their C does.</summary>
public sealed class CoreLibraryTests
{
    private static FakeBench Run(string script, double seconds = 0.5) =>
        new FakeBench(script + " while true do rtos.receive(-1) end").PowerOn().RunTo(seconds);

    [Theory]
    [MemberData(nameof(CoreRows.OfTheChip), MemberType = typeof(CoreRows))]
    [MemberData(nameof(CoreRows.OfTheDevice), MemberType = typeof(CoreRows))]
    public void A_call_gives_what_v1112_gives(string library, string expression, string expected)
    {
        var bench = Run(
            $"local print = print local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))");
        var line = bench.Lines.First(text => text.StartsWith("is ", StringComparison.Ordinal))[3..];
        var pattern = Regex.Escape(expected).Replace(@"\.\.\.", ".*", StringComparison.Ordinal);
        line.ShouldMatch($"^{pattern}$", library);
    }

    [Theory]
    [MemberData(nameof(CoreRows.Lines), MemberType = typeof(CoreRows))]
    public void A_call_logs_what_v1112_logs(string call, string line) => Run(call).Lines.ShouldContain(line);

    [Theory]
    [MemberData(nameof(CoreRows.Refused), MemberType = typeof(CoreRows))]
    public void The_collection_when_idle_takes_only_sensible_numbers(string arguments) =>
        Run($"rtos.autoCollectMem({arguments})").Lines.ShouldNotContain(
            line => line.Contains("collect param", StringComparison.Ordinal));

    [Fact]
    public void The_system_heap_is_told_with_the_buffers_of_uarts_and_sockets()
    {
        var bench = Run("""
            sys = require("sys")
            local function used() return select(2, rtos.meminfo("sys")) end
            local start = used()
            uart.setup(1, 115200, 8, 1, uart.NONE, uart.LSB, 4096)
            print("uart", used() - start)
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = websocket.create(nil, "ws://svc/")
                c:on(function(_, event) if event ~= "recv" then sys.publish(event) end end)
                c:connect()
                sys.waitUntil("conack")
                local before, _, most = used(), rtos.meminfo("sys")
                c:send(("x"):rep(5000))
                print("sent", used() - before)
                sys.waitUntil("sent")
                print("acked", used() - before, select(3, rtos.meminfo("sys")) >= most)
            end)
            sys.run()
            """, 9);
        int Figure(string name) => int.Parse(
            bench.Line(name + "\t").Text.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);
        Figure("uart").ShouldBeGreaterThanOrEqualTo(4096, bench.Dump());
        Figure("sent").ShouldBeInRange(5008, 5300);
        Figure("acked").ShouldBe(0);
    }

    [Fact]
    public void The_radio_is_released_at_the_time_that_rtime_says()
    {
        static double Second(string rtime)
        {
            var bench = Run($$"""
                sys = require("sys")
                sys.taskInit(function()
                    sys.waitUntil("IP_READY")
                    {{rtime}}
                    local c = websocket.create(nil, "ws://svc/")
                    c:connect()
                    sys.wait(5000)
                    c:send("x")
                end)
                sys.run()
                """, 15);
            var sent = bench.Air.Requests.Where(r => r.Request is AirHil.Modem.Air.AirRequest.SendTcp).ToList();
            return (sent[^1].At - sent[0].At).TotalSeconds;
        }

        (Second("mobile.rtime(3)") - Second("")).ShouldBe(0.62, 0.05); // the packet waits for a new connection
        (Second("mobile.rtime(7)") - Second("")).ShouldBe(0, 0.05);
    }
}
