using System.Diagnostics;
using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua;
using AirHil.Lua.Compile;
using AirHil.Lua.Coverage;
using AirHil.Lua.Values;

namespace AirHil.Benchmarks;

/// <summary>
/// The Lua engine against PUC-Rio's `lua5.3` on the classic programs in benchmarks/programs, metering and heap count
/// on, in both widths of numbers, and with coverage. All figures are processor time, so that a busy machine shows less.
/// </summary>
internal static class LuaAgainstPuc
{
    private const int Rounds = 5;
    private const double GoalOfMean = 2.5;
    private const double GoalOfEach = 5;
    private const double AimOfMean = 1.5;
    private const double GoalOfCoverage = 1.15;

    public static void Run()
    {
        Console.WriteLine();
        try
        {
            using var version = Process.Start(
                new ProcessStartInfo("lua5.3", "-v") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            version.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("lua5.3 is not installed: the Lua comparison is left out");
            return;
        }

        Console.WriteLine(
            "| program | lua5.3 | 64 bits | ratio | 32 bits | ratio | 64 bits, coverage | over without |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var ratios64 = new List<double>();
        var ratios32 = new List<double>();
        var covered = new List<double>();
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "benchmarks", "programs"), "*.lua")
            .Order(StringComparer.Ordinal))
        {
            var (puc, wide, narrow, withCoverage) = Measure(path);
            ratios64.Add(wide / puc);
            ratios32.Add(narrow / puc);
            covered.Add(withCoverage / wide);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(path)} | {puc:0.000} s | {wide:0.000} s | {wide / puc:0.00} | " +
                $"{narrow:0.000} s | {narrow / puc:0.00} | {withCoverage:0.000} s | {withCoverage / wide:0.00} |"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| geometric mean | | | {Mean(ratios64):0.00} | | {Mean(ratios32):0.00} | | {Mean(covered):0.00} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"goals: mean {GoalOfMean} (aim {AimOfMean}), none over {GoalOfEach}, coverage {GoalOfCoverage}; " +
            $"worst: {ratios64.Max():0.00} and {ratios32.Max():0.00}"));
    }

    private static double Mean(List<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    /// <summary>The best of several rounds; in each all four take their turn, so that all meet one weather.</summary>
    private static (double Puc, double Wide, double Narrow, double Covered) Measure(string path)
    {
        var (puc, wide, narrow, covered) =
            (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            puc = Math.Min(puc, PucSeconds(path));
            wide = Math.Min(wide, OurSeconds(path, 64, null));
            narrow = Math.Min(narrow, OurSeconds(path, 32, null));
            covered = Math.Min(covered, OurSeconds(path, 64, new LineCoverage()));
        }

        return (puc, wide, narrow, covered);
    }

    /// <summary>Processor time of a process of lua5.3 as itself tells it, start included (about 1 ms).</summary>
    private static double PucSeconds(string path)
    {
        var start = new ProcessStartInfo("lua5.3", ["-e", "dofile(arg[1]) io.write(os.clock())", "-", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"lua5.3 {path} ended with {process.ExitCode}");
    }

    /// <summary>Processor time of this process, its compiler's and collector's threads included.</summary>
    private static double OurSeconds(string path, int bits, LineCoverage? coverage)
    {
        var state = LuaEngine.Create(
            new LuaOptions
            {
                Bits = bits,
                NumberStyle = NumberStyle.Standard,
                HeapLimit = null,
                ModuleLibraries = false,
                Coverage = coverage,
            });
        var name = LuaString.FromText("@" + Path.GetFileName(path));
        var chunk = LuaCompiler.CompileFile(File.ReadAllBytes(path), name, state.Numbers);
        state.Start(state.Load(chunk));
        var before = Environment.CpuUsage.TotalTime;
        RunStatus status;
        while ((status = state.Run(1_000_000)) == RunStatus.Preempted)
        {
        }

        var spent = Environment.CpuUsage.TotalTime - before;
        return status == RunStatus.Finished
            ? spent.TotalSeconds
            : throw new InvalidOperationException($"{path} ended as {status}: {state.Error?.Message}");
    }
}
