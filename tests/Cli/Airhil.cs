using System.Diagnostics;
using System.Text;
using AirHil.Cli.Streams;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>
/// The command as a user gives it: its entry called in this process, or a process of its own where that is what counts.
/// Nothing may hang: after the limit the test fails.
/// </summary>
internal static class Airhil
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");

    /// <summary>The current folder belongs to the whole process, so commands in it take turns.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>Calls the command in the folder, in this process; its outputs are no terminal.</summary>
    public static async Task<Outcome> In(TempFolder folder, params string[] arguments)
    {
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            return await Call(arguments);
        }
        finally
        {
            Directory.SetCurrentDirectory(AppContext.BaseDirectory);
            Turn.Release();
        }
    }

    /// <summary>Runs a process to its end in the folder.</summary>
    public static Task<Outcome> Started(TempFolder folder, params string[] arguments) => Run(folder, arguments, Read);

    /// <summary>Runs a process to its end, which a shell starts with changed descriptors.</summary>
    /// <param name="redirections">As a shell has them.</param>
    public static Task<Outcome> Shell(TempFolder folder, string redirections, params string[] arguments) => Run(
        folder,
        new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet \"$@\" {redirections}", "sh", Assembly, .. arguments]),
        Read);

    /// <summary>
    /// Closes a process's standard output after a line, as `head -1` does, and lets it come to its end.
    /// </summary>
    public static Task<Outcome> Head(TempFolder folder, params string[] arguments) =>
        Run(folder, arguments, ReadOneLine);

    /// <summary>
    /// Runs a process until the first line of standard output, then asks it to end, as Ctrl-C and `kill` do.
    /// </summary>
    public static Task<Outcome> Stopped(TempFolder folder, params string[] arguments) => Run(folder, arguments, Stop);

    private static async Task<Outcome> Call(string[] arguments)
    {
        using var output = new CapturedOutput();
        using var error = new CapturedOutput();
        using var input = new StreamReader(Stream.Null);
        var clock = Stopwatch.StartNew();
        var command = Task.Run(() => AirhilCommand.InvokeAsync(
            arguments,
            new Terminal
            {
                In = input,
                Out = output.Text,
                Error = error.Text,
                OpenInput = () => Stream.Null,
                OpenOutput = () => output.Bytes,
                OpenError = () => error.Bytes,
                OpenLog = () => output.Bytes,
            },
            CancellationToken.None));
        try
        {
            // A busy host gives this process little of its time.
            var worked = LongRun.Worked;
            while (await Task.WhenAny(command, Task.Delay(Limit)) != command)
            {
                if (LongRun.Worked - worked > Limit / 2 || clock.Elapsed > Limit * 10) throw new TimeoutException();
            }

            var code = await command;
            return new Outcome(code, output.ToString(), error.ToString()) { Elapsed = clock.Elapsed };
        }
        catch (TimeoutException)
        {
            throw TookTooLong(arguments, error.ToString());
        }
    }

    private static Task<Outcome> Run(TempFolder folder, string[] arguments, Func<Process, Task<string>> read) =>
        Run(folder, new ProcessStartInfo("dotnet", [Assembly, .. arguments]), read);

    private static async Task<Outcome> Run(TempFolder folder, ProcessStartInfo start, Func<Process, Task<string>> read)
    {
        start.WorkingDirectory = folder.Path;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = read(process);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw TookTooLong([.. start.ArgumentList], await error);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    private static TimeoutException TookTooLong(string[] arguments, string error) =>
        new($"airhil {string.Join(' ', arguments)} did not end within {Limit}; standard error:\n{error}");

    private static Task<string> Read(Process process) => process.StandardOutput.ReadToEndAsync();

    private static async Task<string> ReadOneLine(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        process.StandardOutput.Close();
        return line;
    }

    private static async Task<string> Stop(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync();
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        return line + "\n" + await process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What a command left behind.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        /// <summary>How long it took in this process, without the wait for its turn.</summary>
        public TimeSpan Elapsed { get; init; }

        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The session's hash in the summary.</summary>
        public string Hash =>
            Error.Split('\n').Single(line => line.StartsWith("session ", StringComparison.Ordinal))["session ".Length..]
                .Trim();

        /// <summary>The command ended with this code and did not fall over on the way.</summary>
        public Outcome ShouldExitWith(int code)
        {
            ExitCode.ShouldBe(code, $"standard error:\n{Error}\nstandard output:\n{Output}");
            Error.ShouldNotContain("Unhandled exception");
            Error.ShouldNotContain("internal error");
            return this;
        }
    }
}
