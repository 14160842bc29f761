using System.Diagnostics;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>The io library of Lua 5.3 over the host's files (manual §6.8), for <c>airhil lua</c> alone.</summary>
internal static class HostIoLibrary
{
    private const string InputField = "_IO_input";
    private const string OutputField = "_IO_output";

    private static readonly LibraryDefinition Definition = new LibraryDefinition("io")
        .Add("close", Close)
        .Add("flush",
            static (in LuaCall call) =>
                FileMethods.Flush(call, Standard(call, OutputField), call.State.Registry[OutputField]))
        .Add("input", static (in LuaCall call) => Redirect(call, InputField, "r"))
        .Add("lines", Lines)
        .Add("open", Open)
        .Add("output", static (in LuaCall call) => Redirect(call, OutputField, "w"))
        .Add("popen", OpenPipe)
        .Add("read", static (in LuaCall call) => FileMethods.Read(call, Standard(call, InputField), 1))
        .Add("tmpfile", OpenTemporary)
        .Add("type", TypeOf)
        .Add("write", Write);

    public static LuaTable Create(LuaState state, HostFile input, HostFile output, HostFile error)
    {
        FileMethods.Open(state);
        var table = Definition.AsTable(state);
        table["stdin"] = state.Registry[InputField] = FileMethods.NewFile(state, input);
        table["stdout"] = state.Registry[OutputField] = FileMethods.NewFile(state, output);
        table["stderr"] = FileMethods.NewFile(state, error);
        return table;
    }

    private static HostFile Standard(in LuaCall call, string field)
    {
        var file = (HostFile)call.State.Registry[field].AsUserdata!.Payload!;
        return file.IsClosed ? throw call.Error($"standard {field[4..]} file is closed") : file;
    }

    private static int Write(in LuaCall call) =>
        FileMethods.Write(call, Standard(call, OutputField), call.State.Registry[OutputField], 1);

    private static int Close(in LuaCall call)
    {
        if (call.Count > 0) return FileMethods.Close(call);
        var file = Standard(call, OutputField);
        if (file.IsStandard) return call.Return(LuaValue.Nil, "cannot close standard file");
        file.Close();
        return call.Return(LuaValue.True);
    }

    private static int Redirect(in LuaCall call, string field, string mode)
    {
        if (!call[1].IsNil)
        {
            if (call[1].AsString is { } name) call.State.Registry[field] = OpenOrFail(call, name.ToString(), mode);
            else
            {
                call.Payload<HostFile>(1, FileMethods.TypeName);
                call.State.Registry[field] = call[1];
            }
        }

        return call.Return(call.State.Registry[field]);
    }

    private static LuaUserdata OpenOrFail(in LuaCall call, string name, string mode)
    {
        try
        {
            return FileMethods.NewFile(call.State, HostFile.Open(name, mode));
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            throw call.Error($"cannot open file '{name}' ({HostError.Of(e).Message})");
        }
    }

    private static int Lines(in LuaCall call)
    {
        if (call[1].IsNil)
        {
            Standard(call, InputField);
            return call.Return(FileMethods.Iterator(call, call.State.Registry[InputField], closes: false));
        }

        var name = call.String(1).ToString();
        HostFile file;
        try
        {
            file = HostFile.Open(name, "r");
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            throw call.Error($"{name}: {HostError.Of(e).Message}");
        }

        return call.Return(FileMethods.Iterator(call, FileMethods.NewFile(call.State, file), closes: true));
    }

    private static int Open(in LuaCall call)
    {
        var name = call.String(1).ToString();
        var mode = call.StringOrNull(2)?.ToString() ?? "r";
        if (!IsMode(mode)) throw call.ArgumentError(2, "invalid mode");
        try
        {
            return call.Return(FileMethods.NewFile(call.State, HostFile.Open(name, mode)));
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call, name);
        }
    }

    private static bool IsMode(string mode)
    {
        if (mode.Length == 0 || mode[0] is not ('r' or 'w' or 'a')) return false;
        var rest = mode[1..];
        if (rest.StartsWith('+')) rest = rest[1..];
        return rest.Trim('b').Length == 0;
    }

    private static int OpenTemporary(in LuaCall call)
    {
        var path = Path.GetTempFileName();
        var stream = new FileStream(
            path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1,
            FileOptions.DeleteOnClose);
        return call.Return(FileMethods.NewFile(call.State, new HostFile(stream, stream)));
    }

    private static int OpenPipe(in LuaCall call)
    {
        var command = call.String(1).ToString();
        var mode = call.StringOrNull(2)?.ToString() ?? "r";
        if (mode is not ("r" or "w")) throw call.ArgumentError(2, "invalid mode");
        if (call.State.Registry[OutputField].AsUserdata!.Payload is HostFile { IsClosed: false } output) output.Flush();
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            RedirectStandardOutput = mode == "r",
            RedirectStandardInput = mode == "w",
        })!;
        return call.Return(FileMethods.NewFile(call.State, new HostFile(
            mode == "r" ? process.StandardOutput.BaseStream : null,
            mode == "w" ? process.StandardInput.BaseStream : null)
        { Process = process }));
    }

    private static int TypeOf(in LuaCall call) => call.Return(
        call.Any(1).AsUserdata?.Payload is HostFile file ? file.IsClosed ? "closed file" : "file" : LuaValue.Nil);
}
