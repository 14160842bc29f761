using System.Diagnostics;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>What the os library has beyond times (manual §6.9), for <c>airhil lua</c> alone.</summary>
internal static class HostOsLibrary
{
    private static readonly LibraryDefinition Definition = new LibraryDefinition("os")
        .Add("execute", Execute)
        .Add("exit", Exit)
        .Add("getenv", GetEnvironment)
        .Add("remove", Remove)
        .Add("rename", Rename)
        .Add("setlocale", SetLocale)
        .Add("tmpname", static (in LuaCall call) => call.Return(Path.GetTempFileName()));

    /// <summary>Adds to the table that the engine has made.</summary>
    public static void Extend(LuaTable os)
    {
        foreach (var (name, value) in Definition.Entries) os[name] = value;
    }

    /// <summary>true or nil, "exit" and the code, as os.execute and the close of a pipe give them.</summary>
    public static int ReturnExit(in LuaCall call, int code) =>
        call.Return(code == 0 ? LuaValue.True : LuaValue.Nil, "exit", LuaValue.Integer(code));

    private static int Execute(in LuaCall call)
    {
        if (call[1].IsNil) return call.Return(LuaValue.True);
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", call.String(1).ToString()]))!;
        process.WaitForExit();
        return ReturnExit(call, process.ExitCode);
    }

    private static int Exit(in LuaCall call)
    {
        var code = call[1].IsBoolean ? call[1].IsTruthy ? 0 : 1 : (int)call.IntegerOr(1, 0);
        throw new ExitRequest(code, call.Truthy(2));
    }

    private static int GetEnvironment(in LuaCall call) =>
        call.Return(Environment.GetEnvironmentVariable(call.String(1).ToString()) is { } value ? value : LuaValue.Nil);

    private static int Remove(in LuaCall call)
    {
        var name = call.String(1).ToString();
        try
        {
            if (Directory.Exists(name)) Directory.Delete(name);
            else if (File.Exists(name)) File.Delete(name);
            else throw new FileNotFoundException();
            return call.Return(LuaValue.True);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call, name);
        }
    }

    private static int Rename(in LuaCall call)
    {
        var from = call.String(1).ToString();
        var to = call.String(2).ToString();
        try
        {
            if (Directory.Exists(from)) Directory.Move(from, to);
            else File.Move(from, to, overwrite: true);
            return call.Return(LuaValue.True);
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return HostError.Of(e).ReturnFrom(call, from);
        }
    }

    /// <summary>There is one locale, C.</summary>
    private static int SetLocale(in LuaCall call)
    {
        var category = call.StringOrNull(2)?.ToString() ?? "all";
        if (category is not ("all" or "collate" or "ctype" or "monetary" or "numeric" or "time"))
        {
            throw call.ArgumentError(2, $"invalid option '{category}'");
        }

        return call.Return(call.StringOrNull(1)?.ToString() is null or "" or "C" or "POSIX" ? "C" : LuaValue.Nil);
    }
}
