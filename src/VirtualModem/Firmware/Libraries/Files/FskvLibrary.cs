using System.Buffers.Binary;

using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fskv</c>, also under the name <c>fdb</c>: keys and values in flash (hardware §13).</summary>
internal static class FskvLibrary
{
    private const string Tag = "fskv";

    /// <summary>Bytes of the largest value that is read onto the C stack.</summary>
    private const int StackBytes = 255;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fskv")
        .Add("init", Init)
        .Add("set", Set)
        .Add("get", Get)
        .Add("del", Delete)
        .Add("clr", Clear)
        .Add("clear", Clear)
        .Add("stat", Status)
        .Add("status", Status)
        .Add("iter", Iterate)
        .Add("next", Next)
        .Add("sett", SetField)
        .Add("kvdb_init", Init)
        .Add("kv_set", Set)
        .Add("kv_get", Get)
        .Add("kv_del", Delete)
        .Add("kv_clr", Clear)
        .Add("kv_stat", Status)
        .Add("kv_iter", Iterate)
        .Add("kv_next", Next);

    private static KeyValueStore Store(in LuaCall call) => call.Host<FirmwareHost>().Retained.KeyValues;

    private static int Init(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (host.KeyValuesOpen) return call.Return(true);
        if (!Store(call).IsFormatted)
        {
            host.Log.Write(LogLevel.Info, "lfs", "sfd_lfs mount ret -84, exec auto-format");
            Store(call).Format();
        }

        host.Log.Write(LogLevel.Debug, "lfs", "init ok");
        host.KeyValuesOpen = true;
        return call.Return(true);
    }

    private static bool IsClosed(in LuaCall call)
    {
        if (call.Host<FirmwareHost>().KeyValuesOpen) return false;
        Log(call, LogLevel.Error, "call fskv.init() first!!!");
        return true;
    }

    private static void Log(in LuaCall call, LogLevel level, string text) =>
        call.Host<FirmwareHost>().Log.Write(level, Tag, text);

    private static int Set(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        return call.Return(Put(call, LuaText.Path(call.String(1)), call[2]));
    }

    private static bool Put(in LuaCall call, string key, in LuaValue value)
    {
        if (Bytes(call, value) is not { } bytes) return false;
        // C puts the type in front of the value in a buffer on Lua's heap.
        new TextRoom(call.State).Grow(bytes.Length);
        if (bytes.Length <= KeyValueStore.LargestValue) return Store(call).Set(key, bytes);
        Log(call, LogLevel.Error, $"value too big {bytes.Length} max {KeyValueStore.LargestValue}");
        return false;
    }

    private static byte[]? Bytes(in LuaCall call, in LuaValue value)
    {
        if (value.IsBoolean) return [StoredValue.BooleanMark, value.IsTruthy ? (byte)1 : (byte)0];
        if (value.IsInteger)
        {
            // As long as the build's lua_Integer.
            var bytes = new byte[sizeof(long) + 1];
            bytes[0] = StoredValue.IntegerMark;
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), value.AsInteger);
            return bytes[..((call.State.Options.Bits / 8) + 1)];
        }

        if (value.IsNumber) return StoredValue.Of((float)value.AsFloat);
        if (value.AsString is { } text) return [StoredValue.StringMark, .. text.Span];
        if (value.AsTable is null)
        {
            Log(call, LogLevel.Warn, "function/userdata/nil/thread isn't allow");
            return null;
        }

        try
        {
            var json = new JsonEncoder(call.State, "%.7f");
            json.Append(value, depth: 0);
            return [StoredValue.TableMark, .. json.ToArray()];
        }
        catch (JsonException)
        {
            Log(call, LogLevel.Warn, "json.encode(val) report error");
            return null;
        }
    }

    private static int SetField(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        var key = LuaText.Path(call.String(1));
        var field = LuaText.CText(call.String(2));
        if (call.Count < 3)
        {
            Log(call, LogLevel.Debug, "require key skey value");
            return call.Return();
        }

        var stored = Store(call).Get(key);
        if (!HasRoom(call, stored)) return call.Return();
        var old = stored is [StoredValue.TableMark, ..]
            ? new JsonDecoder(call.State, stored.AsMemory(1)).Decode().AsTable
            : null;
        var table = old ?? call.State.NewTable();
        GiveBack(call, stored);
        table[(LuaValue)field] = call[3];
        return call.Return(Put(call, key, table));
    }

    private static int Get(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        var stored = Store(call).Get(LuaText.Path(call.String(1)));
        var field = call.StringOrNull(2) is { } text ? LuaText.CText(text) : null;
        if (stored is null || stored.Length < 2 || !HasRoom(call, stored)) return call.Return();
        var value = ValueOf(call, stored, field);
        GiveBack(call, stored);
        return call.Return(value);
    }

    private static LuaValue ValueOf(in LuaCall call, byte[] stored, LuaString? field)
    {
        var body = stored.AsSpan(1);
        switch (stored[0])
        {
            case StoredValue.BooleanMark: return body[0] != 0;
            case StoredValue.IntegerMark: return LuaValue.Integer(StoredValue.Integer(body));
            case StoredValue.FloatMark: return call.State.Numbers.Float(BinaryPrimitives.ReadSingleBigEndian(body));
            case StoredValue.StringMark: return call.State.NewString(body.ToArray());
            default:
                var value = new JsonDecoder(call.State, stored.AsMemory(1)).Decode();
                return field is { Length: > 0 } && value.AsTable is { } table ? table[(LuaValue)field] : value;
        }
    }

    /// <summary>
    /// Reads what the C stack does not hold into a block of the system's heap. An error of Lua on the way leaves it
    /// there, as the C code does.
    /// </summary>
    private static bool HasRoom(in LuaCall call, byte[]? stored)
    {
        if (stored is not { Length: > StackBytes }) return true;
        if (call.Host<FirmwareHost>().SystemHeap.TryAllocate(stored.Length)) return true;
        Log(call, LogLevel.Warn, "out of memory when malloc key-value buff");
        return false;
    }

    private static void GiveBack(in LuaCall call, byte[]? stored)
    {
        if (stored is { Length: > StackBytes }) call.Host<FirmwareHost>().SystemHeap.Free(stored.Length);
    }

    private static int Delete(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        Store(call).Delete(LuaText.Path(call.String(1)));
        return call.Return(true);
    }

    private static int Clear(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        Store(call).Format();
        return call.Return(true);
    }

    private static int Status(in LuaCall call)
    {
        if (IsClosed(call)) return call.Return();
        return call.Return(
            Store(call).UsedBlocks * KeyValueStore.BlockBytes, KeyValueStore.TotalBytes, Store(call).Count);
    }

    private static int Iterate(in LuaCall call) => IsClosed(call)
        ? call.Return()
        : call.Return(call.State.NewUserdata(new Place(), null, 4));

    /// <summary>The next key by its place in the directory: a key that goes moves those after it.</summary>
    private static int Next(in LuaCall call)
    {
        // A module reads address 0 there and restarts; an error with a line helps more.
        var place = call[1].AsUserdata?.Payload as Place
            ?? throw call.ArgumentError(1, "an iterator of fskv.iter() expected; V1112 crashes here");
        return Store(call).KeyAt(place.Index) is { } key
            ? NextIs(call, place, key)
            : call.Return();
    }

    private static int NextIs(in LuaCall call, Place place, string key)
    {
        place.Index++;
        return call.Return(LuaText.FromPath(key));
    }

    private sealed class Place
    {
        public int Index { get; set; }
    }
}
