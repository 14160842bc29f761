using AirHil.Rig.Scenarios;
using AirHil.Rig.Targets;

namespace AirHil.Rig.Tests.Targets;

public sealed class VirtualModemTests : ModemConformance
{
    protected override IModemTarget Target => new VirtualTarget();

    protected override FirmwareSource Firmware => FirmwareSource.FromText(
        """
        _G.sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id, len)
          local data = uart.read(id, len)
          if #data > 0 then uart.write(id, data) end
        end)
        log.info("ready")
        sys.timerLoopStart(function() log.info("alive") end, 1000)
        sys.run()
        """);
}
