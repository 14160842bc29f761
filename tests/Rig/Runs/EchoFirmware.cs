using System.Globalization;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>The script that <see cref="ModemConformance"/> wants on a module that runs Lua.</summary>
internal static class EchoFirmware
{
    /// <summary>Logs "ready", then "alive" with every beat, and sends back what UART 1 receives.</summary>
    public static FirmwareSource WithBeatOf(TimeSpan beat) => FirmwareSource.FromText(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        _G.sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len)
          local data = uart.read(id, len)
          if #data > 0 then uart.write(id, data) end
        end)
        log.info("ready")
        sys.timerLoopStart(function() log.info("alive") end, {beat.TotalMilliseconds:0})
        sys.run()
        """));
}
