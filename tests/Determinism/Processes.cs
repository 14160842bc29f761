using System.Diagnostics;
using System.Text;

namespace AirHil.Determinism.Tests;

/// <summary>The command in processes that differ in everything a session must not depend on.</summary>
internal static class Processes
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The folder that holds features/ and fixtures/.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The variables of the process that the others are compared with.</summary>
    public static IReadOnlyDictionary<string, string> Plain { get; } = Variables("LANG=C LC_ALL=C TZ=UTC");

    /// <summary>Reads "NAME=value NAME=value".</summary>
    public static IReadOnlyDictionary<string, string> Variables(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Standard output, line by line.</summary>
    /// <exception cref="InvalidOperationException">The command failed or did not end.</exception>
    public static async Task<string[]> Airhil(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "airhil.dll"), .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"airhil {string.Join(' ', arguments)} did not end within {Limit}: {await error}");
        }

        return process.ExitCode == 0
            ? (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"airhil {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "features"))) return folder.FullName;
        }

        // The output may lie elsewhere: then the tests are run from the repository.
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "features"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("there is no folder 'features' above the tests or the working directory");
    }
}
