using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fskv</c>: a key-value store in flash (reference §8).</summary>
internal static class FskvLibrary
{
    private const int LargestValue = 4095;
    private const int LongestKey = 63;
    private const int TotalBytes = 64 * 1024;
    private const int EntryOverhead = 16;
    private const int NumberBytes = 5;

    /// <summary>Tables lie there as JSON; the mark keeps them apart from strings.</summary>
    private const byte TableMark = 0x01;

    private const byte StringMark = 0x00;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fskv")
        .Add("init", Init)
        .Add("set", Set)
        .Add("get", Get)
        .Add("del", Delete)
        .Add("clr", Clear)
        .Add("clear", Clear)
        .Add("status", Status)
        .Add("stat", Status);

    private static int Init(in LuaCall call)
    {
        call.Host<FirmwareHost>().KeyValuesOpen = true;
        return call.Return(true);
    }

    private static bool IsClosed(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (host.KeyValuesOpen) return false;
        host.Log.Write(LogLevel.Error, "fskv", "call fskv.init() first!!!");
        return true;
    }

    private static string Key(in LuaCall call)
    {
        var key = LuaText.Path(call.String(1));
        return key.Length > LongestKey ? key[..LongestKey] : key;
    }

    private static int Set(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        var key = Key(call);
        var given = call[2];
        LuaValue stored;
        if (given.IsBoolean || given.IsNumber)
        {
            stored = given;
        }
        else if (given.AsString is { } text)
        {
            stored = new LuaString([StringMark, .. text.Span]);
        }
        else if (given.AsTable is not null)
        {
            try
            {
                var json = new JsonEncoder(call.State, "%.7f");
                json.Append(given, depth: 0);
                stored = new LuaString([TableMark, .. json.ToArray()]);
            }
            catch (JsonException)
            {
                return call.Return(false);
            }
        }
        else
        {
            return call.Return(false);
        }

        if (key.Length == 0 || stored.AsString is { } bytes && bytes.Length - 1 > LargestValue)
        {
            return call.Return(false);
        }

        var values = call.Host<FirmwareHost>().Retained.KeyValues;
        var before = values.TryGetValue(key, out var old) ? Size(key, old) : 0;
        if (Used(values) - before + Size(key, stored) > TotalBytes) return call.Return(false);
        values[key] = stored;
        return call.Return(true);
    }

    private static int Get(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        if (!call.Host<FirmwareHost>().Retained.KeyValues.TryGetValue(Key(call), out var stored)) return call.Return();
        if (stored.AsString is not { } bytes) return call.Return(stored);
        if (bytes[0] == StringMark) return call.Return(call.State.NewString(bytes.Span[1..].ToArray()));
        var table = new JsonDecoder(call.State, bytes.Memory[1..]).Decode();
        return call[2].AsString is { } field
            ? call.Return(table.AsTable?[(LuaValue)field] ?? default)
            : call.Return(table);
    }

    private static int Delete(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        call.Host<FirmwareHost>().Retained.KeyValues.Remove(Key(call));
        return call.Return(true);
    }

    private static int Clear(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        call.Host<FirmwareHost>().Retained.KeyValues.Clear();
        return call.Return(true);
    }

    private static int Status(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        var values = call.Host<FirmwareHost>().Retained.KeyValues;
        return call.Return(Used(values), TotalBytes, values.Count);
    }

    private static int Used(SortedDictionary<string, LuaValue> values)
    {
        var used = 0;
        foreach (var (key, value) in values) used += Size(key, value);
        return used;
    }

    private static int Size(string key, in LuaValue value) =>
        EntryOverhead + key.Length + (value.AsString?.Length ?? NumberBytes);
}
