using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>socket.sntp, ntptm and sntp_port (reference-net §6.2, L:components/network/libsntp).</summary>
internal static class SntpLibrary
{
    public static int Synchronise(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (call[1].AsString is not null || call[1].IsNumber)
        {
            SetServer(host, 0, call.String(1));
        }
        else if (call[1].AsTable is { } table)
        {
            for (var i = 0; i < Math.Min(table.Length, SntpClient.ServerCount); i++)
            {
                var value = table[i + 1];
                var name = value.AsString ?? (value.IsNumber
                    ? call.State.NumberToString(value)
                    : throw call.ArgumentError(
                        -1, $"string expected, got {call.State.TypeNameForError(value, absent: false)}"));
                SetServer(host, i, name);
            }
        }

        if (host.Sntp.IsRunning)
        {
            host.Log.Write(LogLevel.Info, SntpClient.Tag, "sntp is running");
            return call.Return();
        }

        host.Sntp.Start(call.IntOr(2, AdapterNumber.Cellular));
        return call.Return();
    }

    public static int Time(in LuaCall call)
    {
        var time = call.Host<FirmwareHost>().Sntp.Now();
        var table = call.State.NewTable();
        table["ndeley"] = LuaValue.Integer(time.DelayMs);
        table["ssec"] = LuaValue.Integer(time.StartSeconds);
        table["sms"] = LuaValue.Integer(time.StartMs);
        table["tsec"] = LuaValue.Integer(time.Seconds);
        table["tms"] = LuaValue.Integer(time.Ms);
        table["lsec"] = LuaValue.Integer(time.UpSeconds);
        table["lms"] = LuaValue.Integer(time.UpMs);
        if (time.IsValid) table["vaild"] = true;
        return call.Return(table);
    }

    public static int Port(in LuaCall call)
    {
        var sntp = call.Host<FirmwareHost>().Sntp;
        if (call[1].IsNumber && unchecked((ushort)call.Int(1)) is > 0 and var port) sntp.Port = port;
        return call.Return(LuaValue.Integer(sntp.Port));
    }

    private static void SetServer(FirmwareHost host, int slot, LuaString name)
    {
        if (name.Length < SntpClient.NameBuffer - 1) host.Sntp.SetServer(slot, LuaText.Path(name));
        else host.Log.Write(LogLevel.Error, SntpClient.Tag, $"server_addr too long {LuaText.CText(name)}");
    }
}
