
using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>socket.tx, rx and read (luat_lib_socket.c).</summary>
internal static class SocketData
{
    private const string Tag = "socket";

    public static int Send(in LuaCall call)
    {
        if (SocketLibrary.Find(call) is not { } control) return call.Return();
        ReadOnlyMemory<byte> data = call[2].AsString is not null || call[2].IsNumber
            ? call.String(2).Memory
            : ZbuffLibrary.Argument(call, 2).Data.ToArray();
        string? address = null;
        if (call[3].IsInteger || call[3].IsNumber || call[3].AsString is not null)
        {
            address = SocketLibrary.Address(call, 3) ?? "0.0.0.0";
        }

        call.IntOr(5, 0);
        var port = (ushort)call.IntOr(4, 0);
        call.State.ChargeBytes(data.Length);
        var failed = control.Send(data, address, port) == NetworkReply.Failed;
        // After a failure the firmware compares with a length that nobody has set: "full" by chance, nearly always.
        return call.Return(!failed, failed, false);
    }

    public static int ReadInto(in LuaCall call)
    {
        if (SocketLibrary.Find(call) is not { } control) return call.Return();
        var log = call.Host<FirmwareHost>().Log;
        if (control.Readable is not { } total) return call.Return(false, LuaValue.Integer(0));
        if (total == 0) return call.Return(true, LuaValue.Integer(0));
        if (call[2].AsUserdata is null && call[2].Type != LuaType.LightUserdata)
        {
            return call.Return(true, LuaValue.Integer(total));
        }

        var buffer = ZbuffLibrary.Argument(call, 2);
        if (call.Count >= 4 && call[4].IsInteger) total = Limit(log, total, call[4].AsInteger);
        var room = buffer.Length - buffer.Used;
        if (room < total && !buffer.TryResize((long)total + buffer.Used))
        {
            log.Write(LogLevel.Error, "zbuff", $"zbuff realloc failed {buffer.Length} -> {total + buffer.Used}");
            if (room <= 0)
            {
                log.Write(LogLevel.Error, Tag, "zbuff自动扩容失败, 且zbuff没有剩余空间,无法读取剩余数据");
                return call.Return(false, LuaValue.Integer(0));
            }

            log.Write(LogLevel.Warn, Tag, $"zbuff自动扩容失败, 减少接收到数据长度 {total} -> {room}");
            total = room;
        }

        if (control.Receive(buffer.Memory.Slice(buffer.Used, total), out var address, out var port) is not { } count)
        {
            return call.Return(false, LuaValue.Integer(0));
        }

        if (count == 0) return call.Return(true, LuaValue.Integer(0));
        call.State.ChargeBytes(count);
        buffer.Used += count;
        return control.IsTcp
            ? call.Return([true, LuaValue.Integer(count), default, default])
            : call.Return([true, LuaValue.Integer(count), AddressValue(call, address), LuaValue.Integer(port)]);
    }

    public static int Read(in LuaCall call)
    {
        if (SocketLibrary.Find(call) is not { } control) return call.Return();
        if (control.Readable is not { } total) return call.Return(false);
        if (total == 0) return call.Return(true, "");
        if (call.Count >= 2 && call[2].IsInteger && unchecked((uint)call[2].AsInteger) > 0)
        {
            total = Limit(call.Host<FirmwareHost>().Log, total, call[2].AsInteger);
        }

        var room = new TextRoom(call.State);
        room.Grow(total);
        var bytes = new byte[total];
        if (control.Receive(bytes, out var address, out var port) is not { } count) return call.Return(false);
        if (count == 0) return call.Return(true, "");
        LuaValue text = room.Make(bytes[..count]);
        return control.IsTcp
            ? call.Return(true, text)
            : call.Return([true, text, AddressValue(call, address), LuaValue.Integer(port)]);
    }

    private static LuaValue AddressValue(in LuaCall call, string address) =>
        call.State.NewString(NetworkAddress.Bytes(address));

    private static int Limit(FirmwareLog log, int total, long asked)
    {
        var limit = unchecked((uint)asked);
        if (total <= limit) return total;
        log.Write(LogLevel.Debug, Tag, $"待数据数据长度 {total} 限制读取长度 {limit}");
        return (int)limit;
    }
}
