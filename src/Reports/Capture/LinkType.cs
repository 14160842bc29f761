namespace AirHil.Reports.Capture;

/// <summary>What packets of an interface begin with (www.tcpdump.org/linktypes.html).</summary>
internal enum LinkType
{
    /// <summary>An IP header.</summary>
    Raw = 101,

    /// <summary>Wireshark's exported PDUs: tags that name a dissector, then the payload.</summary>
    UpperPdu = 252,
}
