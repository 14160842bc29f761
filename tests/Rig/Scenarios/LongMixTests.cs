using System.Globalization;
using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service.Machine;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Scenarios;

/// <summary>
/// A script with every client, for long, under random faults. CI takes a day or so; AIRHIL_LONG_DAYS=30 takes a month,
/// in which the module's counter of milliseconds passes 2^31.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class LongMixTests
{
    private const string Script =
        """
        sys = require("sys")
        require("sysplus")
        fskv.init()
        local counts = {ws = 0, mqtt = 0, http = 0}
        local function count(name)
            counts[name] = counts[name] + 1
            fskv.set(name, counts[name])
        end
        sys.taskInit(function()
            sys.waitUntil("IP_READY")
            local ws = websocket.create(nil, "ws://ws.example.test/feed")
            ws:autoreconn(true, 3000)
            ws:on(function(client, event) if event == "recv" then count("ws") end end)
            ws:connect()
            local mq = mqtt.create(nil, "broker.example.test", 1883)
            mq:auth("mix")
            mq:keepalive(60)
            mq:autoreconn(true, 3000)
            mq:on(function(client, event)
                if event == "conack" then client:subscribe("loop", 1) end
                if event == "recv" then count("mqtt") end
            end)
            mq:connect()
            while true do
                sys.wait(60000)
                if ws:ready() then ws:send("beat") end
                if mq:ready() then mq:publish("loop", "beat", 1) end
                local code = http.request("GET", "http://web.example.test/", nil, nil, {timeout = 20000}).wait()
                if code == 200 then count("http") end
            end
        end)
        local hours = 0
        sys.timerLoopStart(function()
            hours = hours + 1
            log.info("hour", hours, fskv.get("ws"), fskv.get("mqtt"), fskv.get("http"), collectgarbage("count") < 200)
        end, 3600000)
        sys.run()
        """;

    private static int Days => LongRun.Number("AIRHIL_LONG_DAYS", 1);

    [Fact]
    public async Task Every_client_goes_on_and_nothing_grows_or_drifts()
    {
        var length = TimeSpan.FromDays(Days) + TimeSpan.FromHours(1);
        await using var bench = new Bench(new BenchOptions
        {
            KeptEvents = 1000,
            Services =
            [
                EndpointText.Parse("ws://ws.example.test/feed=echo"),
                EndpointText.Parse("mqtt://broker.example.test=broker"),
                EndpointText.Parse("http://web.example.test/=200 fine"),
            ],
        });
        bench.Firmware(FirmwareSource.FromText(Script));
        var hours = new List<(TimeSpan At, string Text)>();
        bench.Watch(sighting =>
        {
            if (sighting.Event is LogLine line && line.Text.StartsWith("I/user.hour\t", StringComparison.Ordinal))
            {
                hours.Add((line.At, line.Text));
            }
        });
        bench.Schedule(RandomFaults.Generate(7, length));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromHours(2));
        var before = GC.GetTotalMemory(true);
        await bench.RunFor(length - bench.Now);

        var summary = bench.Summary();
        summary.Errors.ShouldBeEmpty();
        summary.Resets.Count(reset => reset.Reason == StartReason.Watchdog).ShouldBe(0);
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(64L << 20);
        hours.Count.ShouldBeGreaterThanOrEqualTo(Days * 24);
        hours.ShouldAllBe(hour => hour.Text.EndsWith("true", StringComparison.Ordinal));
        for (var i = 1; i < hours.Count; i++)
        {
            (hours[i].At - hours[i - 1].At).TotalHours.ShouldBe(1, 0.001);
        }

        // Each client answered again and again until the end.
        var counts = hours[^1].Text.Split('\t')[2..5]
            .Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        counts.ShouldAllBe(count => count > Days * 24 * 5);
    }
}
