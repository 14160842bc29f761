using System.Diagnostics;
using System.Runtime.InteropServices;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Runs;

namespace AirHil.Cli;

/// <summary>
/// The end of the process. A step library does not decide it: where its code calls <see cref="Environment.Exit"/>, or
/// fails on a thread of its own, the command is asked to end, keeps what it has, and says who it was. Threads and
/// handlers that a library leaves behind are not waited for.
/// </summary>
internal sealed partial class ProcessEnd : IDisposable
{
    /// <summary>
    /// What runs at the end of a process may take so long: temporary files are removed, on a host that may be busy.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long the command may take to write its reports.</summary>
    private static readonly TimeSpan ReportPatience = TimeSpan.FromSeconds(20);

    private static volatile bool _isOwn;

    private readonly TextWriter _error;
    private readonly CancellationTokenSource _asked = new();
    private readonly ManualResetEventSlim _concluded = new();
    private int _code = ExitCode.Passed;
    private volatile bool _isLeaving;

    /// <param name="error">Standard error.</param>
    public ProcessEnd(TextWriter error)
    {
        _error = error;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    /// <summary>Cancelled when somebody else ends the process.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Ends the process, whoever else still runs in it.</summary>
    public static void Now(int code)
    {
        EndLater(code);
        Environment.Exit(code);
    }

    /// <summary>The command has come to its end; the process does too.</summary>
    public void Conclude(int code)
    {
        if (!_asked.IsCancellationRequested) Now(code);
        if (!_isLeaving) Now(_code);
        // The other thread is within the process's end already, which a second one would wait for.
        _concluded.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        _asked.Dispose();
        _concluded.Dispose();
    }

    private void OnExit(object? sender, EventArgs e)
    {
        if (_isOwn) return;
        _isLeaving = true;
        Ask(
            ExitCode.Usage,
            "a step or a hook called Environment.Exit; it fails by an exception, and a run ends by itself");
        Environment.ExitCode = _code;
        EndLater(_code);
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is not Exception problem) return;
        var text = ErrorText.WholeOf(problem);
        if (StepLibrary.CallerIn(new StackTrace(problem)) is { } culprit)
        {
            Ask(ExitCode.Usage, $"{culprit} failed on a thread of its own, which ends the run: {text}");
        }
        else
        {
            Ask(ExitCode.InternalError, $"internal error, which is a fault of AirHil and not of your script:\n{text}");
        }

        Now(_code);
    }

    /// <summary>Asks the command to end, and waits until it has.</summary>
    private void Ask(int code, string why)
    {
        Interlocked.CompareExchange(ref _code, code, ExitCode.Passed);
        _error.WriteLine($"airhil: {why}");
        _asked.Cancel();
        _concluded.Wait(ReportPatience);
    }

    /// <summary>The process comes to its end by itself, or is brought to it.</summary>
    private static void EndLater(int code)
    {
        _isOwn = true;
        new Thread(() =>
        {
            Thread.Sleep(Patience);
            EndHard(code);
        })
        {
            IsBackground = true,
        }.Start();
    }

    private static void EndHard(int code)
    {
        if (OperatingSystem.IsWindows()) TerminateProcess(-1, (uint)code);
        else ExitAtOnce(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int code);

    [LibraryImport("kernel32", EntryPoint = "TerminateProcess")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateProcess(nint process, uint code);
}
