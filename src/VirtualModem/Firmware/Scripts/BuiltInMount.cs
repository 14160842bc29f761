using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Scripts;

/// <summary>/lua/: what a script finds that looks at the built-in scripts instead of requiring them.</summary>
internal sealed class BuiltInMount : IReadOnlyMount
{
    /// <summary>The signature of compiled Lua; the rest of the file is not modelled.</summary>
    private static readonly byte[] CompiledMark = [0x1B, .. "Lua"u8];

    public byte[]? Find(string name)
    {
        foreach (var script in BuiltInScripts.Names)
        {
            if (name == script + ".luac") return CompiledMark;
        }

        return null;
    }

    public IEnumerable<(string Name, int Size)> List()
    {
        foreach (var script in BuiltInScripts.Names) yield return (script + ".luac", CompiledMark.Length);
    }
}
