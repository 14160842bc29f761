using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;

namespace AirHil.VirtualModem.Firmware.Libraries.Audio;

/// <summary>
/// <c>i2s</c> (L:luat/modules/luat_lib_i2s.c, S:project/luatos/src/luat_audio_ec618.c). On EC618 it sets up and
/// receives; <c>audio</c> sends. <c>play</c> gives Lua a number of results that it cannot have, and is not modelled.
/// </summary>
internal static class I2sLibrary
{
    private const int Failed = -1;

    /// <summary>I2S_DEVICE_MAX_CNT.</summary>
    private const int Ports = 2;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("i2s")
        .Add("setup", Setup)
        .Add("send", Send)
        .Add("recv", Receive)
        .Add("close", static (in LuaCall call) =>
        {
            // It stops the sender; what is received goes on.
            _ = call.Int(1);
            return call.Return();
        })
        .Add("on", On)
        .Add("txStat", static (in LuaCall call) =>
        {
            _ = call.Int(1);
            return call.Return(0, 0);
        })
        .Add("pause", static (in LuaCall call) => call.Return())
        .Add("stop", static (in LuaCall call) =>
        {
            if (Port(call, unchecked((byte)call.Int(1))) is { } port) port.Stop();
            return call.Return();
        });

    private static I2sReceiver? Port(in LuaCall call, int id) =>
        (uint)id < Ports ? call.Host<FirmwareHost>().I2s[id] : null;

    private static int Setup(in LuaCall call)
    {
        var port = Port(call, unchecked((byte)call.Int(1)));
        _ = call.IntOr(2, 0);
        var hertz = call.UIntOr(3, 44_100);
        _ = call.IntOr(4, 16);
        var sides = unchecked((byte)call.IntOr(5, 2));
        _ = call.IntOr(6, 0);
        _ = call.IntOr(7, 16);
        if (port is null) return call.Return(false, Failed);
        port.Setup(hertz);
        foreach (var any in call.Host<FirmwareHost>().I2s) any.Channels = sides < 2 ? 1u : 2u;
        return call.Return(true, 0);
    }

    /// <summary>Not on EC618: it looks at its arguments and fails.</summary>
    private static int Send(in LuaCall call)
    {
        _ = call.Int(1);
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is null) _ = call.String(2);
        // What the driver returns is compared with the length.
        var length = call[3].IsNumber ? call.Int(3) : 0;
        return call.Return(length == Failed, Failed);
    }

    private static int Receive(in LuaCall call)
    {
        var id = call.Int(1);
        if (id >= Ports) return call.Return(false);
        var buffer = ZbuffLibrary.ArgumentOrNull(call, 2);
        var bytes = call.UInt(3);
        if (Port(call, id) is not { } port)
        {
            call.Host<FirmwareHost>().Notice(string.Create(
                CultureInfo.InvariantCulture, $"i2s.recv({id}): the module writes outside of its table of buffers"));
            return call.Return(false);
        }

        var host = call.Host<FirmwareHost>();
        port.Received = buffer is null ? null : () => Received(host, port, id, buffer, bytes);
        if (port.Start(bytes)) return call.Return(true);
        host.Log.Raw("luat_i2s_recv 427:!");
        return call.Return(false);
    }

    private static void Received(FirmwareHost host, I2sReceiver port, int id, Zbuff buffer, uint bytes)
    {
        if (port.Callback.Function.IsNil) return;
        buffer.Used = (int)Math.Min(bytes, (uint)buffer.Length);
        buffer.Memory[..buffer.Used].Clear();
        if (bytes > buffer.Length)
        {
            host.Notice(string.Create(
                CultureInfo.InvariantCulture, $"i2s.recv: {bytes} bytes are copied into a zbuff of {buffer.Length}"));
        }

        host.Board.Post(new I2sMessage(port, id, hasBytes: buffer.Used > 0));
    }

    private static int On(in LuaCall call)
    {
        var id = call.Int(1);
        if (id >= Ports) return call.Return(LuaString.FromText("no such i2s id"));
        if (Port(call, id) is { } port) port.Callback.Replace(call.State, call[2].AsFunction);
        else
        {
            call.Host<FirmwareHost>().Notice(string.Create(
                CultureInfo.InvariantCulture, $"i2s.on({id}): the module writes outside of its table of callbacks"));
        }

        return call.Return();
    }
}
