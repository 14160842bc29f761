using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AirHil.Benchmarks;

/// <summary>
/// What a user waits for, start-up included: `dotnet airhil.dll …`, as built and as published (compiled ahead of time).
/// The peer is the same process doing nothing.
/// </summary>
internal static class WholeProcess
{
    private const int Runs = 5;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("airhil-publish-").FullName;
        try
        {
            Measure("as built", Path.Combine(AppContext.BaseDirectory, "airhil.dll"));
            if (Publish(folder)) Measure("as published", Path.Combine(folder, "airhil.dll"));
            else Console.WriteLine("\nthe ahead-of-time compiler cannot be had here: the published form is left out");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string form, string airhil)
    {
        var features = Path.Combine(Repository.Root, "features");
        var script = Path.Combine(Repository.Root, "fixtures", "scripts", "websocket-echo");
        var nothing = Timing.Best(Runs, "dotnet", airhil, "--version");
        Console.WriteLine();
        Console.WriteLine($"| whole process, {form} | best of {Runs} | goal | against `airhil --version` |");
        Console.WriteLine("|---|---|---|---|");
        Row("airhil --version", "");
        Row("24 virtual hours of the first script with its echo service", "1 s, aim 0.33 s", "run", script, "--for",
            "24h");
        Row("ten virtual days of the same", "", "run", script, "--for", "240h");
        Row("a test of one scenario", "1 s", "test", Path.Combine(features, "boot.feature"), "-k", "The boot log is");
        Row("all features", "", "test", features);

        void Row(string what, string goal, params string[] arguments)
        {
            var time = arguments.Length == 0 ? nothing : Timing.Best(Runs, "dotnet", [airhil, .. arguments]);
            Console.WriteLine($"| {what} | {Timing.Seconds(time)} | {goal} | {time / nothing:0.0} |");
        }
    }

    private static bool Publish(string folder)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(Repository.Root, "src", "Cli"), "-c", "Release", "-o", folder, "-v", "q",
                "--nologo",
                "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
