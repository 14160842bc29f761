namespace AirHil.VirtualModem.Uart;

/// <summary>The pin that turns an RS-485 driver on while bytes leave (S:interface/src/luat_uart_ec618.c).</summary>
/// <param name="Pin">The GPIO number, 0 to 31.</param>
/// <param name="IsHighToReceive">Its level while nothing leaves.</param>
/// <param name="Delay">From the last byte to the turn; whole milliseconds count, and at least one.</param>
internal sealed record Rs485(int Pin, bool IsHighToReceive, TimeSpan Delay)
{
    /// <summary>What the driver's timer takes.</summary>
    public TimeSpan Hold => TimeSpan.FromMilliseconds(Math.Max(1, (long)Delay.TotalMilliseconds));
}
