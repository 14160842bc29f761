namespace AirHil.Reports.Capture;

/// <summary>Seen from the module.</summary>
internal enum PacketDirection
{
    Unknown = 0,
    Inbound = 1,
    Outbound = 2,
}
