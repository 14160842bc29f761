using AirHil.Rig.Scenarios;
using AirHil.Rig.Targets;
using AirHil.Rig.Tests.Targets;

namespace AirHil.Live.Tests.Remote;

/// <summary>A virtual module behind a remote bench does what every modem must do.</summary>
public sealed class RemoteVirtualModemTests(ServedBench.OfVirtual bench)
    : ModemConformance, IClassFixture<ServedBench.OfVirtual>
{
    protected override IModemTarget Target => bench.Target;

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
