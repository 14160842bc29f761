using System.Globalization;

using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Power;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>pm</c>, as far as it does not put the chip to sleep (reference §7.2).</summary>
internal static class PmLibrary
{
    private const int None = 0;
    private const int Idle = 1;
    private const int Light = 2;
    private const int Deep = 3;
    private const int Hibernate = 4;
    private const int PowerKeyMode = 5;
    private const int WorkMode = 6;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("pm")
        .Add("lastReson", LastReason)
        .Add("power", Power)
        .Add("request", Request)
        .Add("check", static (in LuaCall call) => call.Return(false, None))
        .Add("reboot", static (in LuaCall call) => call.Continue(RtosLibrary.Reboot))
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
        var id = call.Integer(1);
        switch (id)
        {
            case PowerKeyMode:
                var mode = call[2].IsBoolean ? call.Truthy(2) : call.IntegerOr(2, 0) != 0;
                // Flash is written, and the line printed, only where it changes.
                if (host.Retained.PowerKeyDebounce != mode)
                {
                    host.Log.Write(LogLevel.Debug, "pm", string.Create(
                        CultureInfo.InvariantCulture,
                        $"powerkey mode {(host.Retained.PowerKeyDebounce ? 1 : 0)} to {(mode ? 1 : 0)}"));
                    host.Retained.PowerKeyDebounce = mode;
                }

                return call.Return(true);
            case WorkMode when call.IntegerOr(2, 0) == 0:
                return call.Return(true);
            case WorkMode:
                throw NotModelled.Error(call, $"pm.power(pm.WORK_MODE, {call.IntegerOr(2, 0)})");
            default:
                // The supplies of USB, GPS, camera and the like feed nothing that is modelled.
                return call.Return(true);
        }
    }

    private static int Request(in LuaCall call)
    {
        var mode = call.Integer(1);
        if (mode is not (None or Idle))
        {
            var name = mode switch { Light => "pm.LIGHT", Deep => "pm.DEEP", Hibernate => "pm.HIB", _ => $"{mode}" };
            throw NotModelled.Error(call, $"pm.request({name})");
        }

        call.Host<FirmwareHost>().Log.Write(
            LogLevel.Info, "pm", $"request mode={(mode == None ? "Actv" : "Idle")}, prev=Actv");
        return call.Return(true);
    }

    private static IEnumerator<NativeStep> Shutdown(NativeFrame frame)
    {
        ((FirmwareHost)frame.State.Host!).Stop(PowerTrigger.ShutdownRequested);
        yield return NativeStep.Suspend;
    }
}
