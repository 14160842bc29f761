using System.Diagnostics;
using System.Text;
using AirHil.Board.Ports;

namespace AirHil.Board.Log;

/// <summary>
/// Listens to a log port on the caller's own thread, for commands that look at a board for some seconds. It asks for
/// the log while the port is silent, and opens the port again when it comes back after a reset.
/// </summary>
/// <param name="open">Opens the port; may throw <see cref="PortNotOpenException"/>.</param>
public sealed class LogTap(Func<IBytePort> open) : IDisposable
{
    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OpenPeriod = TimeSpan.FromMilliseconds(100);

    private readonly LogFrameReader _reader = new();
    private readonly byte[] _buffer = new byte[4096];
    private IBytePort? _port;

    /// <summary>Hears the bytes as they come, before any decoding.</summary>
    public Action<ReadOnlyMemory<byte>>? Received { get; init; }

    /// <summary>Hears each record and its text.</summary>
    public Action<LogRecord, string>? Heard { get; init; }

    public LogFrameCounters Counters => _reader.Counters;

    /// <summary>How often the port went away.</summary>
    public int Losses { get; private set; }

    /// <summary>What was opened; null: nothing is open now.</summary>
    public string? PortName => _port?.Name;

    /// <summary>Opens the port if it is not open.</summary>
    /// <exception cref="PortNotOpenException">It cannot be opened.</exception>
    public void Open() => _port ??= open();

    /// <summary>Sends bytes; the port must be there.</summary>
    /// <exception cref="IOException">It is not, or went away.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Open();
        _port!.Write(bytes);
    }

    /// <summary>Listens until a record is the wanted one.</summary>
    /// <returns>Whether it came within the time.</returns>
    public bool WaitFor(Func<string, bool> wanted, TimeSpan limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var clock = Stopwatch.StartNew();
        var heard = clock.Elapsed;
        var asked = -AskPeriod;
        while (clock.Elapsed < limit)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                Open();
                if (clock.Elapsed - heard >= AskPeriod && clock.Elapsed - asked >= AskPeriod || asked < TimeSpan.Zero)
                {
                    asked = clock.Elapsed;
                    _port!.Write(HostCommands.StartLog);
                }

                var count = _port!.Read(_buffer);
                if (count > 0)
                {
                    heard = clock.Elapsed;
                    Received?.Invoke(_buffer.AsMemory(0, count));
                    _reader.Push(_buffer.AsSpan(0, count));
                }
                else
                {
                    _reader.Flush();
                    if (!_port.IsAlive) throw new PortGoneException($"{_port.Name} is gone");
                }
            }
            catch (PortNotOpenException)
            {
                cancel.WaitHandle.WaitOne(OpenPeriod);
            }
            catch (Exception e) when (e is PortGoneException or TimeoutException)
            {
                Close();
                Losses++;
                asked = -AskPeriod;
                cancel.WaitHandle.WaitOne(OpenPeriod);
            }

            if (Take(wanted)) return true;
        }

        return false;
    }

    /// <summary>Closes the port; it is opened again when it is needed.</summary>
    public void Close()
    {
        _port?.Dispose();
        _port = null;
        _reader.Reset();
    }

    public void Dispose() => Close();

    private bool Take(Func<string, bool> wanted)
    {
        var found = false;
        while (_reader.TryTake(out var record))
        {
            var text = Encoding.UTF8.GetString(record.Text.Span);
            Heard?.Invoke(record, text);
            found |= wanted(text);
        }

        return found;
    }
}
