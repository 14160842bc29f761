using AirHil.Modem.Units;

namespace AirHil.Steps.Drivers;

/// <summary>A small WebSocket client in Lua, for scenarios whose subject is the firmware and not a script.</summary>
internal static class ClientScript
{
    public static string For(string url, int? reconnectMs = null, string? headerText = null, string? sendOnce = null) =>
        $$"""
        PROJECT = "client"
        VERSION = "1.0.0"
        _G.sys = require("sys")
        sys.taskInit(function()
          sys.waitUntil("IP_READY")
          local wsc = websocket.create(nil, {{Quoted(url)}})
          {{(headerText is null ? "" : $"wsc:headers({Quoted(Escapes.ToText(headerText))})")}}
          {{(reconnectMs is null ? "" : $"wsc:autoreconn(true, {reconnectMs})")}}
          wsc:on(function(wsc, event, data, fin, opcode)
            if data and #data > 200 then
              log.info("size", #data)
            else
              log.info("wsc", event, data, fin, opcode)
            end
            if event == "conack" then sys.publish("up") end
          end)
          wsc:connect()
          sys.waitUntil("up")
          {{(sendOnce is null ? "" : $"wsc:send({Quoted(Escapes.ToText(sendOnce))})")}}
        end)
        sys.run()
        """;

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
