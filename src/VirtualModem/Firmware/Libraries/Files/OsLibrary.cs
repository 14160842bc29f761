using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>os</c>: clock, date, difftime, remove, rename and time; nothing else (reference §1.4).</summary>
internal static class OsLibrary
{
    private static readonly LibraryDefinition Own = new LibraryDefinition("os")
        .Add("remove", Remove)
        .Add("rename", Rename);

    /// <summary>The engine's library, cut to what V1112 has, with the files' part from here.</summary>
    public static LibraryDefinition Merge(LibraryDefinition standard)
    {
        var merged = new LibraryDefinition("os");
        foreach (var (name, value) in standard.Entries)
        {
            if (name is "clock" or "date" or "difftime" or "time") merged.Add(name, value);
        }

        foreach (var (name, value) in Own.Entries) merged.Add(name, value);
        return merged;
    }

    private static int Remove(in LuaCall call)
    {
        var path = LuaText.Path(call.String(1));
        return call.Host<FirmwareHost>().Files.Remove(path) == 0 ? call.Return(true) : FileResult.Fail(call, path);
    }

    private static int Rename(in LuaCall call)
    {
        var from = LuaText.Path(call.String(1));
        var to = LuaText.Path(call.String(2));
        return call.Host<FirmwareHost>().Files.Rename(from, to) == 0 ? call.Return(true) : FileResult.Fail(call);
    }
}
