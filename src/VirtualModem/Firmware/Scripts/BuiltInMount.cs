using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Scripts;

/// <summary>/lua/: what a script finds that looks at the built-in scripts instead of requiring them.</summary>
internal sealed class BuiltInMount : IReadOnlyMount
{
    /// <summary>The signature of compiled Lua; the rest of the file is not modelled, it is zero.</summary>
    private static readonly byte[] CompiledMark = [0x1B, .. "Lua"u8];

    /// <summary>Both scripts with their sizes in V1112 (L:luat/vfs/luat_inline_libs.c).</summary>
    private static readonly (string Name, byte[] Bytes)[] Files =
        [Compiled("sys.lua", 4969), Compiled("sysplus.lua", 2657)];

    public byte[]? Find(string name) => Array.Find(Files, file => file.Name == name).Bytes;

    public IEnumerable<(string Name, int Size)> List() => Files.Select(file => (file.Name, file.Bytes.Length));

    private static (string Name, byte[] Bytes) Compiled(string name, int size)
    {
        var bytes = new byte[size];
        CompiledMark.CopyTo(bytes, 0);
        return (name, bytes);
    }
}
