using System.Diagnostics;
using AirHil.Cli.Streams;
using AirHil.Modem.Units;

namespace AirHil.Cli.Output;

/// <summary>One line on a terminal for what takes longer than a second; silent in a pipe.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly TextWriter _error;
    private readonly TimeSpan _length;
    private readonly bool _visible;
    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private bool _shown;

    private Progress(TextWriter error, TimeSpan length, bool visible)
    {
        _error = error;
        _length = length;
        _visible = visible;
    }

    /// <summary>Visible only where standard error is a terminal and standard output is not the same one.</summary>
    /// <param name="quiet">Nothing is written to standard output meanwhile, so both may be one terminal.</param>
    public static Progress OnTerminal(Terminal terminal, TimeSpan length, bool quiet = false) =>
        new(terminal.Line, length, !terminal.IsErrorRedirected && (quiet || terminal.IsOutputRedirected));

    public void Report(TimeSpan now)
    {
        if (!_visible || _sinceShown.Elapsed < Patience) return;
        _sinceShown.Restart();
        _shown = true;
        _error.Write(
            $"\r{DurationText.Format(TimeSpan.FromSeconds(Math.Floor(now.TotalSeconds)))} of " +
            $"{DurationText.Format(_length)} simulated ({now / _length:P0})   ");
    }

    public void Clear()
    {
        if (_shown) _error.Write("\r" + new string(' ', 70) + "\r");
        _shown = false;
    }

    public void Dispose() => Clear();
}
