using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Network;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>errDump</c> (reference §7.3, L:components/network/errdump/luat_lib_errdump.c). An argument of another type than
/// the wanted one is passed over.
/// </summary>
internal static class ErrDumpLibrary
{
    private const int DefaultPeriodSeconds = 600;
    private const int SystemType = 0;
    private const int UserType = 1;

    /// <summary>A longer identity or host is passed over.</summary>
    private const int LongestName = 47;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("errDump")
        .Add("config", Config)
        .Add("record", Record)
        .Add("dump", Dump);

    private static int Config(in LuaCall call)
    {
        var client = call.Host<FirmwareHost>().ErrDump;
        if (call[1].IsBoolean) client.Configure(call.Truthy(1), call.UIntOr(2, DefaultPeriodSeconds));
        if (!client.Enabled) return call.Return();
        if (call[3].AsString is { } flag) client.UserFlag = LuaText.CText(flag).ToString();
        if (Name(call, 4) is { } id) client.CustomId = id;
        if (call[5].AsString is null) return call.Return();
        if (Name(call, 5) is { } host) client.Host = host;
        client.SetServer(call[6].IsInteger ? unchecked((int)call[6].AsInteger) : null);
        return call.Return();
    }

    private static string? Name(in LuaCall call, int index) =>
        call[index].AsString is { Length: <= LongestName } name ? LuaText.CText(name).ToString() : null;

    private static int Record(in LuaCall call)
    {
        var client = call.Host<FirmwareHost>().ErrDump;
        if (call[1].AsString is { Length: > 0 } message) client.Record(client.User, message.Span);
        return call.Return();
    }

    /// <summary>Tells whether something is new. Reading makes it known, and replaces what the buffer had.</summary>
    private static int Dump(in LuaCall call)
    {
        var client = call.Host<FirmwareHost>().ErrDump;
        var deletes = call[3].IsBoolean && call.Truthy(3);
        var buffer = call[1] == LightUserdata.Null ? null : ZbuffLibrary.ArgumentOrNull(call, 1);
        var type = call.IntOr(2, UserType);
        if (type > UserType) return call.Return(true);
        if (type < SystemType)
        {
            if (buffer is not null || deletes) throw NullPointer.Error(call, $"errDump.dump of type {type}");
            return call.Return(false);
        }

        var records = type == SystemType ? client.System : client.User;
        var isNew = records.HasNews;
        if (buffer is not null)
        {
            var text = records.Read();
            if (!client.Enabled) text = [];
            buffer.Used = 0;
            if (!buffer.Append(text))
            {
                call.Host<FirmwareHost>().Notice(
                    $"errDump.dump: the system heap has no room for {text.Length} bytes. A module uses a null " +
                    "pointer.");
            }
        }

        if (deletes) records.Clear();
        return call.Return(isNew);
    }
}
