using System.Diagnostics;
using System.Text.Json;

namespace AirHil.Benchmarks;

/// <summary>
/// How sharp the features are: every <see cref="Mutation"/> is made in a copy of the repository, built, and must turn a
/// feature red. Prints docs/mutations.md's table.
/// </summary>
internal static class MutationRun
{
    /// <param name="part">Only defects with this text in their description.</param>
    public static int Run(string root, string part)
    {
        var copy = Directory.CreateTempSubdirectory("airhil-mutations-").FullName;
        try
        {
            Copy(root, copy);
            var red = FailedFeatures(copy) ?? ["the build"];
            if (red.Count > 0)
            {
                Console.Error.WriteLine("without any defect these are red: " + string.Join("; ", red));
                return 1;
            }

            var (tried, missed) = (0, 0);
            Console.WriteLine("| # | defect | file | red scenarios | the first of them |");
            Console.WriteLine("|---|---|---|---|---|");
            for (var i = 0; i < Mutation.All.Count; i++)
            {
                var mutation = Mutation.All[i];
                if (!mutation.What.Contains(part, StringComparison.Ordinal)) continue;
                tried++;
                var failed = Try(copy, mutation);
                if (failed is null or { Count: 0 }) missed++;
                var found = failed switch
                {
                    null => "does not build",
                    { Count: 0 } => "NOT FOUND",
                    _ => failed[0].ReplaceLineEndings(" "),
                };
                Console.WriteLine(
                    $"| {i + 1} | {mutation.What} | {Path.GetFileName(mutation.File)} | {failed?.Count ?? 0} | " +
                    $"{found.Replace("|", "\\|", StringComparison.Ordinal)} |");
            }

            Console.WriteLine();
            Console.WriteLine($"{tried - missed} of {tried} defects were found.");
            return missed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static List<string>? Try(string copy, Mutation mutation)
    {
        var path = Path.Combine(copy, mutation.File);
        var original = File.ReadAllText(path);
        if (original.Split(mutation.Before).Length != 2)
        {
            throw new InvalidOperationException($"{mutation.File} must hold this text exactly once: {mutation.Before}");
        }

        File.WriteAllText(path, original.Replace(mutation.Before, mutation.After, StringComparison.Ordinal));
        try
        {
            return FailedFeatures(copy);
        }
        finally
        {
            File.WriteAllText(path, original);
        }
    }

    /// <summary>Names of the scenarios that are red; null where it does not build.</summary>
    private static List<string>? FailedFeatures(string copy)
    {
        if (Execute(copy, "build", "src/Cli", "-v", "q", "--nologo", "-p:RunAnalyzers=false",
            "-p:TreatWarningsAsErrors=false").Code != 0)
        {
            return null;
        }

        var (_, output) = Execute(copy, "artifacts/bin/AirHil.Cli/debug/airhil.dll", "test", "features", "--format",
            "json", "--wall-limit", "5m");
        var failed = new List<string>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("status").GetString() is not ("passed" or "skipped"))
            {
                failed.Add(json.RootElement.GetProperty("name").GetString()!);
            }
        }

        return failed;
    }

    private static (int Code, string Output) Execute(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static void Copy(string from, string to)
    {
        foreach (var name in (string[])
        [
            "src", "features", "fixtures", "Directory.Build.props", "Directory.Packages.props", "global.json",
            ".editorconfig",
        ])
        {
            var source = Path.Combine(from, name);
            if (File.Exists(source)) File.Copy(source, Path.Combine(to, name));
            else CopyFolder(source, Path.Combine(to, name));
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("bin" or "obj"))
            {
                CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
            }
        }
    }
}
