namespace AirHil.VirtualModem.Power;

/// <summary>The USB socket; it belongs to the bench and outlives resets.</summary>
internal sealed class UsbPower
{
    public bool IsPlugged { get; set; } = true;
}
