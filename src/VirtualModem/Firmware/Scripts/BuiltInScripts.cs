using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Scripts;

/// <summary>
/// The scripts inside the firmware: <c>/lua/sys</c> and <c>/lua/sysplus</c> (reference §1.5). V1112 carries them as
/// bytecode without debug information: the loader names it after its file ("@/lua/sys.lua", lundump.c), no instruction
/// has a line, and what remains is the line where each function is defined. Where a function of ours stands for one of
/// V1112's, its line ends with "V1112:" and the lines of that one.
/// </summary>
internal static class BuiltInScripts
{
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
        : Compiled.GetOrAdd((name, model.Bits), static (key, m) => Compile(key.Name, m), model);

    private static Prototype Compile(string name, NumberModel model)
    {
        var source = Source(name);
        // The bytecode for 64-bit numbers kept the name under which it was compiled.
        var chunkName = LuaString.FromText(model.Bits == 64 ? $"@corelib\\{name}.lua" : $"@/lua/{name}.lua");
        var lines = Encoding.UTF8.GetString(source).Split('\n');
        return Strip(LuaCompiler.Compile(source, chunkName, model), lines);
    }

    /// <summary>Takes lines and names out, as luac -s does.</summary>
    private static Prototype Strip(Prototype prototype, string[] lines)
    {
        var (first, last) = LinesOf(prototype, lines);
        return new()
        {
            Code = prototype.Code,
            Constants = prototype.Constants,
            Children = [.. prototype.Children.Select(child => Strip(child, lines))],
            Upvalues = [.. prototype.Upvalues.Select(upvalue => upvalue with { Name = null })],
            Lines = [.. prototype.Lines.Select(_ => NoLine)],
            Locals = [],
            Source = prototype.Source,
            LineDefined = first,
            LastLineDefined = last,
            ParameterCount = prototype.ParameterCount,
            IsVararg = prototype.IsVararg,
            MaxStackSize = prototype.MaxStackSize,
        };
    }

    private static (int First, int Last) LinesOf(Prototype prototype, string[] lines)
    {
        const string mark = "V1112:";
        if (prototype.LineDefined > 0 && lines[prototype.LineDefined - 1] is var line &&
            line.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at)
        {
            var numbers = line[(at + mark.Length)..].TrimEnd().Split('-');
            return (int.Parse(numbers[0], CultureInfo.InvariantCulture),
                int.Parse(numbers[1], CultureInfo.InvariantCulture));
        }

        return (prototype.LineDefined, prototype.LastLineDefined);
    }

    private const int NoLine = -1;
}
