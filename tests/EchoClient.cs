namespace AirHil.Tests;

/// <summary>A script that connects to a WebSocket, comes back a second after it was lost, and says "hello".</summary>
internal static class EchoClient
{
    public static string For(string url) =>
        $$"""
        _G.sys = require("sys")
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local c = websocket.create(nil, "{{url}}")
          c:autoreconn(true, 1000)
          c:on(function(c, event, data)
            log.info("ws", event, data)
            if event == "conack" then c:send("hello") end
          end)
          c:connect()
        end)
        sys.run()
        """;
}
