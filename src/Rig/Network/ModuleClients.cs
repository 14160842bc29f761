using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>
/// Clients of the rig that connect to ports of modules: their SYNs, with waits that double from 1 s on, and what the
/// rig makes them do. Each module has one that acts, the last that connected; the others stay open.
/// </summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="due">What is on its way.</param>
/// <param name="ends">The connections.</param>
internal sealed class ModuleClients(NetworkState net, AirTimes way, DueQueue<NetworkEvent> due, TcpEnds ends)
{
    /// <summary>SYNs after the first (Linux: net.ipv4.tcp_syn_retries).</summary>
    private const int SynRetries = 6;

    private readonly Dictionary<ModemAir, TcpLink> _last = [];

    public void Act(ModemAir air, ClientActed act)
    {
        if (act.Move == ClientMove.Connect)
        {
            var link = ends.AddClient(air, act.Port);
            _last[air] = link;
            SendSyn(link, 0);
            return;
        }

        if (!_last.TryGetValue(air, out var last) || last.IsServiceGone)
        {
            net.Record(air, new NetworkNoticed(net.Now, "no client is connected to the module"));
            return;
        }

        if (act.Move == ClientMove.Send && !last.IsOpen) last.Early.Add(act.Bytes);
        else if (act.Move == ClientMove.Send) ends.FromService(new ServiceOutput.Send(last.Id, act.Bytes));
        else ends.FromService(new ServiceOutput.Close(last.Id, act.Move == ClientMove.Reset));
    }

    /// <summary>A SYN, or its repetition.</summary>
    public void SendSyn(TcpLink link, int attempt)
    {
        if (link.IsOpen || link.IsServiceGone) return;
        if (attempt > SynRetries)
        {
            net.Record(link.Air, new ClientSaw(net.Now, ClientSight.Lost));
            link.IsServiceGone = true;
            ends.Drop(link);
            return;
        }

        var at = net.Now + way.Delay(link.Air, link.Host, false, TcpTransport.HeaderBytes);
        due.Add(net.Now + TimeSpan.FromSeconds(1 << attempt), new NetworkEvent.ClientSyn(link, attempt + 1));
        if (IsLost(link, isUp: false)) return;
        due.Add(at, new NetworkEvent.ClientArrives(link));
    }

    /// <summary>A SYN reaches the module.</summary>
    public void Arrive(TcpLink link)
    {
        if (link.IsOpen || link.IsServiceGone || net.IsBlocked(link.Air, link.Host)) return;
        net.ToModem(link.Air, new AirEvent.TcpArrived(link.ModemConnection, link.Port));
    }

    /// <summary>The module answers a SYN.</summary>
    public void Accept(ModemAir air, AirRequest.AcceptTcp accept)
    {
        if (ends.Find(air, accept.Connection) is not { IsOpen: false } link || IsLost(link, isUp: true)) return;
        due.Add(
            net.Now + way.Delay(air, link.Host, true, TcpTransport.HeaderBytes), new NetworkEvent.ClientAccepted(link));
    }

    /// <summary>The module's answer reaches the client, which is connected now.</summary>
    public void Open(TcpLink link)
    {
        if (link.IsOpen || link.IsServiceGone || net.IsBlocked(link.Air, link.Host)) return;
        link.IsOpen = true;
        net.Record(link.Air, new ClientSaw(net.Now, ClientSight.Connected));
        Acknowledge(link);
        foreach (var bytes in link.Early) ends.FromService(new ServiceOutput.Send(link.Id, bytes));
        link.Early.Clear();
    }

    /// <summary>The client's ACK reaches the module; what was lost comes a second later.</summary>
    public void ArriveAcknowledgement(TcpLink link)
    {
        if (link.IsModemGone) return;
        if (net.IsBlocked(link.Air, link.Host))
        {
            due.Add(net.Now + TimeSpan.FromSeconds(1), new NetworkEvent.ClientAcknowledges(link));
            return;
        }

        net.ToModem(link.Air, new AirEvent.TcpOpened(link.ModemConnection));
    }

    private void Acknowledge(TcpLink link)
    {
        var at = net.Now + way.Delay(link.Air, link.Host, false, TcpTransport.HeaderBytes);
        if (at < link.Down.LastArrival) at = link.Down.LastArrival;
        link.Down.LastArrival = at;
        due.Add(at, new NetworkEvent.ClientAcknowledges(link));
    }

    private bool IsLost(TcpLink link, bool isUp) =>
        net.IsBlocked(link.Air, link.Host) || way.IsLost(link.Air, link.Host, isUp);
}
