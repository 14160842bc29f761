using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>
/// The command in a process of its own that goes on until it is stopped, with what it has said so far. It never
/// outlives its test.
/// </summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "airhil.dll");

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private RunningCommand(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Who tries the commands on a bench of their own must not meet the tests' leases.
        start.Environment["AIRHIL_RUNTIME_DIR"] = Path.Combine(folder, "leases");
        // What a command that is killed leaves behind goes with the test's folder.
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Its standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Its standard error so far.</summary>
    public string Error => Read(_error);

    public static RunningCommand In(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Runs the command to its end.</summary>
    public static async Task<Airhil.Outcome> ToItsEnd(string folder, params string[] arguments)
    {
        await using var command = In(folder, arguments);
        command._process.StandardInput.Close();
        return await command.Ended();
    }

    /// <summary>What it has left behind when it ends.</summary>
    public async Task<Airhil.Outcome> Ended()
    {
        using var limit = Limit();
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the command did not end; {All}");
        }

        return new Airhil.Outcome(_process.ExitCode, Output, Error);
    }

    /// <summary>Types a line.</summary>
    public async Task Type(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until standard output or standard error shows it; gives the match.</summary>
    /// <param name="from">How much of standard output was there before and does not count, in characters.</param>
    public async Task<Match> Shows(string pattern, int from = 0)
    {
        using var limit = Limit();
        while (true)
        {
            var hasExited = HasExited;
            if (Regex.Match(Output[from..], pattern) is { Success: true } output) return output;
            if (Regex.Match(Error, pattern) is { Success: true } error) return error;
            if (hasExited) throw new InvalidOperationException($"it ended and never showed '{pattern}'; {All}");
            if (limit.IsCancellationRequested) throw new TimeoutException($"it does not show '{pattern}'; {All}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public Task<Airhil.Outcome> Stop() => Signal("-TERM");

    /// <summary>Ends it without letting it do anything more.</summary>
    public Task<Airhil.Outcome> Kill() => Signal("-KILL");

    public async ValueTask DisposeAsync()
    {
        if (!HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private string All => $"standard output:\n{Output}\nstandard error:\n{Error}";

    private static CancellationTokenSource Limit()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Patience);
        return source;
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    private async Task<Airhil.Outcome> Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await Ended();
    }
}
