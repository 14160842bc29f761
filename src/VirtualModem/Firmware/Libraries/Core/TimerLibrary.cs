using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>timer</c> (L:luat/modules/luat_lib_timer.c): delays in which nothing else of Lua runs. <c>mdelay</c> is
/// vTaskDelay (S:project/luatos/src/luat_timer_ec618.c): it ends on a tick, and other tasks run meanwhile.
/// <c>udelay</c> keeps the processor.
/// </summary>
internal static class TimerLibrary
{
    private const int LongestMs = 1023;
    private const int LongestUs = 3000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("timer")
        .Add("mdelay", static (in LuaCall call) =>
            Units(call, LongestMs) is > 0 ? call.Continue(Sleep) : call.Return())
        .Add("udelay", static (in LuaCall call) =>
        {
            var units = Units(call, LongestUs);
            call.State.Charge(units * call.Host<FirmwareHost>().Parameters.InstructionsPerSecond / 1_000_000);
            return call.Return();
        });

    /// <summary>0: no delay, and no error; also for what is no integer, a float as well.</summary>
    private static long Units(in LuaCall call, int longest) =>
        call[1].IsInteger && call[1].AsInteger is var units and > 0 && units <= longest ? units : 0;

    private static IEnumerator<NativeStep> Sleep(NativeFrame frame)
    {
        yield return ((FirmwareHost)frame.State.Host!).Cpu.Sleep(frame.Arguments[0].AsInteger);
    }
}
