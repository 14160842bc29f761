using System.Text;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Rig.Peers;

/// <summary>
/// The call <c>require</c> of one running script. Each file runs once, and gives the same value to all.
/// </summary>
internal sealed class ScriptModules(PeerScript script)
{
    private readonly Dictionary<string, string> _texts = script.Modules.ToDictionary(StringComparer.Ordinal);

    /// <summary>By their names, the engine's references of their values; null: it runs, or has failed.</summary>
    private readonly Dictionary<string, int?> _loaded = new(StringComparer.Ordinal);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("peer").Add("require", Require);

    /// <summary>A file's name as errors have it: beside the script, as the user wrote that.</summary>
    private string NameOf(string module) => script.Name[..^script.FileName.Length] + module + ".lua";

    private static int Require(in LuaCall call)
    {
        var modules = call.Host<ScriptHost>().Modules;
        var name = call.String(1).ToString();
        if (!PeerModules.IsName(name)) throw call.ArgumentError(1, PeerModules.NameRule);
        if (modules._loaded.TryGetValue(name, out var reference))
        {
            return call.Return(reference is { } there
                ? call.State.Dereference(there)
                : throw call.Error($"loop or previous error loading module '{name}'"));
        }

        if (!modules._texts.TryGetValue(name, out var text))
        {
            throw call.Error(
                $"module '{name}' not found: there is no {modules.NameOf(name)}, or no script has the words "
                + $"require \"{name}\"");
        }

        modules._loaded.Add(name, null);
        var chunk = Load(call, text, modules.NameOf(name));
        return call.Continue(frame => modules.Run(frame, name, chunk));
    }

    private static LuaFunction Load(in LuaCall call, string text, string name)
    {
        try
        {
            return call.State.LoadFile(Encoding.UTF8.GetBytes(text), LuaString.FromText("@" + name));
        }
        catch (LuaSyntaxException wrong)
        {
            throw new LuaException(wrong.Message);
        }
    }

    private IEnumerator<NativeStep> Run(NativeFrame frame, string name, LuaFunction chunk)
    {
        yield return NativeStep.Call(chunk, LuaString.FromText(name));
        var value = frame.Result(0);
        if (value.IsNil) value = LuaValue.True;
        _loaded[name] = frame.State.Reference(value);
        frame.Return(value);
    }
}
