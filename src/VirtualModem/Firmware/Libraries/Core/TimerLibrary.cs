using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>timer</c>: delays that keep the CPU, so nothing else of Lua runs and nobody feeds the watchdog (reference §8).
/// </summary>
internal static class TimerLibrary
{
    private const int LongestMs = 1023;
    private const int LongestUs = 3000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("timer")
        .Add("mdelay", static (in LuaCall call) => Delay(call, LongestMs, 1000))
        .Add("udelay", static (in LuaCall call) => Delay(call, LongestUs, 1_000_000));

    private static int Delay(in LuaCall call, int longest, int unitsPerSecond)
    {
        // What is no integer, a float as well, is no error and no delay.
        var units = call[1].IsInteger ? call[1].AsInteger : 0;
        if (units > 0 && units <= longest)
        {
            call.State.Charge(units * call.Host<FirmwareHost>().Parameters.InstructionsPerSecond / unitsPerSecond);
        }

        return call.Return();
    }
}
