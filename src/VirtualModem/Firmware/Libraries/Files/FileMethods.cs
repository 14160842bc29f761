using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// The methods of an open file (L:lua/src/liolib.c). The metatable has only __index and __name: the collector closes no
/// file, and tostring does not know one; __gc and __tostring are methods.
/// </summary>
internal static class FileMethods
{
    private const string TypeName = "FILE*";
    private const int ObjectSize = 8;

    /// <summary>Formats that an iterator over lines can keep.</summary>
    private const int MostFormats = 250;

    private static readonly Dictionary<string, LuaValue> Methods = new LibraryDefinition("file")
        .Add("close", Close)
        .Add("flush", static (in LuaCall call) => call.Return())
        .Add("lines", static (in LuaCall call) =>
            call.Return(Iterator(call, File(call), closes: false)))
        .Add("read", static (in LuaCall call) =>
            call.Return(FileReading.Read(call, File(call), call.ToArray().AsSpan(1))))
        .Add("seek", Seek)
        .Add("write", Write)
        .Add("fill", Fill)
        .Add("__gc", Collect)
        .Add("__tostring", Text)
        .Entries.ToDictionary(StringComparer.Ordinal);

    private static readonly NativeFunction Index = new("file.__index", static (in LuaCall call) =>
        call[2].AsString is { } name && Methods.TryGetValue(LuaText.Path(name), out var method)
            ? call.Return(method)
            : call.Return());

    public static LuaUserdata Wrap(LuaState state, OpenFile file) =>
        state.NewUserdata(file, TypeMetatable.Of(state, TypeName, ("__index", Index)), ObjectSize);

    /// <summary>The function that reads on at each call; at the end it gives nothing.</summary>
    /// <param name="call">The call: what follows its first argument is as read takes it.</param>
    /// <param name="file">The file.</param>
    /// <param name="closes">Whether the end closes the file.</param>
    public static LuaFunction Iterator(in LuaCall call, OpenFile file, bool closes)
    {
        if (call.Count - 1 > MostFormats) throw call.ArgumentError(MostFormats + 2, "too many arguments");
        var asked = call.ToArray()[1..];
        return new NativeFunction("file.lines", (in LuaCall call) =>
        {
            if (file.IsClosed) throw call.Error("file is already closed");
            var values = FileReading.Read(call, file, asked);
            if (values[0].IsTruthy) return call.Return(values);
            if (closes) file.Close();
            return call.Return();
        });
    }

    private static OpenFile File(in LuaCall call)
    {
        var file = call.Payload<OpenFile>(1, TypeName);
        return file.IsClosed ? throw call.Error("attempt to use a closed file") : file;
    }

    private static int Close(in LuaCall call)
    {
        File(call).Close();
        return call.Return(true);
    }

    private static int Collect(in LuaCall call)
    {
        var file = call.Payload<OpenFile>(1, TypeName);
        if (!file.IsClosed) file.Close();
        return call.Return();
    }

    private static int Text(in LuaCall call)
    {
        var file = call.Payload<OpenFile>(1, TypeName);
        return call.Return(file.IsClosed ? "file (closed)" : $"file ({file.Handle:X8})");
    }

    private static int Write(in LuaCall call)
    {
        var file = File(call);
        var isWritten = true;
        for (var i = 2; i <= call.Count; i++)
        {
            var bytes = call.String(i).Span;
            isWritten = isWritten && file.Write(bytes);
        }

        return isWritten ? call.Return(call[1]) : FileResult.Fail(call);
    }

    private static int Seek(in LuaCall call)
    {
        var file = File(call);
        var whence = call.StringOrNull(2)?.ToMessage() ?? "cur";
        var origin = whence switch
        {
            "set" => SeekOrigin.Begin,
            "cur" => SeekOrigin.Current,
            "end" => SeekOrigin.End,
            _ => throw call.ArgumentError(2, $"invalid option '{whence}'"),
        };
        var offset = call.IntegerOr(3, 0);
        if (offset != (int)offset) throw call.ArgumentError(3, "not an integer in proper range");
        return file.Seek((int)offset, origin) ? call.Return(file.Position) : FileResult.Fail(call);
    }

    /// <summary>Reads into a zbuff. Where the firmware would write past its end, less is read, with a notice.</summary>
    private static int Fill(in LuaCall call)
    {
        var file = File(call);
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is not { } buffer) return call.Return();
        var offset = call[3].IsInteger ? unchecked((int)call[3].AsInteger) : 0;
        long length = buffer.Length - offset;
        if (call[4].IsInteger)
        {
            // Both are compared without a sign, so that −1 is more than any length.
            var asked = unchecked((uint)call[4].AsInteger);
            length = Math.Min(asked, (uint)buffer.Length);
            if (unchecked((uint)(offset + length)) > buffer.Length) length -= offset;
        }

        var room = (uint)offset > buffer.Length ? 0 : buffer.Length - offset;
        if ((uint)length > room)
        {
            call.Host<FirmwareHost>().Notice(
                $"file:fill({offset}, {length}) reads past the end of a zbuff of {buffer.Length} bytes: a module " +
                "writes over other memory. Give an offset and a length that lie in the buffer.");
        }

        var count = room == 0 ? 0 : file.Read(buffer.Memory.Slice(offset, (int)Math.Min((uint)length, (uint)room)));
        return call.Return(true, count);
    }
}
