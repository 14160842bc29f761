using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Language;

/// <summary>Runs a program on plain engines of both widths, whole and in slices, and compares what it prints.</summary>
internal static class Snippet
{
    /// <summary>The 32-bit output is that of 64 bits.</summary>
    public const string Same = "(as with 64 bits)";

    private const long WholeRun = long.MaxValue / 4;
    private const long ShortSlice = 7;

    public static void ShouldPrint(string title, string source, string with64, string with32)
    {
        Run(source, 64, WholeRun).ShouldBe(with64, title);
        Run(source, 32, WholeRun).ShouldBe(with32 == Same ? with64 : with32, title);
        Run(source, 64, ShortSlice).ShouldBe(with64, title);
    }

    private static string Run(string source, int bits, long slice)
    {
        var state = LuaEngine.Create(new LuaOptions
        {
            Bits = bits,
            NumberStyle = NumberStyle.Standard,
            HeapLimit = null,
            ModuleLibraries = false,
        });
        var output = new StringBuilder();
        state.Printer = texts =>
            output.AppendJoin('\t', texts.Select(text => Encoding.Latin1.GetString(text.Span))).Append('\n');
        var io = state.NewTable();
        io["write"] = new NativeFunction("io.write", (in LuaCall call) =>
        {
            for (var i = 1; i <= call.Count; i++) output.Append(Encoding.Latin1.GetString(call.String(i).Span));
            return 0;
        });
        state.Globals["io"] = io;
        state.Start(
            state.Load(
                LuaCompiler.Compile(Encoding.Latin1.GetBytes(source), LuaString.FromText("@main.lua"), state.Numbers)));
        RunStatus status;
        do status = state.Run(slice);
        while (status == RunStatus.Preempted);
        if (status == RunStatus.Failed) output.Append(state.Error!.Message);
        return output.ToString().TrimEnd('\n');
    }
}
