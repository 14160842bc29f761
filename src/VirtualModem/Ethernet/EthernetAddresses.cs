namespace AirHil.VirtualModem.Ethernet;

/// <summary>Addresses that w5500.config sets by hand; without them DHCP gives them.</summary>
internal sealed record EthernetAddresses(string Address, string Mask, string Gateway);
