using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The objects with <c>.wait()</c> and <c>.cb(f)</c> that C functions return. <c>sysplus</c> makes them; their results
/// come as a topic of 9 bytes (reference-net §2.1, L:luat/modules/luat_base.c).
/// </summary>
internal static class WaitObject
{
    /// <summary>The call that makes an object; null without sysplus, which is logged.</summary>
    public static NativeStep? Make(LuaState state, FirmwareHost host, out long id)
    {
        id = 0;
        if (Maker(state, host) is not { } maker) return null;
        id = ++host.WaitIds;
        return NativeStep.Call(maker, Topic(state, id));
    }

    /// <summary>The call that makes an object which gives these values at once; null without sysplus.</summary>
    public static NativeStep? MakeDone(LuaState state, FirmwareHost host, LuaValue value) =>
        Maker(state, host) is { } maker ? NativeStep.Call(maker, default, value) : null;

    /// <summary>
    /// The call that hands the results to whoever waits; null without <c>sys</c>. Nobody hears it who waits later.
    /// </summary>
    public static NativeStep? Publish(LuaState state, long id, params ReadOnlySpan<LuaValue> results)
    {
        var publish = state.Globals["sys_pub"];
        return publish.AsFunction is null ? null : NativeStep.Call(publish, [Topic(state, id), .. results]);
    }

    private static LuaValue? Maker(LuaState state, FirmwareHost host)
    {
        var maker = state.Globals["sys_cw"];
        if (maker.AsFunction is not null) return maker;
        host.Log.Write(LogLevel.Error, "main", "sys lib not found!");
        return null;
    }

    private static LuaString Topic(LuaState state, long id)
    {
        var topic = new byte[1 + sizeof(long)];
        topic[0] = 1; // so that no topic of a script is the same
        BinaryPrimitives.WriteInt64LittleEndian(topic.AsSpan(1), id);
        return state.NewString(topic);
    }
}
