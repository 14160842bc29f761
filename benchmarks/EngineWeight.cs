using System.Diagnostics;
using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua;
using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Benchmarks;

/// <summary>What an engine weighs, and what many modules in one process take.</summary>
internal static class EngineWeight
{
    private const int Engines = 5_000;
    private const int Modules = 10_000;
    private static readonly TimeSpan Simulated = TimeSpan.FromMinutes(2);

    public static void Run()
    {
        Console.WriteLine();
        Console.WriteLine("| what | each | goal |");
        Console.WriteLine("|---|---|---|");
        var script = Path.Combine(Repository.Root, "fixtures", "scripts", "websocket-echo", "main.lua");
        WeighEngines(File.ReadAllBytes(script));
        RunModules(script);
    }

    /// <summary>Engines of the module's kind, each with a closure over one compiled chunk, ready to run.</summary>
    private static void WeighEngines(byte[] source)
    {
        var options = new LuaOptions();
        var chunk = LuaCompiler.CompileFile(source, LuaString.FromText("@main.lua"),
            new NumberModel(options.Bits, options.NumberStyle));
        var engines = new LuaState[Engines];
        for (var i = 0; i < Engines; i++) engines[i] = New(options, chunk); // So that all code is compiled.
        Array.Clear(engines);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Engines; i++) engines[i] = New(options, chunk);
        var spent = Environment.CpuUsage.TotalTime - cpu;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(engines);
        Row("a new engine with a shared chunk, managed memory", bytes / 1024.0 / Engines, "KB", "60 KB");
        Row("a new engine with a shared chunk, processor time", spent.TotalMicroseconds / Engines, "µs", "100 µs");
    }

    private static LuaState New(LuaOptions options, Prototype chunk)
    {
        var state = LuaEngine.Create(options);
        state.Start(state.Load(chunk));
        return state;
    }

    /// <summary>Modules with the tutorial's first script, side by side in one thread, in virtual time.</summary>
    private static void RunModules(string script)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var crowd = new Crowd(script, Modules);
        crowd.RunTo(Simulated);
        clock.Stop();
        var spent = Environment.CpuUsage.TotalTime - cpu;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var about = string.Create(CultureInfo.InvariantCulture,
            $"{Modules:N0} modules, {Simulated.TotalMinutes} virtual minutes");
        Row($"{about}: managed memory a module", bytes / 1024.0 / Modules, "KB", "measured");
        Row($"{about}: processor time a module", spent.TotalMilliseconds / Modules, "ms", "measured");
        Row($"{about}: wall time of all", clock.Elapsed.TotalSeconds, "s", "measured");
        Row($"{about}: memory of the process", Environment.WorkingSet / 1024.0 / 1024.0, "MB", "measured");
        Row($"{about}: echoes heard by a module", (double)crowd.Echoes / Modules, "", "8");
        GC.KeepAlive(crowd);
    }

    private static void Row(string what, double value, string unit, string goal) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:0.0} {unit} | {goal} |"));
}
