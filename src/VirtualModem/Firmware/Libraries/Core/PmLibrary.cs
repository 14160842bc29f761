using System.Globalization;

using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Power;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>pm</c>, as far as it does not put the chip to sleep (hardware reference §8,
/// S:project/luatos/src/luat_pm_ec618.c).
/// </summary>
internal static class PmLibrary
{
    private const int None = 0;
    private const int Idle = 1;
    private const int Light = 2;
    private const int Deep = 3;
    private const int Hibernate = 4;
    private const int PowerKeyMode = 5;
    private const int WorkMode = 6;
    private const int LastPower = 7;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("pm")
        .Add("lastReson", LastReason)
        .Add("power", Power)
        .Add("request", Request)
        .Add("check", Check)
        .Add("reboot", RtosLibrary.Reboot)
        .Add("shutdown", static (in LuaCall call) => call.Continue(Shutdown));

    private static int LastReason(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var reason = (int)host.Cause;
        host.Log.Raw(ErrDumpClient.PowerOnReasonLine(reason));
        return call.Return(0, 0, reason);
    }

    private static int Power(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        var on = (byte)(call[2].IsBoolean ? call.Truthy(2) ? 1 : 0
            : call.State.TryToInteger(call[2], out var number) ? number : 0);
        switch (id)
        {
            case PowerKeyMode:
                // Flash is written, and the line printed, only where it changes.
                if (host.Retained.PowerKeyMode != on)
                {
                    host.Log.Write(LogLevel.Debug, "pm", string.Create(
                        CultureInfo.InvariantCulture, $"powerkey mode {host.Retained.PowerKeyMode} to {on}"));
                    host.Retained.PowerKeyMode = on;
                }

                return call.Return(true);
            case WorkMode when on == 0:
                host.SleepMode = Idle;
                return call.Return(true);
            case WorkMode:
                throw NotModelled.Error(call, $"pm.power(pm.WORK_MODE, {on})");
            default:
                // The supplies of USB, GPS, camera and the like feed nothing that is modelled.
                return call.Return(id is >= 0 and <= LastPower);
        }
    }

    private static int Request(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var mode = call.Int(1);
        if (mode is < None or > Hibernate)
        {
            host.Log.Write(LogLevel.Warn, "pm", $"bad mode={mode}");
            return call.Return(false);
        }

        if (mode > Idle)
        {
            var name = mode switch { Light => "pm.LIGHT", Deep => "pm.DEEP", _ => "pm.HIB" };
            throw NotModelled.Error(call, $"pm.request({name})");
        }

        host.Log.Write(LogLevel.Info, "pm", $"request mode={Name(mode)}, prev={Name(host.SleepMode)}");
        host.SleepMode = mode;
        return call.Return(true);
    }

    /// <summary>Tells the mode asked for last; the chip is asked nothing.</summary>
    private static int Check(in LuaCall call)
    {
        var mode = call.Host<FirmwareHost>().SleepMode;
        return call.Return(mode == None, mode);
    }

    private static string Name(int mode) => mode == None ? "Actv" : "Idle";

    private static IEnumerator<NativeStep> Shutdown(NativeFrame frame)
    {
        ((FirmwareHost)frame.State.Host!).Stop(PowerTrigger.ShutdownRequested);
        yield return NativeStep.Suspend;
    }
}
