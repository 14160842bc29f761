using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace AirHil.Determinism.Tests;

/// <summary>The command in processes that differ in everything a session must not depend on.</summary>
internal static class Processes
{
    private const string WithCultures = "CULTURES";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string> CultureConfig = new(WriteCultureConfig);

    /// <summary>The variables of the process that the others are compared with.</summary>
    public static IReadOnlyDictionary<string, string> Plain { get; } = Variables("LANG=C LC_ALL=C TZ=UTC");

    /// <summary>
    /// Reads "NAME=value NAME=value". CULTURES=1 is ours: the command is built without culture data and gets it back.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Standard output, line by line.</summary>
    /// <exception cref="InvalidOperationException">The command failed or did not end.</exception>
    public static async Task<string[]> Airhil(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        string[] runtime = variables.ContainsKey(WithCultures)
            ? ["exec", "--runtimeconfig", CultureConfig.Value, "--depsfile", Beside("airhil.deps.json")]
            : [];
        var start = new ProcessStartInfo("dotnet", [.. runtime, Beside("airhil.dll"), .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory, // which holds features/ and fixtures/
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
            throw new InvalidOperationException(
                $"airhil {string.Join(' ', arguments)} did not end within {Limit}: {await error}");
        }

        Assert.SkipWhen((await error).Contains("valid ICU package", StringComparison.Ordinal),
            "libicu, which holds the cultures, is not installed");
        return process.ExitCode == 0
            ? (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException(
                $"airhil {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>A switch in the command's own configuration wins over variables, so that has to change.</summary>
    private static string WriteCultureConfig()
    {
        var config = JsonNode.Parse(File.ReadAllText(Beside("airhil.runtimeconfig.json")))!;
        var properties = config["runtimeOptions"]!["configProperties"]!;
        properties["System.Globalization.Invariant"]!.GetValue<bool>().ShouldBeTrue();
        properties["System.Globalization.Invariant"] = false;
        properties["System.Globalization.PredefinedCulturesOnly"] = false;
        var path = Beside("cultures.runtimeconfig.json");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }
}
