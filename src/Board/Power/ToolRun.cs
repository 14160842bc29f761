using System.Diagnostics;

namespace AirHil.Board.Power;

/// <summary>Runs a program to its end, in bounded time and memory.</summary>
internal static class ToolRun
{
    private const int MostText = 2000;
    private const int MostLines = 20;

    /// <summary>How long a program that switches a supply may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <param name="folder">Where it runs.</param>
    public static async Task<ToolOutcome> ShellAsync(string command, string folder, CancellationToken cancel)
    {
        var start = Shell(command);
        start.WorkingDirectory = folder;
        return await RunAsync(start, cancel);
    }

    /// <summary>How the system's shell is started with a command.</summary>
    public static ProcessStartInfo Shell(string command) => OperatingSystem.IsWindows()
        // cmd.exe has rules of its own for quotes, which a list of arguments would break.
        ? new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{command}\"" }
        : new ProcessStartInfo("/bin/sh", ["-c", command]);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<ToolOutcome> ProgramAsync(
        string program, IEnumerable<string> words, CancellationToken cancel) =>
        await RunAsync(new ProcessStartInfo(program, words), cancel);

    private static async Task<ToolOutcome> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} could not be started");
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
