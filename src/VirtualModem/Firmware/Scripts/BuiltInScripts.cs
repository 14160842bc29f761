using System.Collections.Concurrent;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Scripts;

/// <summary>
/// The scripts inside the firmware: <c>/lua/sys</c> and <c>/lua/sysplus</c> (reference §1.5). V1112 carries them as
/// bytecode without debug information, so messages show "?" for their name and no line, and so it is here.
/// </summary>
internal static class BuiltInScripts
{
    private static readonly LuaString NoSource = LuaString.FromText("=?");
    private static readonly ConcurrentDictionary<(string Name, int Bits), Prototype> Compiled = new();

    /// <summary>The names that <c>require</c> finds under /lua/.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sys", "sysplus"];

    /// <summary>The source text of a built-in script.</summary>
    public static byte[] Source(string name)
    {
        using var stream = typeof(BuiltInScripts).Assembly.GetManifestResourceStream(name + ".lua")
            ?? throw new ArgumentException($"There is no built-in script '{name}'.", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>
    /// A built-in script compiled and stripped, shared by all engines of a number model; null for another name.
    /// </summary>
    public static Prototype? Find(string name, NumberModel model) => !Names.Contains(name)
        ? null
        : Compiled.GetOrAdd(
            (name, model.Bits), static (key, m) => Strip(LuaCompiler.Compile(Source(key.Name), NoSource, m)), model);

    /// <summary>Takes lines and names out, as luac -s does.</summary>
    private static Prototype Strip(Prototype prototype) => new()
    {
        Code = prototype.Code,
        Constants = prototype.Constants,
        Children = [.. prototype.Children.Select(Strip)],
        Upvalues = [.. prototype.Upvalues.Select(upvalue => upvalue with { Name = null })],
        Lines = [.. prototype.Lines.Select(_ => NoLine)],
        Locals = [],
        Source = NoSource,
        LineDefined = prototype.LineDefined,
        LastLineDefined = prototype.LastLineDefined,
        ParameterCount = prototype.ParameterCount,
        IsVararg = prototype.IsVararg,
        MaxStackSize = prototype.MaxStackSize,
    };

    private const int NoLine = -1;
}
