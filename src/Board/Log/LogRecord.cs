namespace AirHil.Board.Log;

/// <summary>What a module wrote to its log port at one moment: a frame's text, or a split line put together.</summary>
/// <param name="TickMs">The module's time since its start in ms, as the frame's header carries it.</param>
/// <param name="Tag">The header's third word, which names the place in the firmware that wrote it.</param>
/// <param name="Text">
/// The text, formatted; the bytes are the module's own (UTF-8 as a rule, GB2312 possible). No line end is added.
/// </param>
public readonly record struct LogRecord(ulong TickMs, uint Tag, ReadOnlyMemory<byte> Text)
{
    /// <summary>How many frames it came in: more than one where a split line was joined.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>It goes on where the record before it ended; only where split lines are not joined.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>
    /// No printf format was found in the frame, so the text is its longest printable run (reference bench §2.2).
    /// </summary>
    public bool IsGuess { get; init; }

    /// <summary>The tick as a time.</summary>
    public TimeSpan Tick => TimeSpan.FromMilliseconds(TickMs);

    /// <summary>
    /// The text without what the firmware's C side sends behind it, a NUL or a line end; what a script prints ends as
    /// it was printed.
    /// </summary>
    internal ReadOnlyMemory<byte> Line
    {
        get
        {
            var text = Text.Span;
            var length = text.Length;
            while (length > 0 && text[length - 1] is 0) length--;
            if (text.IndexOf("/user."u8) == 1) return Text[..length];
            while (length > 0 && text[length - 1] is 0 or (byte)'\r' or (byte)'\n') length--;
            return Text[..length];
        }
    }

    /// <summary>It is the firmware's banner, which each start prints once.</summary>
    internal bool IsBanner => Text.Span.IndexOf("LuatOS@"u8) >= 0;
}
