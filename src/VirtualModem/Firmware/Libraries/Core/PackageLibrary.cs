using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>require</c> and <c>unload</c> in V1112's search order; there is no package.path (reference §1.4, §1.5).
/// </summary>
internal static class PackageLibrary
{
    public static LibraryDefinition Globals { get; } = new LibraryDefinition("_G")
        .Add("require", Require)
        .Add("unload", Unload)
        .Add("module", NotModelled.Body("module"));

    /// <summary>Only helpers for old code are in it.</summary>
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("package")
        .Add("seeall", NotModelled.Body("package.seeall"));

    private static int Require(in LuaCall call)
    {
        var name = call.String(1);
        var key = LuaText.CText(name);
        var loaded = Loaded(call.State)[key];
        if (loaded.IsTruthy) return call.Return(loaded);
        var scripts = call.Host<FirmwareHost>().Scripts;
        if (scripts.Search(LuaText.Path(name)) is not { } path) throw call.Error($"module '{name}' not found");
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
        call.Error($"error loading module '{name}' from file '{path}':\n\t{message}");

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

    private static int Unload(in LuaCall call)
    {
        Loaded(call.State)[LuaText.CText(call.String(1))] = default;
        call.State.Collect();
        return call.Return();
    }
}
