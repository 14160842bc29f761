using System.Diagnostics;

namespace AirHil.Cli.Lua;

/// <summary>When written bytes leave the buffer (setvbuf).</summary>
internal enum Buffering
{
    None,
    Line,
    Full,
}

/// <summary>A file of the io library with C's buffering: reads and writes share one position.</summary>
internal sealed class HostFile : IDisposable
{
    private const int DefaultSize = 4096;

    private readonly Stream? _readable;
    private readonly Stream? _writable;
    private readonly byte[] _ahead = new byte[DefaultSize];
    private readonly List<byte> _pending = [];
    private int _aheadStart;
    private int _aheadEnd;
    private int _size = DefaultSize;
    private Buffering _buffering = Buffering.Full;

    public HostFile(Stream? readable, Stream? writable)
    {
        _readable = readable;
        _writable = writable;
    }

    /// <summary>A standard stream: scripts cannot close it.</summary>
    public bool IsStandard { get; init; }

    /// <summary>The command at the other end of a pipe.</summary>
    public Process? Process { get; init; }

    /// <summary>Writes go to the end, wherever the position is.</summary>
    public bool Appends { get; init; }

    public bool IsClosed { get; private set; }

    /// <param name="path">The file.</param>
    /// <param name="mode">r, w or a, with + and b as fopen has them.</param>
    public static HostFile Open(string path, string mode)
    {
        var updates = mode.Contains('+', StringComparison.Ordinal);
        var (open, access) = mode[0] switch
        {
            'r' => (FileMode.Open, updates ? FileAccess.ReadWrite : FileAccess.Read),
            'w' => (FileMode.Create, updates ? FileAccess.ReadWrite : FileAccess.Write),
            _ => (FileMode.OpenOrCreate, updates ? FileAccess.ReadWrite : FileAccess.Write),
        };
        var stream = new FileStream(path, open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return new HostFile(stream.CanRead ? stream : null, stream.CanWrite ? stream : null)
        {
            Appends = mode[0] == 'a',
        };
    }

    public void SetBuffering(Buffering buffering, int size)
    {
        Flush();
        _buffering = buffering;
        _size = Math.Max(size, 1);
    }

    /// <summary>The next byte, which stays; -1 at the end.</summary>
    public int Peek()
    {
        if (_aheadStart < _aheadEnd) return _ahead[_aheadStart];
        if (_readable is null) throw new NotSupportedException();
        Flush();
        _aheadStart = 0;
        _aheadEnd = _readable.Read(_ahead);
        return _aheadEnd == 0 ? -1 : _ahead[0];
    }

    public int Read()
    {
        var next = Peek();
        if (next >= 0) _aheadStart++;
        return next;
    }

    /// <summary>What is at hand without waiting: at least one byte, or none at the end.</summary>
    public ReadOnlySpan<byte> Available() => Peek() < 0 ? [] : _ahead.AsSpan(_aheadStart.._aheadEnd);

    public void Skip(int count) => _aheadStart += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_writable is null) throw new NotSupportedException();
        DropAhead();
        _pending.AddRange(bytes);
        if (_buffering == Buffering.None
            || _pending.Count >= _size
            || (_buffering == Buffering.Line && bytes.Contains((byte)'\n'))) Flush();
    }

    public void Flush()
    {
        if (_pending.Count == 0 || _writable is null) return;
        if (Appends && _writable.CanSeek) _writable.Seek(0, SeekOrigin.End);
        _writable.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending));
        _pending.Clear();
        _writable.Flush();
    }

    /// <returns>The new position.</returns>
    public long Seek(long offset, SeekOrigin origin)
    {
        Flush();
        DropAhead();
        var stream = _readable ?? _writable!;
        if (!stream.CanSeek) throw new IOException("Illegal seek");
        return stream.Seek(offset, origin);
    }

    /// <returns>The exit code of the command at the other end, where there is one.</returns>
    public int? Close()
    {
        if (IsClosed) return null;
        IsClosed = true;
        try
        {
            Flush();
        }
        finally
        {
            _readable?.Dispose();
            _writable?.Dispose();
        }

        if (Process is null) return null;
        Process.WaitForExit();
        using (Process) return Process.ExitCode;
    }

    public void Dispose() => Close();

    /// <summary>Gives up what was read ahead: the stream's position becomes the script's.</summary>
    private void DropAhead()
    {
        if (_aheadStart < _aheadEnd && _readable is { CanSeek: true })
        {
            _readable.Seek(_aheadStart - _aheadEnd, SeekOrigin.Current);
        }

        _aheadStart = _aheadEnd = 0;
    }
}
