namespace AirHil.Modem.Sessions;

/// <summary>Bytes on a serial line.</summary>
/// <param name="Port">0 to 63; 32 (0x20) is the USB virtual UART.</param>
public abstract record UartEvent(TimeSpan At, int Port, ReadOnlyMemory<byte> Bytes) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Uart;
}

/// <summary>Bytes from the rig or one of its peers towards the module.</summary>
/// <param name="LineErrors">Whether frame or parity errors were among them.</param>
public sealed record UartIn(TimeSpan At, int Port, ReadOnlyMemory<byte> Bytes, bool LineErrors = false)
    : UartEvent(At, Port, Bytes), IActEvent
{
    /// <inheritdoc/>
    public string Peer { get; init; } = "";
}

/// <summary>Bytes that the module sent.</summary>
public sealed record UartOut(TimeSpan At, int Port, ReadOnlyMemory<byte> Bytes) : UartEvent(At, Port, Bytes);
