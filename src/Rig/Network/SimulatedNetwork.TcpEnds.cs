using AirHil.Modem.Air;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>How connections end: FIN, RST, crashes and forgetting, at either end.</summary>
public sealed partial class SimulatedNetwork
{
    private void CloseFromModem(TcpLink link, bool abort)
    {
        Record(link.Air, new TcpClosed(_now, link.Label, abort));
        LeaveModem(link);
        if (abort)
        {
            link.Up.Clear();
            if (link.IsOpen) SendReset(link, atModem: false);
        }
        else if (link.IsOpen)
        {
            Send(link.Up, new TcpSegment(TcpSegmentKind.Fin, default, ""));
        }

        Settle(link);
    }

    private void CloseFromService(TcpLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        link.IsServiceGone = true;
        if (reset)
        {
            link.Down.Clear();
            SendReset(link, atModem: true);
        }
        else
        {
            Send(link.Down, new TcpSegment(TcpSegmentKind.Fin, default, ""));
        }

        Settle(link);
    }

    private void ForgetByService(TcpLink link)
    {
        link.IsServiceGone = true;
        link.Down.Clear();
        Settle(link);
    }

    /// <summary>The process behind the connection dies: the service learns it at once, the modem gets an RST.</summary>
    private void KillAtService(TcpLink link)
    {
        if (!link.IsOpen) return;
        LeaveService(link, reset: true);
        link.Down.Clear();
        SendReset(link, atModem: true);
        Settle(link);
    }

    private void ResetBothEnds(TcpLink link)
    {
        Record(link.Air, new TcpReset(_now, link.Label));
        link.Up.Clear();
        link.Down.Clear();
        if (!IsCutOff(link.Air)) TellModemClosed(link, reset: true);
        LeaveService(link, reset: true);
        Settle(link);
    }

    /// <summary>An RST is sent once and may get lost; then the next segment is answered by another.</summary>
    private void SendReset(TcpLink link, bool atModem)
    {
        var delay = Delay(link.Air, !atModem, HeaderBytes);
        if (IsBlocked(link.Air, link.Host) || IsLost(link.Air))
        {
            ResetLost(link, atModem);
            return;
        }

        var stream = atModem ? link.Down : link.Up;
        var due = _now + delay;
        if (due < stream.LastArrival) due = stream.LastArrival;
        stream.LastArrival = due;
        _due.Add(due, new NetworkEvent.Reset(link, atModem));
    }

    private void ArriveReset(TcpLink link, bool atModem)
    {
        if (IsBlocked(link.Air, link.Host))
        {
            ResetLost(link, atModem);
            return;
        }

        if (atModem)
        {
            link.Up.Clear();
            TellModemClosed(link, reset: true);
        }
        else
        {
            link.Down.Clear();
            LeaveService(link, reset: true);
        }

        Settle(link);
    }

    private void ResetLost(TcpLink link, bool atModem)
    {
        var stream = atModem ? link.Up : link.Down;
        if (stream.Waiting.Count > 0 && !stream.IsStuck) Stick(stream);
    }

    /// <summary>The modem learns that the peer is gone; after an RST its end is gone too.</summary>
    private void TellModemClosed(TcpLink link, bool reset)
    {
        if (link.IsModemGone) return;
        if (!link.IsModemTold)
        {
            link.IsModemTold = true;
            Record(link.Air, new TcpEnded(_now, link.Label, reset));
            ToModem(link.Air, new AirEvent.TcpClosed(link.ModemConnection, reset));
        }

        if (reset) LeaveModem(link);
    }

    private void LeaveModem(TcpLink link)
    {
        link.IsModemGone = true;
        if (_byModem.TryGetValue((link.Air.Modem, link.ModemConnection), out var known) && known == link)
        {
            _byModem.Remove((link.Air.Modem, link.ModemConnection));
        }

        if (!link.IsOpen) link.IsServiceGone = true; // It never got there.
    }

    /// <summary>
    /// The service learns that the peer is gone. After a FIN it may still send until it closes its own end.
    /// </summary>
    private void LeaveService(TcpLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        if (link.IsAccepted) ToService(new ServiceInput.Closed(link.Id, reset));
        if (reset || !link.IsAccepted) link.IsServiceGone = true;
    }

    /// <summary>Releases a connection that neither end knows any more.</summary>
    private void Settle(TcpLink link)
    {
        if (link.IsOver) _connections.Remove(link.Id);
    }
}
