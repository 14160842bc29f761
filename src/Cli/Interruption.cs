using System.Runtime.InteropServices;

namespace AirHil.Cli;

/// <summary>
/// Ctrl-C, SIGTERM, and SIGHUP of a terminal that goes away. The first asks the command to end. It does so by itself,
/// or is ended here when its time is over, whatever it waits for. A further signal ends it at once. Nothing is written,
/// so an output that nobody reads or that is closed delays nothing.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Below a second, with some time for the process's own end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Func<int> _code;
    private int _signals;

    /// <param name="code">The exit code of the command where it does not end by itself.</param>
    public Interruption(Func<int> code)
    {
        _code = code;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Signals are taken until the process is gone: one that comes while it ends must not kill it.</summary>
    public void Dispose() => GC.KeepAlive(_registrations);

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            // A thread of its own: those of the pool may all be busy.
            new Thread(EndLater) { IsBackground = true }.Start();
            _asked.Cancel();
            return;
        }

        ProcessEnd.Now(_code());
    }

    private void EndLater()
    {
        Thread.Sleep(Patience);
        ProcessEnd.Now(_code());
    }
}
