using AirHil.Modem.Buses;
using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

/// <summary>Runs expressions on a module with or without devices.</summary>
internal static class BusBench
{
    /// <summary>The script prints the values of the expression; the devices answer by the function.</summary>
    public static FakeBench Run(
        string expression, Func<BusRequest, BusAnswer>? devices = null, params DeviceSpot[] spots)
    {
        var bench = new FakeBench(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))\nwhile true do rtos.receive(-1) end")
        {
            Devices = devices,
        };
        foreach (var spot in spots)
        {
            bench.At(0, new ModemCommand.TellDevice(spot, new DeviceOrder.Has(DeviceTable.Parse(""))));
        }

        return bench.PowerOn().RunTo(3);
    }

    public static string Eval(string expression, Func<BusRequest, BusAnswer>? devices = null, params DeviceSpot[] spots)
    {
        var bench = Run(expression, devices, spots);
        return bench.Line("is ").Text[3..];
    }
}
