using AirHil.Board.Log;

namespace AirHil.Board.Tests.Emulator;

/// <summary>Reads an open log port on a thread of its own: the raw bytes and the records in them.</summary>
internal sealed class LogListener
{
    private readonly List<byte> _bytes = [];
    private readonly List<LogRecord> _records = [];
    private readonly LogFrameReader _reader = new();

    public LogListener(FileStream port)
    {
        Port = port;
        new Thread(Listen) { IsBackground = true }.Start();
    }

    public FileStream Port { get; }

    /// <summary>Set when the port hung up.</summary>
    public bool Ended { get; private set; }

    public byte[] Bytes
    {
        get
        {
            lock (_bytes) return [.. _bytes];
        }
    }

    public IReadOnlyList<LogRecord> Records
    {
        get
        {
            lock (_bytes) return [.. _records];
        }
    }

    public IEnumerable<string> Lines => Records.Select(r => System.Text.Encoding.UTF8.GetString(r.Text.Span));

    /// <summary>Waits for a line that contains the text.</summary>
    public LogRecord Await(string text)
    {
        LogRecord? found = null;
        EmulatedBench.Await($"the log line '{text}'", () =>
        {
            foreach (var record in Records)
            {
                if (System.Text.Encoding.UTF8.GetString(record.Text.Span).Contains(text, StringComparison.Ordinal))
                {
                    found = record;
                }
            }

            return found is not null;
        });
        return found!.Value;
    }

    private void Listen()
    {
        var chunk = new byte[4096];
        try
        {
            int count;
            while ((count = Port.Read(chunk)) > 0)
            {
                lock (_bytes)
                {
                    _bytes.AddRange(chunk.AsSpan(0, count));
                    _reader.Push(chunk.AsSpan(0, count));
                    _reader.Flush();
                    while (_reader.TryTake(out var record)) _records.Add(record);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // It hung up.
        }

        Ended = true;
    }
}
