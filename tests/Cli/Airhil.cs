using System.Diagnostics;
using System.Text;

namespace AirHil.Cli.Tests;

/// <summary>The command in a process of its own, as a user starts it. Nothing may hang: after the limit it is killed and the test fails.</summary>
internal static class Airhil
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");

    /// <summary>Runs to the end in the folder.</summary>
    public static Task<Outcome> In(TempFolder folder, params string[] arguments) => Run(folder, arguments, stopWhen: null);

    /// <summary>Runs until a line of standard output satisfies, then asks it to end, as Ctrl-C and `kill` do.</summary>
    public static Task<Outcome> StoppedWhen(TempFolder folder, Func<string, bool> line, params string[] arguments) =>
        Run(folder, arguments, line);

    private static async Task<Outcome> Run(TempFolder folder, string[] arguments, Func<string, bool>? stopWhen)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = Read(process, stopWhen);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"airhil {string.Join(' ', arguments)} did not end within {Limit}; standard error:\n{await error}");
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    private static async Task<string> Read(Process process, Func<string, bool>? stopWhen)
    {
        if (stopWhen is null) return await process.StandardOutput.ReadToEndAsync();
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            if (!stopWhen(line)) continue;
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            stopWhen = _ => false;
        }

        return text.ToString();
    }

    /// <summary>What a process left behind.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The session's hash in the summary.</summary>
        public string Hash => Error.Split('\n').Single(line => line.StartsWith("session ", StringComparison.Ordinal))["session ".Length..].Trim();

        /// <summary>The process ended with this code and did not fall over on the way.</summary>
        public Outcome ShouldExitWith(int code)
        {
            ExitCode.ShouldBe(code, $"standard error:\n{Error}\nstandard output:\n{Output}");
            Error.ShouldNotContain("Unhandled exception");
            Error.ShouldNotContain("internal error");
            return this;
        }
    }
}
