using System.Text;

using AirHil.Lua.Library;
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
        var host = call.Host<FirmwareHost>();
        var key = LuaText.Path(name);
        if (host.LoadedModules.TryGetValue(key, out var loaded)) return call.Return(loaded);
        if (OpenedLibrary(call, key) is { } library) return call.Return(library);
        if (host.Scripts.Search(key) is not { } path) throw call.Error($"module '{name}' not found");
        LuaFunction chunk;
        try
        {
            call.State.Collect();
            chunk = host.Scripts.Load(call.State, path)!;
        }
        catch (LuaSyntaxException syntax)
        {
            throw call.Error($"error loading module '{name}' from file '{path}':\n\t{syntax.Message}");
        }

        return call.Continue(frame => Run(frame, host, key, chunk, path));
    }

    private static IEnumerator<NativeStep> Run(NativeFrame frame, FirmwareHost host, string key, LuaFunction chunk,
        string path)
    {
        yield return NativeStep.Call(chunk, frame.Arguments[0], path);
        var value = frame.Result(0);
        // A module that returns nothing may have set the entry itself; else it is true.
        if (value.IsNil) value = host.LoadedModules.TryGetValue(key, out var own) ? own : LuaValue.True;
        host.LoadedModules[key] = value;
        Registered(frame.State)[key] = value;
        frame.State.Collect();
        frame.Return(value);
    }

    /// <summary>The module's _LOADED table, which keeps the values from the collector.</summary>
    public static LuaTable Registered(Lua.LuaState state)
    {
        if (state.Registry["_LOADED"].AsTable is { } known) return known;
        var table = state.NewTable();
        state.Registry["_LOADED"] = table;
        return table;
    }

    private static LuaValue? OpenedLibrary(in LuaCall call, string name)
    {
        var value = call.State.Globals[name];
        if (value.AsUserdata is LuaLibrary library && library.Definition.Name == name) return value;
        return null;
    }

    private static int Unload(in LuaCall call)
    {
        var key = LuaText.Path(call.String(1));
        call.Host<FirmwareHost>().LoadedModules.Remove(key);
        Registered(call.State)[Encoding.UTF8.GetString(call.String(1).Span)] = default;
        return call.Return();
    }
}
