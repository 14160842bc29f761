namespace AirHil.VirtualModem.Pins;

/// <summary>What interrupts, with the numbers of <c>gpio.RISING</c> and so on.</summary>
internal enum PinEdge
{
    Rising = 0,
    Falling = 1,
    Both = 2,
    HighLevel = 3,
    LowLevel = 4,
}
