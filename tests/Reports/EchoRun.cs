using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Reports.Tests;

/// <summary>A module that says something to the vendor's echo service and hears it.</summary>
internal static class EchoRun
{
    /// <summary>The events of 20 s.</summary>
    public static async Task<IReadOnlyList<SessionEvent>> Events()
    {
        await using var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText(
            """
            sys = require("sys")
            sys.taskInit(function()
                sys.waitUntil("IP_READY")
                local c = websocket.create(nil, "ws://echo.airtun.air32.cn/ws/echo")
                c:on(function(client, event)
                    if event == "conack" then client:send('{"action":"echo","msg":"hi"}') end
                end)
                c:connect()
            end)
            sys.run()
            """));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(20));
        return [.. bench.Events];
    }
}
