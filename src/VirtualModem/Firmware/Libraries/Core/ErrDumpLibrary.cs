using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>errDump</c> (reference §7.3).</summary>
internal static class ErrDumpLibrary
{
    private const int DefaultPeriodSeconds = 600;
    private const int SystemType = 0;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("errDump")
        .Add("config", Config)
        .Add("record", Record)
        .Add("dump", Dump);

    private static int Config(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        host.ErrDump.Configure(
            call.Truthy(1),
            call.IntOr(2, DefaultPeriodSeconds),
            call.StringOrNull(3)?.ToString() ?? "",
            call.StringOrNull(4)?.ToString() ?? "",
            call.StringOrNull(5)?.ToString() ?? ErrDumpClient.DefaultHost,
            call.IntOr(6, ErrDumpClient.DefaultPort));
        return call.Return();
    }

    private static int Record(in LuaCall call)
    {
        call.Host<FirmwareHost>().ErrDump.RecordUser(call.String(1).Span);
        return call.Return();
    }

    private static int Dump(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var file = call.IntOr(2, SystemType) == SystemType ? ErrDumpClient.SystemFile : ErrDumpClient.UserFile;
        var bytes = host.Files.Content(file) ?? [];
        if (Zbuff.From(call[1]) is { } buffer) buffer.Append(bytes);
        if (call.Truthy(3)) host.Files.Remove(file);
        return call.Return(LuaValue.Boolean(bytes.Length > 0));
    }
}
