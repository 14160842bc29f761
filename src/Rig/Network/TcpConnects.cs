using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Network;

/// <summary>How connections of modems are opened: SYNs, their repetition and the answer.</summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="due">What is on its way.</param>
/// <param name="listeners">Where services listen.</param>
/// <param name="ends">The connections.</param>
internal sealed class TcpConnects(
    NetworkProfile profile, NetworkState net, AirTimes way, DueQueue<NetworkEvent> due, ServicePlaces listeners,
    TcpEnds ends)
{
    public void Open(ModemAir air, AirRequest.OpenTcp open) => SendSyn(ends.Add(air, open), 0);

    /// <summary>
    /// A SYN, or its repetition: lwIP keeps the wait constant and stops after TCP_SYNMAXRTX (reference §3.6).
    /// </summary>
    public void SendSyn(TcpLink link, int attempt)
    {
        if (link.IsModemGone || link.IsOpen) return;
        if (attempt > profile.SynRetries)
        {
            // Silence is the answer; the modem's own stack ends the connect.
            net.Record(link.Air, new TcpTimedOut(net.Now, link.Label, AtService: false));
            ends.Drop(link);
            return;
        }

        var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)profile.SynRetryMs * (attempt + 1));
        var there = way.Delay(link.Air, link.Host, true, TcpTransport.HeaderBytes);
        var answered = net.Now + there + way.Delay(link.Air, link.Host, false, TcpTransport.HeaderBytes);
        if (net.IsBlocked(link.Air, link.Host) || way.IsEitherLost(link.Air, link.Host))
        {
            due.Add(next, new NetworkEvent.SendSyn(link, attempt + 1));
        }
        else
        {
            due.Add(answered, new NetworkEvent.SynAnswered(link, attempt));
        }
    }

    /// <summary>The answer to a SYN reaches the modem.</summary>
    public void Answer(TcpLink link, int attempt)
    {
        if (link.IsModemGone || link.IsOpen) return;
        if (net.IsBlocked(link.Air, link.Host))
        {
            var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)profile.SynRetryMs * (attempt + 1));
            due.Add(next > net.Now ? next : net.Now, new NetworkEvent.SendSyn(link, attempt + 1));
            return;
        }

        if (listeners.HasTcp(link.Host, link.Port)
            && net.Faults.Strike<RefuseConnections>(link.Air.Modem, link.Host) is null)
        {
            ends.Open(link);
            return;
        }

        net.Record(link.Air, new TcpRefused(net.Now, link.Label));
        net.ToModem(link.Air, new AirEvent.TcpRefused(link.ModemConnection));
        ends.Drop(link);
    }
}
