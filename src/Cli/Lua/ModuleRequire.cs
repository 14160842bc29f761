using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>The module's require (reference §1.5) over one folder of the host.</summary>
internal sealed class ModuleRequire(string folder)
{
    private readonly Dictionary<string, LuaValue> _loaded = new(StringComparer.Ordinal);

    public int Require(in LuaCall call)
    {
        var name = call.String(1).ToString();
        if (_loaded.TryGetValue(name, out var value)) return call.Return(value);
        if (call.State.Globals[name].AsUserdata is AirHil.Lua.Run.LuaLibrary library) return call.Return(library);
        var file = Path.Combine(folder, name + ".lua");
        if (!File.Exists(file)) throw call.Error($"module '{name}' not found");
        try
        {
            var chunk = call.State.LoadFile(ScriptFile.Read(file), LuaString.FromText($"@{name}.lua"));
            return call.Continue(frame => Run(frame, name, chunk));
        }
        catch (Exception e) when (e is LuaSyntaxException || HostError.IsOne(e))
        {
            throw call.Error($"error loading module '{name}' from file '{file}':\n\t{e.Message}");
        }
    }

    private IEnumerator<NativeStep> Run(NativeFrame frame, string name, LuaFunction chunk)
    {
        yield return NativeStep.Call(chunk, frame.Arguments[0]);
        var value = frame.Result(0).IsNil ? LuaValue.True : frame.Result(0);
        frame.State.Reference(value);
        _loaded[name] = value;
        frame.Return(value);
    }
}
