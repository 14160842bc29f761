using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>
/// require and the package library of Lua 5.3 (manual §6.3) over the host's files; native libraries are absent.
/// </summary>
internal static class HostPackageLibrary
{
    private const string LoadedField = "_LOADED";

    /// <summary>Opens the library into the globals.</summary>
    /// <param name="state">A plain engine.</param>
    /// <param name="path">The first package.path.</param>
    public static void Open(LuaState state, string path)
    {
        var package = state.NewTable();
        package["config"] = "/\n;\n?\n!\n-\n";
        package["path"] = path;
        package["cpath"] = "";
        package["loaded"] = state.Registry[LoadedField];
        package["preload"] = state.NewTable();
        package["searchpath"] = new NativeFunction("package.searchpath", SearchPath);
        package["loadlib"] = new NativeFunction("package.loadlib", LoadLibrary);
        var searchers = state.NewTable();
        searchers[1] = state.NewFunction("preload", SearchPreload, package);
        searchers[2] = state.NewFunction("searcher_Lua", SearchLua, package);
        searchers[3] = state.NewFunction("searcher_C", SearchNative, package);
        package["searchers"] = searchers;
        state.Globals["package"] = package;
        state.Registry[LoadedField].AsTable!["package"] = package;
        state.Globals["require"] = state.NewFunction("require", Require, package);
    }

    private static int Require(in LuaCall call)
    {
        var name = call.String(1);
        var loaded = call.State.Registry[LoadedField].AsTable!;
        if (loaded[name].IsTruthy) return call.Return(loaded[name]);
        var searchers =
            call.Bound.AsTable!["searchers"].AsTable ?? throw call.Error("'package.searchers' must be a table");
        return call.Continue(frame => Search(frame, name, loaded, searchers));
    }

    private static IEnumerator<NativeStep> Search(NativeFrame frame, LuaString name, LuaTable loaded,
        LuaTable searchers)
    {
        var tried = new StringBuilder();
        for (var i = 1; ; i++)
        {
            var searcher = searchers[i];
            if (searcher.IsNil) throw frame.State.ErrorHere($"module '{name}' not found:{tried}");
            yield return NativeStep.Call(searcher, name);
            if (frame.Result(0).AsFunction is not null) break;
            if (frame.Result(0).AsString is { } message) tried.Append(message);
        }

        yield return NativeStep.Call(frame.Result(0), name, frame.Result(1));
        if (!frame.Result(0).IsNil) loaded[name] = frame.Result(0);
        else if (loaded[name].IsNil) loaded[name] = true;
        frame.Return(loaded[name]);
    }

    private static int SearchPreload(in LuaCall call)
    {
        var name = call.String(1);
        var loader = call.State.Registry[LoadedField].AsTable!["package"].AsTable?["preload"].AsTable?[name] ?? default;
        return call.Return(loader.IsNil ? $"\n\tno field package.preload['{name}']" : loader);
    }

    private static int SearchLua(in LuaCall call)
    {
        var name = call.String(1);
        var path = call.Bound.AsTable!["path"].AsString ?? throw call.Error("'package.path' must be a string");
        if (Find(name.ToString(), path.ToString(), ".", "/", out var tried) is not { } file) return call.Return(tried);
        try
        {
            return call.Return(call.State.LoadFile(ScriptFile.Read(file), LuaString.FromText("@" + file)), file);
        }
        catch (Exception e) when (e is LuaSyntaxException || HostError.IsOne(e))
        {
            throw call.Error($"error loading module '{name}' from file '{file}':\n\t{e.Message}");
        }
    }

    private static int SearchNative(in LuaCall call)
    {
        var name = call.String(1);
        var path = call.Bound.AsTable!["cpath"].AsString ?? throw call.Error("'package.cpath' must be a string");
        if (Find(name.ToString(), path.ToString(), ".", "/", out var tried) is not { } file) return call.Return(tried);
        throw call.Error($"error loading module '{name}' from file '{file}':\n\tdynamic libraries are not supported");
    }

    private static int SearchPath(in LuaCall call)
    {
        var separator = call.StringOrNull(3)?.ToString() ?? ".";
        var replacement = call.StringOrNull(4)?.ToString() ?? "/";
        var file = Find(call.String(1).ToString(), call.String(2).ToString(), separator, replacement, out var tried);
        return file is null ? call.ReturnFailure(tried) : call.Return(file);
    }

    private static string? Find(string name, string path, string separator, string replacement, out string tried)
    {
        if (separator.Length > 0) name = name.Replace(separator, replacement, StringComparison.Ordinal);
        var messages = new StringBuilder();
        foreach (var template in path.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var file = template.Replace("?", name, StringComparison.Ordinal);
            tried = "";
            if (!file.Contains('\0', StringComparison.Ordinal) && File.Exists(file)) return file;
            messages.Append("\n\tno file '").Append(file).Append('\'');
        }

        tried = messages.ToString();
        return null;
    }

    private static int LoadLibrary(in LuaCall call)
    {
        call.String(1);
        call.String(2);
        return call.Return(LuaValue.Nil, "dynamic libraries are not supported", "absent");
    }
}
