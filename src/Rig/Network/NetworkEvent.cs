using AirHil.Modem.Air;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>What is on its way, and what is waited for.</summary>
internal abstract record NetworkEvent
{
    private NetworkEvent()
    {
    }

    internal sealed record SendSyn(TcpLink Link, int Attempt) : NetworkEvent;

    /// <summary>The answer to a SYN reaches the modem.</summary>
    internal sealed record SynAnswered(TcpLink Link, int Attempt) : NetworkEvent;

    internal sealed record Arrive(TcpStream Stream, TcpSegment Segment, int Flight) : NetworkEvent;

    /// <summary>An acknowledgement reaches the sender; it covers all before it too.</summary>
    internal sealed record Acknowledge(TcpStream Stream, TcpSegment Segment) : NetworkEvent;

    internal sealed record Repeat(TcpStream Stream, int Timer) : NetworkEvent;

    /// <summary>A client of the rig sends its SYN to a module.</summary>
    internal sealed record ClientSyn(TcpLink Link, int Attempt) : NetworkEvent;

    /// <summary>A client's SYN reaches the module.</summary>
    internal sealed record ClientArrives(TcpLink Link) : NetworkEvent;

    /// <summary>The module's answer reaches the client.</summary>
    internal sealed record ClientAccepted(TcpLink Link) : NetworkEvent;

    /// <summary>The client's ACK of it reaches the module.</summary>
    internal sealed record ClientAcknowledges(TcpLink Link) : NetworkEvent;

    /// <summary>The answer to a keep-alive probe reaches the modem.</summary>
    internal sealed record ProbeAnswered(TcpLink Link) : NetworkEvent;

    /// <summary>An RST reaches the modem's end, or the service's.</summary>
    internal sealed record Reset(TcpLink Link, bool AtModem) : NetworkEvent;

    /// <summary>An answer without a connection (DNS, UDP) reaches the modem.</summary>
    /// <param name="Host">Whose address was asked for, or whose datagram it is.</param>
    internal sealed record Answer(ModemAir Air, int Life, string Host, AirEvent Event) : NetworkEvent;

    /// <summary>A datagram reaches its host.</summary>
    internal sealed record Datagram(ModemAir Air, ServiceInput.Datagram Input) : NetworkEvent;
}
