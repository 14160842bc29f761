using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>require</c> and <c>unload</c> in V1112's search order, and <c>module</c> of Lua 5.1. <c>package</c> has only
/// <c>seeall</c>: no path, no searchers, no loaded (reference §1.4, §1.5, L:lua/src/loadlib.c).
/// </summary>
internal static class PackageLibrary
{
    public static LibraryDefinition Globals { get; } = new LibraryDefinition("_G")
        .Add("require", Require)
        .Add("unload", Unload)
        .Add("module", Module);

    /// <summary>Only a helper for old code is in it.</summary>
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("package").Add("seeall", SeeAll);

    private static int Require(in LuaCall call)
    {
        var name = call.String(1);
        var key = LuaText.CText(name);
        var loaded = Loaded(call.State)[key];
        if (loaded.IsTruthy) return call.Return(loaded);
        var scripts = call.Host<FirmwareHost>().Scripts;
        if (scripts.Search(LuaText.Path(name)) is not { } path)
        {
            scripts.NoteMissing(LuaText.Path(name));
            throw call.Error($"module '{name.ToMessage()}' not found");
        }

        LuaFunction chunk;
        try
        {
            chunk = scripts.Load(call.State, path)!;
        }
        catch (LuaSyntaxException syntax)
        {
            throw LoadError(call, name, path, syntax.Message);
        }
        catch (LuaException error)
        {
            throw LoadError(call, name, path, error.Message);
        }

        call.State.Collect();
        return call.Continue(frame => Run(frame, key, chunk, path));
    }

    private static LuaException LoadError(in LuaCall call, LuaString name, string path, string message) =>
        call.Error($"error loading module '{name.ToMessage()}' from file '{path}':\n\t{message}");

    private static IEnumerator<NativeStep> Run(NativeFrame frame, LuaString key, LuaFunction chunk, string path)
    {
        yield return NativeStep.Call(chunk, frame.Arguments[0], path);
        frame.State.Collect();
        var loaded = Loaded(frame.State);
        if (!frame.Result(0).IsNil) loaded[key] = frame.Result(0);
        // A module that returns nothing may have set the entry itself; else it is true.
        else if (loaded[key].IsNil) loaded[key] = LuaValue.True;
        frame.Return(loaded[key]);
    }

    /// <summary>The _LOADED table: what <c>require</c> has loaded, nothing else (L:lua/src/lauxlib.c).</summary>
    public static LuaTable Loaded(LuaState state)
    {
        if (state.Registry["_LOADED"].AsTable is { } known) return known;
        var table = state.NewTable();
        state.Registry["_LOADED"] = table;
        return table;
    }

    /// <summary>
    /// Makes a table the environment of the calling chunk: that of the loaded module, or of a global of this name, or a
    /// new one. Functions behind the name are called with it.
    /// </summary>
    private static int Module(in LuaCall call)
    {
        var name = LuaText.CText(call.String(1));
        var loaded = Loaded(call.State);
        if (loaded[name].AsTable is not { } module)
        {
            module = FindTable(call.State, name)
                ?? throw call.Error($"name conflict for module '{name.ToMessage()}'");
            loaded[name] = module;
        }

        if (module["_NAME"].IsNil)
        {
            module["_M"] = module;
            module["_NAME"] = name;
            module["_PACKAGE"] = LuaString.FromBytes(name.Span[..(name.Span.LastIndexOf((byte)'.') + 1)]);
        }

        if (!call.State.TrySetCallerEnvironment(module)) throw call.Error("'module' not called from a Lua function");
        return call.Continue(frame => CallOptions(frame, module));
    }

    private static IEnumerator<NativeStep> CallOptions(NativeFrame frame, LuaTable module)
    {
        foreach (var option in frame.Arguments.Skip(1))
        {
            if (option.AsFunction is not null) yield return NativeStep.Call(option, module);
        }

        frame.Return(module);
    }

    /// <summary>
    /// The global table of this name, dots leading deeper, made where it is missing; null where something else is there
    /// (luaL_findtable).
    /// </summary>
    private static LuaTable? FindTable(LuaState state, LuaString name)
    {
        var table = state.Globals;
        var rest = name.Span;
        while (true)
        {
            var dot = rest.IndexOf((byte)'.');
            var key = LuaString.FromBytes(dot < 0 ? rest : rest[..dot]);
            var found = table[key];
            if (found.IsNil) table[key] = found = state.NewTable(0, 1);
            if (found.AsTable is not { } next) return null;
            if (dot < 0) return next;
            table = next;
            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>A table sees the globals behind its own fields.</summary>
    private static int SeeAll(in LuaCall call)
    {
        var table = call.Table(1);
        var metatable = table.Metatable ??= call.State.NewTable(0, 1);
        metatable["__index"] = call.State.Globals;
        return call.Return();
    }

    private static int Unload(in LuaCall call)
    {
        Loaded(call.State)[LuaText.CText(call.String(1))] = default;
        call.State.Collect();
        return call.Return();
    }
}
