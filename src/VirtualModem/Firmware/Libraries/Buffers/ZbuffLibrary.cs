using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// <c>zbuff</c>: creation, indexing and the metatable (reference §6); the methods are in <see cref="ZbuffMethods"/>.
/// </summary>
internal static class ZbuffLibrary
{
    public const string TypeName = "ZBUFF*";

    /// <summary>The module's block for one buffer object on the Lua heap, in bytes.</summary>
    private const int ObjectSize = 32;

    private static readonly NativeFunction Index = new("zbuff.__index", ReadIndex);
    private static readonly NativeFunction NewIndex = new("zbuff.__newindex", WriteIndex);
    private static readonly NativeFunction LengthOf = new("zbuff.len", ZbuffMethods.Length);
    private static readonly NativeFunction Collect = new("zbuff.free", ZbuffMethods.Free);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("zbuff")
        .Add("create", Create)
        .Add("SEEK_SET", 0)
        .Add("SEEK_CUR", 1)
        .Add("SEEK_END", 2)
        .Add("HEAP_AUTO", 0)
        .Add("HEAP_SRAM", 1)
        .Add("HEAP_PSRAM", 2);

    /// <summary>A buffer as a Lua value.</summary>
    public static LuaUserdata Wrap(LuaState state, Zbuff buffer) =>
        state.NewUserdata(buffer, MetatableOf(state), ObjectSize);

    /// <summary>The buffer that argument <paramref name="index"/> must be.</summary>
    public static Zbuff Argument(in LuaCall call, int index) => call.Payload<Zbuff>(index, TypeName);

    /// <summary>The same where it is a userdata; null for anything else.</summary>
    public static Zbuff? ArgumentOrNull(in LuaCall call, int index) =>
        call[index].Type is LuaType.Userdata or LuaType.LightUserdata ? Argument(call, index) : null;

    /// <summary>In the registry, as luaL_newmetatable keeps it.</summary>
    public static LuaTable MetatableOf(LuaState state) => TypeMetatable.Of(
        state, TypeName,
        ("__len", LengthOf), ("__gc", Collect), ("__index", Index), ("__newindex", NewIndex));

    private static int Create(in LuaCall call)
    {
        var host = call.Host<IFirmwareHost>();
        uint length; // as on the module: a negative length is a very large one
        uint width = 0, height = 0;
        byte bits = 0;
        if (call[1].AsTable is { } frame)
        {
            (width, height, bits) = (Side(call, frame, 1), Side(call, frame, 2), (byte)Side(call, frame, 3));
            if (bits is not (1 or 4 or 8 or 16 or 24 or 32)) return call.Return();
            length = unchecked((((width * height * bits) - 1) / 8) + 1);
        }
        else
        {
            length = call.UInt(1);
        }

        if (length == 0) return call.Return();

        var buffer = TryCreate(call.State, host, length);
        if (buffer is null) return call.ReturnFailure("memory not enough");
        call.State.ChargeBytes(length);
        (buffer.Width, buffer.Height, buffer.Depth) = (width, height, bits);
        if (bits == 0) Fill(call, buffer);
        else if (call[2].IsInteger) ZbuffFrame.Fill(call, buffer, call[2].AsInteger);
        return call.Return(Wrap(call.State, buffer));
    }

    /// <summary>
    /// Buffers that the script has dropped count until they are collected. The pace of our collector is not the
    /// module's, so before a buffer is refused a full collection takes what is dropped.
    /// </summary>
    private static Zbuff? TryCreate(LuaState state, IFirmwareHost host, long length)
    {
        if (Zbuff.TryCreate(host.SystemHeap, length) is { } buffer) return buffer;
        if (length > host.SystemHeap.Total) return null;
        state.ChargeCollection();
        state.Collect();
        return Zbuff.TryCreate(host.SystemHeap, length);
    }

    private static uint Side(in LuaCall call, LuaTable frame, int index) =>
        unchecked((uint)call.IntOf(frame[(long)index], -index));

    private static void Fill(in LuaCall call, Zbuff buffer)
    {
        if (call[2].IsInteger)
        {
            buffer.Memory.Fill((byte)call[2].AsInteger);
        }
        else if (call[2].AsString is not null || call[2].IsNumber)
        {
            buffer.Write(call.String(2).Span);
        }
    }

    private static int ReadIndex(in LuaCall call)
    {
        if (call[2].IsInteger) return ZbuffMethods.Get(call);
        return call[2].AsString is { } name && ZbuffMethods.Find(name) is { } method
            ? call.Return(method)
            : call.Return();
    }

    /// <summary>The firmware allows an index equal to the length: one byte past the end.</summary>
    private static int WriteIndex(in LuaCall call)
    {
        if (!call[2].IsInteger) return call.Return();
        var buffer = Argument(call, 1);
        var index = (uint)call[2].AsInteger;
        var value = (byte)call.Int(3);
        if (index > buffer.Length) return call.Return();
        if (index == buffer.Length) ZbuffMethods.ReportOverflow(call, buffer);
        buffer.MemoryAndNext[(int)index] = value;
        return call.Return();
    }
}
