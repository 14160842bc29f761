using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>The methods of files, and their metatable.</summary>
internal static class FileMethods
{
    public const string TypeName = "FILE*";

    private const int MostFormats = 250;

    /// <summary>Puts the metatable of files into the registry.</summary>
    public static void Open(LuaState state)
    {
        var table = state.NewTable();
        table["__name"] = TypeName;
        table["__index"] = table;
        Add("close", Close);
        Add("flush", Flush);
        Add("lines", Lines);
        Add("read", static (in LuaCall call) => Read(call, Checked(call), 2));
        Add("seek", Seek);
        Add("setvbuf", SetBuffering);
        Add("write", static (in LuaCall call) => Write(call, Checked(call), call[1], 2));
        Add("__gc", Finalize);
        Add("__tostring", ToText);
        state.Registry[TypeName] = table;

        void Add(string name, NativeBody body) => table[name] = new NativeFunction("file." + name, body);
    }

    public static LuaUserdata NewFile(LuaState state, HostFile file) =>
        state.NewUserdata(file, state.Registry[TypeName].AsTable, 16);

    /// <summary>The file of argument 1, which must be open.</summary>
    private static HostFile Checked(in LuaCall call)
    {
        var file = call.Payload<HostFile>(1, TypeName);
        return file.IsClosed ? throw call.Error("attempt to use a closed file") : file;
    }

    public static int Close(in LuaCall call)
    {
        var file = Checked(call);
        if (file.IsStandard) return call.Return(LuaValue.Nil, "cannot close standard file");
        try
        {
            return file.Close() is { } code ? HostOsLibrary.ReturnExit(call, code) : call.Return(LuaValue.True);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call);
        }
    }

    public static int Flush(in LuaCall call) => Flush(call, Checked(call), call[1]);

    public static int Flush(in LuaCall call, HostFile file, LuaValue result)
    {
        try
        {
            file.Flush();
            return call.Return(result);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call);
        }
    }

    /// <summary>Reads by the formats from an argument on.</summary>
    public static int Read(in LuaCall call, HostFile file, int first)
    {
        var state = call.State;
        try
        {
            var formats = call.ToArray();
            return call.Return(FileReading.Read(
                state, file, formats.Length < first ? [] : formats[(first - 1)..],
                (index, message) => state.ArgumentError(first + index, message)));
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call);
        }
    }

    /// <summary>Writes the arguments from one on.</summary>
    public static int Write(in LuaCall call, HostFile file, LuaValue result, int first)
    {
        try
        {
            for (var i = first; i <= call.Count; i++) file.Write(Written(call, i));
            return call.Return(result);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call);
        }
    }

    /// <summary>The bytes of an argument; a float without the ".0" that tostring adds.</summary>
    private static ReadOnlySpan<byte> Written(in LuaCall call, int index)
    {
        var text = call.String(index).Span;
        return call[index].IsFloat && text.EndsWith(".0"u8) ? text[..^2] : text;
    }

    private static int Lines(in LuaCall call)
    {
        Checked(call);
        return call.Return(Iterator(call, call[1], closes: false));
    }

    /// <summary>A function that reads by the call's formats each time (arguments 2 and on).</summary>
    public static LuaValue Iterator(in LuaCall call, LuaValue file, bool closes)
    {
        var formats = call.Count > 1 ? call.ToArray()[1..] : [];
        if (formats.Length > MostFormats) throw call.ArgumentError(MostFormats + 2, "too many arguments");
        return call.State.NewFunction("lines", (in LuaCall step) => NextLine(step, formats, closes), file);
    }

    private static int NextLine(in LuaCall call, LuaValue[] formats, bool closes)
    {
        var state = call.State;
        var file = (HostFile)call.Bound.AsUserdata!.Payload!;
        if (file.IsClosed) throw call.Error("file is already closed");
        LuaValue[] results;
        try
        {
            results = FileReading.Read(state, file, formats,
                (index, message) => state.ArgumentError(index + 2, message));
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            throw call.Error(HostError.Of(e).Message);
        }

        if (results[0].IsNil && closes) file.Close();
        return call.Return(results);
    }

    private static int Seek(in LuaCall call)
    {
        var file = Checked(call);
        var origin = (call.StringOrNull(2)?.ToString() ?? "cur") switch
        {
            "set" => SeekOrigin.Begin,
            "cur" => SeekOrigin.Current,
            "end" => SeekOrigin.End,
            var other => throw call.ArgumentError(2, $"invalid option '{other}'"),
        };
        var offset = call.IntegerOr(3, 0);
        try
        {
            return call.Return(call.State.Numbers.Integer(file.Seek(offset, origin)));
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return (e is IOException ? new HostError("Invalid argument", 22) : HostError.Of(e)).ReturnFrom(call);
        }
    }

    private static int SetBuffering(in LuaCall call)
    {
        var file = Checked(call);
        var buffering = call.String(2).ToString() switch
        {
            "no" => Buffering.None,
            "line" => Buffering.Line,
            "full" => Buffering.Full,
            var other => throw call.ArgumentError(2, $"invalid option '{other}'"),
        };
        file.SetBuffering(buffering, (int)Math.Clamp(call.IntegerOr(3, 1024), 1, 1 << 20));
        return call.Return(LuaValue.True);
    }

    private static int Finalize(in LuaCall call)
    {
        var file = call.Payload<HostFile>(1, TypeName);
        if (!file.IsStandard) file.Close();
        return 0;
    }

    private static int ToText(in LuaCall call)
    {
        var file = call.Payload<HostFile>(1, TypeName);
        if (file.IsClosed) return call.Return("file (closed)");
        var plain = call.State.ToText(call[1]).ToString();
        return call.Return("file (" + plain[(plain.IndexOf(' ', StringComparison.Ordinal) + 1)..] + ")");
    }
}
