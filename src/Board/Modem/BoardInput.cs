using AirHil.Modem;

namespace AirHil.Board.Modem;

/// <summary>
/// What can happen to a <see cref="BoardMachine"/>. Lines are numbered as UARTs are; 0 is the log port.
/// </summary>
internal abstract record BoardInput
{
    private BoardInput()
    {
    }

    /// <summary>The rig wants something, or the network tells.</summary>
    public sealed record Told(ModemInput Input) : BoardInput;

    /// <summary>A port is open.</summary>
    public sealed record Opened(int Line, string Name) : BoardInput;

    /// <summary>A port cannot be opened now.</summary>
    public sealed record Waiting(int Line, string Reason) : BoardInput;

    /// <summary>A port is gone.</summary>
    public sealed record Lost(int Line, string Reason) : BoardInput;

    /// <summary>Bytes came.</summary>
    /// <param name="At">When they were read.</param>
    public sealed record Received(int Line, ReadOnlyMemory<byte> Bytes, TimeSpan At) : BoardInput;

    /// <summary>Bytes did not leave.</summary>
    public sealed record NotWritten(int Line, int Count, string Reason) : BoardInput;

    /// <summary>The supply was switched, or could not be.</summary>
    /// <param name="At">When that was known.</param>
    /// <param name="Problem">Null where it worked.</param>
    public sealed record Switched(bool On, TimeSpan At, string? Problem) : BoardInput;

    /// <summary>A person has pressed the reset button, or nobody did.</summary>
    /// <param name="Problem">Null where it was pressed.</param>
    public sealed record ResetByHand(TimeSpan At, string? Problem) : BoardInput;

    /// <summary>A pin has this level, since then.</summary>
    public sealed record PinSeen(int Pin, bool IsHigh, TimeSpan At) : BoardInput;

    /// <summary>A pin changes so often that changes of it are not told for now.</summary>
    public sealed record PinRestless(int Pin) : BoardInput;
}
