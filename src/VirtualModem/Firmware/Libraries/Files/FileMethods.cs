using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>The methods of an open file (reference §1.4).</summary>
internal static class FileMethods
{
    private const string TypeName = "FILE*";
    private const int ObjectSize = 16;

    private static readonly LibraryDefinition Methods = new LibraryDefinition("file")
        .Add("close", Close)
        .Add("flush", static (in LuaCall call) => call.Return(call[1]))
        .Add("lines", static (in LuaCall call) => call.Return(Iterator(call.State, File(call))))
        .Add("read", Read)
        .Add("seek", Seek)
        .Add("write", Write)
        .Add("fill", Fill);

    public static LuaUserdata Wrap(LuaState state, FirmwareHost host, OpenFile file)
    {
        if (!host.Metatables.TryGetValue(TypeName, out var metatable))
        {
            metatable = state.NewTable(0, 4);
            metatable["__name"] = TypeName;
            metatable["__index"] = Methods.AsUserdata;
            metatable["__gc"] = new NativeFunction("file.__gc", static (in LuaCall call) =>
            {
                call.Payload<OpenFile>(1, TypeName).Close();
                return call.Return();
            });
            state.Registry[TypeName] = metatable;
            host.Metatables[TypeName] = metatable;
        }

        return state.NewUserdata(file, metatable, ObjectSize);
    }

    /// <summary>The function that gives the next line at each call, nil at the end.</summary>
    public static LuaFunction Iterator(LuaState state, OpenFile file) =>
        new NativeFunction("file.lines", (in LuaCall call) =>
        file.ReadLine(keepEnd: false) is { } line
            ? call.Return(call.State.NewString(line))
            : call.Return(default(LuaValue)));

    private static OpenFile File(in LuaCall call)
    {
        var file = call.Payload<OpenFile>(1, TypeName);
        return file.IsClosed ? throw call.Error("attempt to use a closed file") : file;
    }

    private static int Close(in LuaCall call) =>
        File(call).Close() ? call.Return(true) : call.Return(default, "28", 28);

    private static int Read(in LuaCall call)
    {
        var file = File(call);
        if (call.Count < 2) return call.Return(Line(call, file, keepEnd: false));
        var results = new List<LuaValue>();
        for (var i = 2; i <= call.Count; i++)
        {
            var value = ReadOne(call, file, i);
            results.Add(value);
            if (value.IsNil) break;
        }

        return call.Return(results.ToArray());
    }

    private static LuaValue ReadOne(in LuaCall call, OpenFile file, int index)
    {
        if (call[index].IsNumber)
        {
            var count = call.Integer(index);
            if (count > 0 && file.Position >= file.Length) return default;
            return call.State.NewString(file.Read((int)Math.Clamp(count, 0, int.MaxValue)).ToArray());
        }

        return call.String(index).ToString().TrimStart('*') switch
        {
            ['a', ..] => call.State.NewString(file.Read(int.MaxValue).ToArray()),
            ['l', ..] => Line(call, file, keepEnd: false),
            ['L', ..] => Line(call, file, keepEnd: true),
            _ => throw call.ArgumentError(index, "invalid format"),
        };
    }

    private static LuaValue Line(in LuaCall call, OpenFile file, bool keepEnd) =>
        file.ReadLine(keepEnd) is { } line ? call.State.NewString(line) : default(LuaValue);

    private static int Write(in LuaCall call)
    {
        var file = File(call);
        for (var i = 2; i <= call.Count; i++)
        {
            if (!file.Write(call.String(i).Span)) return call.Return(default, "28", 28);
        }

        return call.Return(call[1]);
    }

    private static int Seek(in LuaCall call)
    {
        var whence = call.StringOrNull(2)?.ToString() ?? "cur";
        if (whence is not ("set" or "cur" or "end")) throw call.ArgumentError(2, $"invalid option '{whence}'");
        return File(call).Seek(whence, call.IntegerOr(3, 0)) is { } position
            ? call.Return(position)
            : call.Return(default, "22", 22);
    }

    private static int Fill(in LuaCall call)
    {
        var file = File(call);
        var buffer = ZbuffLibrary.Argument(call, 2);
        var start = (int)Math.Clamp(call.IntegerOr(3, 0), 0, buffer.Length);
        var length = (int)Math.Clamp(call.IntegerOr(4, buffer.Length - start), 0, buffer.Length - start);
        var bytes = file.Read(length);
        bytes.CopyTo(buffer.Memory[start..]);
        return call.Return(true, bytes.Length);
    }
}
