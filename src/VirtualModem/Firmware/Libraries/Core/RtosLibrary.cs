using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>rtos</c> (reference §2.7); its heart is <c>receive</c>, in which every callback runs.</summary>
internal static class RtosLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("rtos")
        .Add("timer_start", TimerStart)
        .Add("timer_stop", TimerStop)
        .Add("receive", Receive)
        .Add("reboot", Reboot)
        .Add("standy", static (in LuaCall call) =>
        {
            call.Int(1);
            return call.Return();
        })
        .Add("buildDate", static (in LuaCall call) => call.Return("Sep  3 2024"))
        .Add("bsp", static (in LuaCall call) => call.Return("EC618"))
        .Add("version", static (in LuaCall call) => call.Return(Release(call)))
        .Add("firmware", static (in LuaCall call) => call.Return($"LuatOS-SoC_{Release(call)}_EC618"))
        .Add("meminfo", MemoryInfo)
        .Add("setPaths", SetPaths)
        .Add("nop", static (in LuaCall call) => call.Return())
        .Add("autoCollectMem", AutoCollect);

    private static string Release(in LuaCall call) =>
        FirmwareRelease.Name(call.Host<FirmwareHost>().Parameters.Firmware);

    /// <summary>rtos.reboot and pm.reboot: nothing is logged, nothing of Lua runs afterwards.</summary>
    public static int Reboot(in LuaCall call)
    {
        call.IntOr(1, 0);
        return call.Continue(RebootNow);
    }

    private static IEnumerator<NativeStep> RebootNow(NativeFrame frame)
    {
        ((FirmwareHost)frame.State.Host!).Stop(PowerTrigger.RebootRequested);
        yield return NativeStep.Suspend;
    }

    private static int TimerStart(in LuaCall call)
    {
        var id = call.Int(1);
        var timeout = call.UInt(2); // A size_t (reference §2.2).
        var repeat = call.IntOr(3, 0);
        if (timeout < 1) return call.Return(0);
        var host = call.Host<FirmwareHost>();
        if (host.Timers.Start(id, timeout, repeat)) return call.Return(1);
        host.Log.Write(LogLevel.Debug, "rtos", "start timer fail, free timer 00000000");
        return call.Return(0);
    }

    private static int TimerStop(in LuaCall call)
    {
        if (call[1].IsInteger) call.Host<FirmwareHost>().Timers.Stop(call[1].AsInteger);
        return call.Return();
    }

    private static int Receive(in LuaCall call)
    {
        call.Int(1);
        return call.Continue(ReceiveOne);
    }

    private static IEnumerator<NativeStep> ReceiveOne(NativeFrame frame)
    {
        var host = (FirmwareHost)frame.State.Host!;
        frame.State.TryToInteger(frame.Arguments[0], out var timeout);
        if (host.Board.Mailbox.Count != 0)
        {
            host.IdleCollection.ReceiveIsBusy();
        }
        else
        {
            host.IdleCollection.ReceiveIsIdle(frame.State);
            // A uint32_t of milliseconds; its largest value waits for ever (luat_msgbus_get).
            var milliseconds = unchecked((uint)timeout);
            host.Cpu.ReceiveWithin(milliseconds == uint.MaxValue ? -1 : milliseconds);
        }

        IMailboxMessage message;
        while (!host.Board.Mailbox.TryTake(out message))
        {
            yield return NativeStep.Suspend;
            if (!host.Cpu.TimedOut || host.Board.Mailbox.Count != 0) continue;
            frame.Return(-1);
            yield break;
        }

        host.Cpu.Received();
        using var steps = message.Deliver(frame);
        while (steps.MoveNext()) yield return steps.Current;
    }

    private static int MemoryInfo(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        return (call.StringOrNull(1) is { } kind ? LuaText.Path(kind) : "lua") switch
        {
            "sys" => call.Return(host.SystemHeap.Total, host.SystemHeap.Used, host.SystemHeap.Peak),
            "psram" => call.Return(0, 0, 0),
            _ => call.Return(
                host.Parameters.HeapBytes, LuaValue.Integer(call.State.HeapUsed),
                LuaValue.Integer(call.State.HeapPeak)),
        };
    }

    private static int SetPaths(in LuaCall call)
    {
        var patterns = new string[ScriptLoader.UserPaths];
        for (var i = 0; i < patterns.Length; i++)
        {
            // Anything but a string or a number leaves its place empty.
            patterns[i] = call[i + 1].AsString is not null || call[i + 1].IsNumber
                ? LuaText.Path(call.String(i + 1))
                : "";
        }

        call.Host<FirmwareHost>().Scripts.SetUserPaths(patterns);
        return call.Return();
    }

    private static int AutoCollect(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var period = call.UIntOr(1, 100);
        var warn = call.UIntOr(2, 80);
        var force = call.UIntOr(3, 90);
        if (period > 60_000 || warn is < 50 or > 95 || force is < 50 or > 95 || warn >= force) return call.Return();
        var collection = host.IdleCollection;
        host.Log.Write(
            LogLevel.Debug, "rtos",
            $"mem collect param {collection.Period},{collection.WarnPercent},{collection.ForcePercent} -> " +
            $"{period},{warn},{force}");
        (collection.Period, collection.WarnPercent, collection.ForcePercent) = ((int)period, (int)warn, (int)force);
        return call.Return();
    }
}
