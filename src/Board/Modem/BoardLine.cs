namespace AirHil.Board.Modem;

/// <summary>What a <see cref="BoardMachine"/> knows of one of its ports.</summary>
/// <param name="number">The UART's number on the module; 0: the log port.</param>
internal sealed class BoardLine(int number)
{
    /// <summary>The most that waits for a port to come back, in bytes.</summary>
    public const int MostHeld = 64 << 10;

    /// <summary>The log port's number among the lines.</summary>
    public const int Log = 0;

    private readonly Queue<(ReadOnlyMemory<byte> Bytes, TimeSpan Until)> _held = new();

    public int Number { get; } = number;

    public string Name => Number == Log ? "the log port" : $"UART {Number}";

    public bool IsOpen { get; private set; }

    /// <summary>Whether it went while the supply was on; until it is open again.</summary>
    public bool WasLost { get; private set; }

    /// <summary>Since when it is open, or is not.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>Whether anything has been said of it yet.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Why it is not open; "" where nothing was said.</summary>
    public string Reason { get; private set; } = "";

    public int HeldBytes { get; private set; }

    /// <summary>Until when the first of the bytes that are held back may wait.</summary>
    public TimeSpan? HeldUntil => _held.TryPeek(out var first) ? first.Until : null;

    public void Open(TimeSpan now) =>
        (IsOpen, IsSettled, WasLost, Since, Reason) = (true, true, false, now, "");

    /// <summary>It cannot be opened now. Why it went says more than that it is not there yet.</summary>
    public void Wait(string reason)
    {
        IsSettled = true;
        if (!WasLost) Reason = reason;
    }

    /// <summary>It was open and went.</summary>
    /// <param name="isSupplied">Whether the board's supply is on, so that it should not have gone.</param>
    public void Lose(string reason, bool isSupplied, TimeSpan now) =>
        (IsOpen, IsSettled, WasLost, Since, Reason) = (false, true, isSupplied, now, reason);

    /// <summary>Keeps bytes until the port is there again; false where there are too many already.</summary>
    public bool Hold(ReadOnlyMemory<byte> bytes, TimeSpan until)
    {
        if (HeldBytes + bytes.Length > MostHeld) return false;
        HeldBytes += bytes.Length;
        _held.Enqueue((bytes, until));
        return true;
    }

    /// <summary>Forgets what waits; nobody reads it any more.</summary>
    public void DropHeld()
    {
        _held.Clear();
        HeldBytes = 0;
    }

    public bool TryTakeHeld(out ReadOnlyMemory<byte> bytes)
    {
        var taken = _held.TryDequeue(out var first);
        bytes = first.Bytes;
        HeldBytes -= bytes.Length;
        return taken;
    }
}
