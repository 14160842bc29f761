namespace AirHil.VirtualModem.Registration;

/// <summary>The firmware's numbers of network adapters.</summary>
internal static class AdapterNumber
{
    /// <summary>socket.LWIP_GP.</summary>
    public const int Cellular = 1;

    /// <summary>socket.ETH0: a chip for Ethernet, which w5500.bind adds.</summary>
    public const int Wired = 5;

    /// <summary>The highest number that the firmware takes, whether it has that adapter or not.</summary>
    public const int Last = 9;
}
