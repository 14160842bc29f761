namespace AirHil.VirtualModem.Network;

/// <summary>What a control's user waits for; it decides which event the user gets (reference-net §1.4).</summary>
internal enum WaitTarget
{
    Nothing,
    Link,
    Online,
    Sent,
    OffLine,
    Event,
}
