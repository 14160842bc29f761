
using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Power;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>pm</c> (hardware reference §8, L:luat/modules/luat_lib_pm.c, S:project/luatos/src/luat_pm_ec618.c).
/// </summary>
internal static class PmLibrary
{
    private const int None = 0;
    private const int Idle = 1;
    private const int Light = 2;
    private const int Hibernate = 4;
    private const int Usb = 0;
    private const int DacEnable = 4;
    private const int PowerKeyMode = 5;
    private const int WorkMode = 6;
    private const int LastPower = 7;

    /// <summary>The pad that pm.DAC_EN and pm.LDO_CTL drive.</summary>
    private const int RegulatorPin = 12;

    /// <summary>The pad that pm.GPS, pm.GPS_ANT and pm.CAMERA drive.</summary>
    private const int SupplyPin = 13;

    /// <summary>LUAT_PM_POWER_MODE_POWER_SAVER.</summary>
    private const int PowerSaver = 3;

    private static readonly string[] Names = ["Actv", "Idle", "Slp1", "Slp2", "Hibn"];

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
        host.Log.Raw(ErrDumpClient.PowerOnReasonLine(host.CauseNumber));
        return call.Return((int?)host.WakeUp?.Source ?? 0, host.WakeUp?.StateNumber ?? 0, host.CauseNumber);
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
            case WorkMode:
                host.Cellular.WorkMode = on;
                host.Sleep.Requested = on switch { 0 => Idle, PowerSaver => Hibernate, _ => Light };
                return call.Return(true);
            case Usb:
                host.Sleep.IsUsbOn = on != 0;
                host.Sleep.IgnoresUsb = on == 0;
                host.Sleep.Consider();
                return call.Return(true);
            default:
                // The supplies of GPS, camera and the like are two pins.
                if (id is < 0 or > LastPower) return call.Return(false);
                host.Pins.SetOutput(id is DacEnable or LastPower ? RegulatorPin : SupplyPin, on != 0);
                return call.Return(true);
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

        host.Log.Write(LogLevel.Info, "pm", $"request mode={Names[mode]}, prev={Names[host.Sleep.Requested]}");
        host.Sleep.IgnoresUsb = false;
        host.Sleep.Requested = mode;
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

        host.Log.Write(LogLevel.Info, "pm", $"force request mode={mode}, prev mode={host.Sleep.Requested}");
        host.Sleep.IgnoresUsb = true;
        host.Sleep.Requested = mode;
        return call.Return(0);
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
                call.IntOf(table[i], -1);
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
        var mode = call.Host<FirmwareHost>().Sleep.Requested;
        return call.Return(mode == None, mode);
    }

    private static IEnumerator<NativeStep> Shutdown(NativeFrame frame)
    {
        ((FirmwareHost)frame.State.Host!).Stop(PowerTrigger.ShutdownRequested);
        yield return NativeStep.Suspend;
    }
}
