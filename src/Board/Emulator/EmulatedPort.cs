namespace AirHil.Board.Emulator;

/// <summary>
/// One serial port of the bench, seen from the side that a device is on: a pseudo-terminal while it is plugged in, and
/// pieces of bytes that wait to be taken. Not thread-safe; the board's thread alone uses it.
/// </summary>
internal sealed class EmulatedPort(string link, int interfaceNumber)
{
    /// <summary>
    /// What may wait for a user who has the port open and does not read. The model's time does not wait for the host,
    /// so this is what a busy host may be late with: two seconds of a log that fills full-speed USB.
    /// </summary>
    public const int QueueBytes = 2 << 20;

    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private PseudoTerminal? _terminal;
    private int _sentOfFirst;
    private int _waitingBytes;
    private bool _wasUsed;

    /// <summary>The name under which it is found.</summary>
    public string Link { get; } = link;

    /// <summary>The number of its USB interface.</summary>
    public int Interface { get; } = interfaceNumber;

    public bool IsPluggedIn => _terminal is not null;

    /// <summary>Whether anybody has it open.</summary>
    public bool HasUser => _terminal is { HasUser: true };

    /// <summary>How many bytes found no place.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes what the port's user has written, as far as it wants to.</summary>
    public Action<EmulatedPort, TimeSpan>? Readable { get; set; }

    /// <summary>The port appears.</summary>
    public PseudoTerminal PlugIn()
    {
        _terminal = PseudoTerminal.Open(Link);
        _wasUsed = false;
        return _terminal;
    }

    /// <summary>
    /// The port is not found any more. Its user keeps it until <see cref="PseudoTerminal.Unplug"/>.
    /// </summary>
    /// <returns>What the user still has; null where the port was not there.</returns>
    public PseudoTerminal? PullOut()
    {
        var terminal = _terminal;
        _terminal = null;
        terminal?.Hide();
        if (_sentOfFirst > 0) DropFirst();
        return terminal;
    }

    /// <summary>Sends a piece if there is a user; it is lost if there is none.</summary>
    public void Send(ReadOnlyMemory<byte> piece)
    {
        if (HasUser) Keep(piece, QueueBytes);
        else Lost += piece.Length;
        Flush();
    }

    /// <summary>Has a piece wait for the user; it is lost if so many bytes wait already.</summary>
    public void Keep(ReadOnlyMemory<byte> piece, int most)
    {
        if (_waitingBytes + piece.Length > most)
        {
            Lost += piece.Length;
            return;
        }

        _waiting.Enqueue(piece);
        _waitingBytes += piece.Length;
    }

    /// <summary>Sends as much of what waits as the user takes now.</summary>
    public void Flush()
    {
        if (_terminal is null || _waiting.Count == 0 || !NoticeUser()) return;
        while (_waiting.TryPeek(out var first))
        {
            var count = _terminal.WriteSome(first.Span[_sentOfFirst..]);
            if (count == 0) return;
            _sentOfFirst += count;
            _waitingBytes -= count;
            if (_sentOfFirst == first.Length) DropFirst();
        }
    }

    /// <summary>What waits is forgotten.</summary>
    public void Clear()
    {
        _waiting.Clear();
        (_sentOfFirst, _waitingBytes) = (0, 0);
    }

    /// <summary>Takes what the user has written; 0: nothing.</summary>
    public int Read(Span<byte> bytes)
    {
        if (_terminal is null) return 0;
        NoticeUser();
        return _terminal.Read(bytes);
    }

    /// <summary>Whether there is a user; the leavings of one who has gone are cleared away.</summary>
    public bool NoticeUser()
    {
        if (_terminal is null) return false;
        var used = _terminal.HasUser;
        if (_wasUsed && !used)
        {
            if (_sentOfFirst > 0) DropFirst();
            _terminal.DiscardUnread();
        }

        _wasUsed = used;
        return used;
    }

    private void DropFirst()
    {
        _waitingBytes -= _waiting.Dequeue().Length - _sentOfFirst;
        _sentOfFirst = 0;
    }
}
