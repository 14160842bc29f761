using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Run;

/// <summary>What a Lua program did: its printed lines, and how it ended.</summary>
internal sealed record ScriptOutcome(
    IReadOnlyList<string> Lines, RunStatus Status, string? Error, string? Traceback, long Instructions, long HeapUsed)
{
    public string Text => string.Join('\n', Lines);
}

/// <summary>Runs Lua programs on fresh engines.</summary>
internal static class Script
{
    public static readonly LuaOptions Standard64 = new()
    {
        Bits = 64,
        NumberStyle = NumberStyle.Standard,
        HeapLimit = null,
        ModuleLibraries = false,
    };

    public static readonly LuaOptions Module = new();

    public static ScriptOutcome Run(
        string source, LuaOptions? options = null, long slice = long.MaxValue / 4, Action<LuaState>? prepare = null)
    {
        var state = LuaEngine.Create(options ?? Standard64);
        var lines = new List<string>();
        state.Printer = texts => lines.Add(string.Join('\t', texts.Select(text => text.ToString())));
        prepare?.Invoke(state);
        state.Start(state.Load(Compile(state, source)));
        RunStatus status;
        do status = state.Run(slice);
        while (status == RunStatus.Preempted);
        return new ScriptOutcome(
            lines, status, state.Error?.Message, state.Error?.LuaTraceback, state.InstructionCount, state.HeapUsed);
    }

    public static Prototype Compile(LuaState state, string source) =>
        LuaCompiler.Compile(Encoding.UTF8.GetBytes(source), LuaString.FromText("@main.lua"), state.Numbers);

    /// <summary>The printed text of <c>print(expression)</c>.</summary>
    public static string Value(string expression, LuaOptions? options = null)
    {
        var outcome = Run($"print({expression})", options);
        return outcome.Error ?? outcome.Text;
    }
}
