
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
        .Add("force", Force)
        .Add("check", Check)
        .Add("ioVol", IoVoltage)
        .Add("wakeupPin", WakeupPin)
        .Add("dtimerStart", TimerStart)
        .Add("dtimerStop", TimerStop)
        .Add("dtimerCheck", TimerCheck)
        .Add("dtimerList", TimerList)
        .Add("dtimerWkId", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().DeepTimers.LastExpired ?? -1))
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
                    host.Log.Write(LogLevel.Debug, "pm", $"powerkey mode {host.Retained.PowerKeyMode} to {on}");
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

        CheckModelled(call, "request", mode);
        host.Log.Write(LogLevel.Info, "pm", $"request mode={Name(mode)}, prev={Name(host.SleepMode)}");
        host.SleepMode = mode;
        return call.Return(true);
    }

    /// <summary>As request, but USB does not hold the chip awake; the result is a number.</summary>
    private static int Force(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var mode = call.Int(1);
        if (mode is < None or > Hibernate)
        {
            host.Log.Write(LogLevel.Warn, "pm", $"bad mode={mode}");
            return call.Return(-2);
        }

        CheckModelled(call, "force", mode);
        host.Log.Write(LogLevel.Info, "pm", $"force request mode={mode}, prev mode={host.SleepMode}");
        host.SleepMode = mode;
        return call.Return(0);
    }

    private static void CheckModelled(in LuaCall call, string function, int mode)
    {
        if (mode <= Idle) return;
        var name = mode switch { Light => "pm.LIGHT", Deep => "pm.DEEP", _ => "pm.HIB" };
        throw NotModelled.Error(call, $"pm.{function}({name})");
    }

    /// <summary>Sets the voltage of a high level, mV: 1650 to 2000 or from 2650 on; else it is cut.</summary>
    private static int IoVoltage(in LuaCall call)
    {
        var id = call.IntOr(1, 0);
        var millivolts = call[2].IsBoolean ? call.Truthy(2) ? 1 : 0 : call[2].IsInteger ? call.Int(2) : 3300;
        if (millivolts is <= 2000 or >= 2650) return call.Return(true);
        call.Host<FirmwareHost>().Log.Write(
            LogLevel.Warn, "pm", $"iovolt: out of range {id} {millivolts}");
        return call.Return(false);
    }

    /// <summary>EC618 has no such choice: a warning for each pin.</summary>
    private static int WakeupPin(in LuaCall call)
    {
        _ = call.IntOr(2, 0);
        var log = call.Host<FirmwareHost>().Log;
        if (call[1].AsTable is { } table)
        {
            for (var i = 1L; i <= table.Length; i++)
            {
                if (!call.State.TryToInteger(table[i], out _))
                {
                    throw call.ArgumentError(
                        -1, $"number expected, got {call.State.TypeNameForError(table[i], absent: false)}");
                }

                log.Write(LogLevel.Warn, "pm", "not support yet");
            }
        }
        else if (call.State.TryToNumber(call[1], out _))
        {
            _ = call.Int(1);
            log.Write(LogLevel.Warn, "pm", "not support yet");
        }

        return call.Return(true);
    }

    private static int TimerStart(in LuaCall call)
    {
        var id = call.Int(1);
        var milliseconds = call.UInt(2);
        if (!DeepSleepTimers.Exists(id)) return call.Return(false);
        call.Host<FirmwareHost>().DeepTimers.Start(id, milliseconds);
        return call.Return(true);
    }

    private static int TimerStop(in LuaCall call)
    {
        var id = call.Int(1);
        if (DeepSleepTimers.Exists(id)) call.Host<FirmwareHost>().DeepTimers.Stop(id);
        return call.Return();
    }

    /// <summary>The question deletes a timer that has 500 ms or less.</summary>
    private static int TimerCheck(in LuaCall call)
    {
        var id = call.Int(1);
        if (!DeepSleepTimers.Exists(id)) return call.Return(false);
        var host = call.Host<FirmwareHost>();
        var left = host.DeepTimers.Remaining(id);
        host.Log.Write(LogLevel.Debug, "pm", $"dtimer check id {id}, remain {left} ms");
        if (unchecked((uint)left) <= 500) host.DeepTimers.Stop(id);
        return host.DeepTimers.IsRunning(id) ? call.Return(true, left) : call.Return(false);
    }

    /// <summary>The C code never counts what it lists.</summary>
    private static int TimerList(in LuaCall call) => call.Return(call.State.NewTable());

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
