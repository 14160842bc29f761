namespace AirHil.Benchmarks;

/// <summary>
/// What a user waits for, start-up included: `dotnet airhil.dll …`. The peer is the same process doing nothing.
/// </summary>
internal static class WholeProcess
{
    private const int Runs = 5;

    public static void Run()
    {
        var airhil = Path.Combine(AppContext.BaseDirectory, "airhil.dll");
        var root = Repository.Root;
        var script = Path.Combine(root, "fixtures", "scripts", "websocket-echo");
        var feature = Path.Combine(root, "features", "boot.feature");

        var nothing = Timing.Best(Runs, "dotnet", airhil, "--version");
        Console.WriteLine();
        Console.WriteLine("| whole process | best of 5 | goal | against `airhil --version` |");
        Console.WriteLine("|---|---|---|---|");
        Row("airhil --version", nothing, "", nothing);
        Row("24 virtual hours of the first script with its echo service",
            Timing.Best(Runs, "dotnet", airhil, "run", script, "--for", "24h"), "1 s, aim 0.33 s", nothing);
        Row("a test of one scenario", Timing.Best(Runs, "dotnet", airhil, "test", feature, "-k", "The boot log is"),
            "1 s", nothing);
        Row("all features", Timing.Best(Runs, "dotnet", airhil, "test", Path.Combine(root, "features")), "", nothing);
    }

    private static void Row(string what, TimeSpan time, string goal, TimeSpan nothing) =>
        Console.WriteLine($"| {what} | {Timing.Seconds(time)} | {goal} | {time / nothing:0.0} |");
}
