using System.Diagnostics;

namespace AirHil.Board.Power;

/// <summary>Runs a program to its end, in bounded time and memory.</summary>
internal static class ToolRun
{
    private const int MostText = 2000;
    private const int MostLines = 20;

    /// <summary>How long a program that switches a supply may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task<ToolOutcome> ShellAsync(string command, CancellationToken cancel) =>
        OperatingSystem.IsWindows()
            ? ProgramAsync("cmd.exe", ["/d", "/s", "/c", command], cancel)
            : ProgramAsync("/bin/sh", ["-c", command], cancel);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<ToolOutcome> ProgramAsync(
        string program, IEnumerable<string> words, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} could not be started");
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        var said = new OutputTail(MostText);
        var reading = Task.WhenAll(
            said.ReadAsync(process.StandardError, limit.Token), said.ReadAsync(process.StandardOutput, limit.Token));
        int? code = null;
        try
        {
            await process.WaitForExitAsync(limit.Token);
            code = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
        }

        // What it has left running in the background may hold the pipes open.
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None));
        return new ToolOutcome(code, string.Join('\n', said.Lines(MostLines)));
    }
}
