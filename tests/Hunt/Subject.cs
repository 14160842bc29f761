using AirHil.Hunt.Subjects;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;

namespace AirHil.Hunt.Tests;

/// <summary>A small script to hunt: it forwards lines, and forgets what comes while it is not connected.</summary>
internal static class Subject
{
    public const string Forgetful =
        """
        sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        local up = false
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local client = websocket.create(nil, "ws://meter.example/feed")
          client:autoreconn(true, 3000)
          client:on(function(_, event)
            if event == "conack" then up = true elseif event == "disconnect" then up = false end
          end)
          uart.on(1, "receive", function(id)
            local no = uart.read(id, 100):match("R,(%d+)")
            if up and no then client:send(json.encode({no = tonumber(no)})) end
          end)
          client:connect()
        end)
        sys.run()
        """;

    public static HuntSubject Create(params string[] kinds) => new()
    {
        Options = new BenchOptions { KeptEvents = 1000 },
        Firmware = FirmwareSource.FromText(Forgetful),
        Endpoints = [new Endpoint(ServiceUrl.Parse("ws://meter.example/feed"), new Silent())],
        Acts =
        [
            new ScheduledAct(TimeSpan.Zero, new SwitchOn()),
            new ScheduledAct(S(20), Repeat.Uart(1, "R,{n}\n", S(2))),
        ],
        Length = S(60),
        Properties =
        [
            new EveryTextArrives("R,{no}", Place.Parse("UART 1"), Place.Parse("the service"), "{\"no\": no}", S(10)),
        ],
        Settling = S(20),
        Kinds = kinds,
    };

    public static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
