using System.Diagnostics;
using System.Globalization;
using System.Text;
using AirHil.Board.Log;
using AirHil.Board.Ports;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>
/// Shows what a board says: its log decoded on one writer, the bytes of its UART and what becomes of the ports on the
/// other. The links call it from their threads.
/// </summary>
internal sealed class ConsoleSink(TextWriter log, TextWriter other) : IPortSink
{
    /// <summary>How often <see cref="Tick"/> should be called.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LogFrameReader _reader = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _heard;
    private TimeSpan _asked;

    /// <summary>The link of the log port.</summary>
    public PortLink? Log { get; set; }

    public TimeSpan Now => _clock.Elapsed;

    public void Opened(PortLink link, string name, TimeSpan at)
    {
        lock (_gate) other.WriteLine($"airhil: {link.Name} is open: {name}");
        if (link == Log) link.TryWrite(HostCommands.StartLog.ToArray());
    }

    public void Received(PortLink link, ReadOnlyMemory<byte> bytes, TimeSpan at)
    {
        lock (_gate)
        {
            if (link != Log)
            {
                other.WriteLine($"{link.Name}> {Printable(bytes.Span)}");
                return;
            }

            _heard = at;
            _reader.Push(bytes.Span);
            WriteLog();
        }
    }

    public void Lost(PortLink link, string reason, TimeSpan at)
    {
        lock (_gate)
        {
            if (link == Log) _reader.Reset();
            WriteLog();
            other.WriteLine($"airhil: {link.Name} is gone: {reason}");
        }
    }

    public void Waiting(PortLink link, string reason, TimeSpan at)
    {
        lock (_gate) other.WriteLine($"airhil: {link.Name} is waited for: {reason}");
    }

    public void NotWritten(PortLink link, int count, string reason, TimeSpan at)
    {
        lock (_gate) other.WriteLine($"airhil: {link.Name}: {count} bytes were not sent: {reason}");
    }

    /// <summary>Gives out what is held back, and asks for the log while it is silent.</summary>
    public void Tick()
    {
        var now = Now;
        lock (_gate)
        {
            if (now - _heard > Period)
            {
                _reader.Flush();
                WriteLog();
            }

            log.Flush();
            if (now - _heard < AskPeriod || now - _asked < AskPeriod) return;
            _asked = now;
        }

        Log?.TryWrite(HostCommands.StartLog.ToArray());
    }

    /// <summary>Tells what was read, where not all of it was whole.</summary>
    public void End()
    {
        lock (_gate)
        {
            _reader.Flush();
            WriteLog();
            log.Flush();
            var counters = _reader.Counters;
            if (counters.Malformed == 0) return;
            other.WriteLine(
                $"airhil: {counters.Frames} frames, {counters.Malformed} pieces that were none, "
                    + $"{counters.DroppedBytes} bytes lost");
        }
    }

    private void WriteLog()
    {
        while (_reader.TryTake(out var record))
        {
            var (seconds, ms) = (record.TickMs / 1000, record.TickMs % 1000);
            log.Write(string.Create(CultureInfo.InvariantCulture, $"[{seconds,6}.{ms:000}] "));
            log.WriteLine(Harmless(Encoding.UTF8.GetString(record.Text.Span).TrimEnd('\r', '\n')));
        }
    }

    // What a module says must not steer the terminal.
    private static string Harmless(string text) =>
        text.Any(IsHarmful) ? new string([.. text.Select(c => IsHarmful(c) ? '\uFFFD' : c)]) : text;

    private static bool IsHarmful(char c) => char.IsControl(c) && c is not ('\t' or '\n');

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(b switch
            {
                (byte)'\r' => "\\r",
                (byte)'\n' => "\\n",
                >= 0x20 and < 0x7F => ((char)b).ToString(),
                _ => $"\\x{b:x2}",
            });
        }

        return text.ToString();
    }
}
