using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Network;

/// <summary>
/// TCP: what a sender gives is delivered in order, once, when the way is free at its arrival. A transmission that meets
/// a blocked way, and one whose acknowledgement does, is repeated at the sender's next instant
/// (<see cref="RetransmitPolicy"/>, reference §3.8), with all that was sent after it.
/// </summary>
public sealed partial class SimulatedNetwork
{
    /// <summary>The module's MSS (reference §4.4).</summary>
    private const int SegmentBytes = 1340;

    /// <summary>IP and TCP headers of one segment.</summary>
    private const int HeaderBytes = 40;

    /// <summary>What a TLS handshake moves, certificates included; felt only on a slow link.</summary>
    [Guess("Bytes of a handshake with the server's certificate chain. They use the rate of the link.")]
    private const int TlsHandshakeBytes = 4500;

    private void OpenTcp(AirLink air, AirRequest.OpenTcp open)
    {
        if (_byModem.ContainsKey((air.Modem, open.Connection)))
        {
            throw new ArgumentException($"Modem {air.Modem} opens connection {open.Connection} twice", nameof(open));
        }

        var link = new TcpLink(_nextConnection++, air, open.Connection, Hosts.NameOf(open.Address), open.Port, _profile,
            _now);
        Record(air, new TcpOpening(_now, link.Label, open.Address));
        MakeRoom(air);
        _connections.Add(link.Id, link);
        _byModem.Add((air.Modem, open.Connection), link);
        SendSyn(link, 0);
    }

    private void MakeRoom(AirLink air)
    {
        if (_connections.Count < ConnectionLimit) return;
        var oldest = _connections.Values.FirstOrDefault(l => l.IsModemGone) ?? _connections.Values.First();
        Record(air, new TcpLimited(_now, oldest.Label));
        ResetBothEnds(oldest);
    }

    /// <summary>
    /// A SYN, or its repetition: lwIP keeps the wait constant and stops after TCP_SYNMAXRTX (reference §3.6).
    /// </summary>
    private void SendSyn(TcpLink link, int attempt)
    {
        if (link.IsModemGone || link.IsOpen) return;
        if (attempt > _profile.SynRetries)
        {
            // Silence is the answer; the modem's own stack ends the connect.
            Record(link.Air, new TcpTimedOut(_now, link.Label, AtService: false));
            LeaveModem(link);
            Settle(link);
            return;
        }

        var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)_profile.SynRetryMs * (attempt + 1));
        var answered = _now + Delay(link.Air, true, HeaderBytes) + Delay(link.Air, false, HeaderBytes);
        if (IsBlocked(link.Air, link.Host) || IsLost(link.Air) || IsLost(link.Air))
        {
            _due.Add(next, new NetworkEvent.SendSyn(link, attempt + 1));
        }
        else
        {
            _due.Add(answered, new NetworkEvent.SynAnswered(link, attempt));
        }
    }

    private void SynAnswered(TcpLink link, int attempt)
    {
        if (link.IsModemGone || link.IsOpen) return;
        if (IsBlocked(link.Air, link.Host))
        {
            var next = link.OpenedAt + TimeSpan.FromMilliseconds((long)_profile.SynRetryMs * (attempt + 1));
            _due.Add(next > _now ? next : _now, new NetworkEvent.SendSyn(link, attempt + 1));
            return;
        }

        var listens = _listeners.Contains((link.Host, link.Port, ServiceTransport.Tcp)) || ListensTls(link);
        if (!listens || IsRefused(link.Air, link.Host))
        {
            Record(link.Air, new TcpRefused(_now, link.Label));
            ToModem(link.Air, new AirEvent.TcpRefused(link.ModemConnection));
            LeaveModem(link);
            Settle(link);
            return;
        }

        link.IsOpen = true;
        Record(link.Air, new TcpOpened(_now, link.Label));
        ToModem(link.Air, new AirEvent.TcpOpened(link.ModemConnection));
        if (!ListensTls(link)) Accept(link, false, "");
    }

    private bool ListensTls(TcpLink link) => _listeners.Contains((link.Host, link.Port, ServiceTransport.Tls));

    private void Accept(TcpLink link, bool tls, string serverName)
    {
        link.IsAccepted = true;
        link.IsSecured = tls;
        ToService(new ServiceInput.Accepted(link.Id, link.Air.Modem, link.Host, link.Port, tls, serverName));
    }

    private void SendFromModem(TcpLink link, TcpSegmentKind kind, ReadOnlyMemory<byte> bytes, string text)
    {
        if (!link.IsOpen) return; // The modem's stack would have refused it.
        if (kind == TcpSegmentKind.Data) Record(link.Air, new TcpSent(_now, link.Label, bytes));
        Send(link.Up, new TcpSegment(kind, bytes, text));
    }

    private void SendFromService(TcpLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsServiceGone) return; // The service sent before it heard that the connection is gone.
        while (bytes.Length > 0)
        {
            var size = Math.Min(bytes.Length, SegmentBytes);
            Send(link.Down, new TcpSegment(TcpSegmentKind.Data, bytes[..size], ""));
            bytes = bytes[size..];
        }
    }

    private void Send(TcpStream stream, TcpSegment segment)
    {
        if (stream.WaitingBytes + segment.Bytes.Length > QueueLimitBytes)
        {
            Record(stream.Link.Air, new TcpQueueFull(_now, stream.Link.Label));
            ResetBothEnds(stream.Link);
            return;
        }

        stream.Enqueue(segment);
        if (!stream.IsStuck) Transmit(stream, segment, IsLost(stream.Link.Air));
    }

    private void Transmit(TcpStream stream, TcpSegment segment, bool isLost)
    {
        var link = stream.Link;
        segment.Flight++;
        segment.SentAt = _now;
        segment.IsLost = isLost || IsBlocked(link.Air, link.Host);
        var due = _now + Delay(link.Air, stream.IsUp, segment.Bytes.Length + HeaderBytes);
        if (segment.Kind == TcpSegmentKind.TlsHandshake)
        {
            due += TimeSpan.FromMilliseconds(Math.Max(0, _profile.TlsHandshakeMs - _profile.RoundTripMs)) +
                Extra(link.Air, 1, TlsHandshakeBytes);
        }

        if (due < stream.LastArrival) due = stream.LastArrival;
        stream.LastArrival = due;
        _due.Add(due, new NetworkEvent.Arrive(stream, segment, segment.Flight));
    }

    private void Arrive(TcpStream stream, TcpSegment segment, int flight)
    {
        // Cleared, repeated or overtaken by a loss before it: another transmission counts.
        if (segment.Flight != flight || stream.Waiting.Count == 0 || stream.IsStuck || segment.IsDelivered) return;
        var link = stream.Link;
        if (segment.IsLost || IsBlocked(link.Air, link.Host))
        {
            Stick(stream);
        }
        else if (stream.IsUp)
        {
            ArriveAtService(stream, segment);
        }
        else
        {
            ArriveAtModem(stream, segment);
        }
    }

    private void ArriveAtService(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (link.IsServiceGone)
        {
            if (segment.Kind != TcpSegmentKind.Fin) SendReset(link, atModem: true);
            else Acknowledge(stream, segment);
            return;
        }

        if (!link.IsAccepted && segment.Kind == TcpSegmentKind.Data)
        {
            Record(link.Air, new TlsViolated(_now, link.Label));
            KillAtService(link);
            return;
        }

        segment.IsDelivered = true;
        switch (segment.Kind)
        {
            case TcpSegmentKind.Data:
                ToService(new ServiceInput.Received(link.Id, segment.Bytes));
                break;
            case TcpSegmentKind.TlsHandshake when !ListensTls(link)
                || Acting<FailTls>(link.Air.Modem) is { Hang: false }:
                FailHandshake(link);
                break;
            case TcpSegmentKind.TlsHandshake when IsActing<FailTls>(link.Air.Modem):
                Record(link.Air, new TlsHung(_now, link.Label));
                break;
            case TcpSegmentKind.TlsHandshake:
                Accept(link, true, segment.Text);
                break;
            case TcpSegmentKind.Fin:
                LeaveService(link, reset: false);
                break;
            default:
                throw new InvalidOperationException($"A modem sends no {segment.Kind}");
        }

        var due = _now + Delay(link.Air, false, 0);
        if (due < link.Down.LastArrival) due = link.Down.LastArrival;
        link.Down.LastArrival = due;
        _due.Add(due, new NetworkEvent.Acknowledge(stream, segment));
    }

    private void FailHandshake(TcpLink link)
    {
        var reason = ListensTls(link) ? "handshake failure" : "the peer does not speak TLS";
        if (link.IsAccepted) ToService(new ServiceInput.Closed(link.Id, true));
        link.IsServiceGone = true;
        Send(link.Down, new TcpSegment(TcpSegmentKind.TlsAlert, default, reason));
    }

    private void ArriveAtModem(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (link.IsModemGone)
        {
            if (segment.Kind == TcpSegmentKind.Data && !link.IsServiceGone)
            {
                SendReset(link, atModem: false);
                return;
            }

            stream.Clear();
            Settle(link);
            return;
        }

        // The way is free, so the acknowledgement is taken as seen: nothing that the service does depends on its time.
        segment.IsDelivered = true;
        stream.Dequeue();
        stream.Progress();
        switch (segment.Kind)
        {
            case TcpSegmentKind.Data:
                Record(link.Air, new TcpReceived(_now, link.Label, segment.Bytes));
                ToModem(link.Air, new AirEvent.TcpReceived(link.ModemConnection, segment.Bytes));
                break;
            case TcpSegmentKind.Fin:
                TellModemClosed(link, reset: false);
                break;
            case TcpSegmentKind.TlsAlert:
                Record(link.Air, new TlsFailed(_now, link.Label, segment.Text));
                link.IsModemTold = true;
                ToModem(link.Air, new AirEvent.TlsFailed(link.ModemConnection, segment.Text));
                break;
            default:
                throw new InvalidOperationException($"A service sends no {segment.Kind}");
        }
    }

    private void Acknowledge(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (!stream.Waiting.Contains(segment)) return;
        if (IsBlocked(link.Air, link.Host))
        {
            if (!stream.IsStuck) Stick(stream);
            return;
        }

        var bytes = 0;
        TcpSegment covered;
        do
        {
            covered = stream.Dequeue();
            bytes += covered.Bytes.Length;
            if (covered.Kind == TcpSegmentKind.TlsHandshake && link.IsSecured && !link.IsModemGone)
            {
                Record(link.Air, new TlsOpened(_now, link.Label));
                ToModem(link.Air, new AirEvent.TlsOpened(link.ModemConnection));
            }
        }
        while (covered != segment);
        stream.Progress();
        if (bytes > 0 && !link.IsModemGone)
        {
            ToModem(link.Air, new AirEvent.TcpAcknowledged(link.ModemConnection, bytes));
        }

        Settle(link);
    }

    private void Stick(TcpStream stream)
    {
        stream.Stick(_now);
        _due.Add(stream.NextTry, new NetworkEvent.Repeat(stream, stream.Timer));
    }

    private void Repeat(TcpStream stream)
    {
        var link = stream.Link;
        if (!stream.TryRepeat(_now))
        {
            GiveUp(stream);
            return;
        }

        if (IsBlocked(link.Air, link.Host))
        {
            Stick(stream);
            return;
        }

        // Only the oldest is drawn again: the receiver holds what it got behind a gap.
        var isLost = IsLost(link.Air);
        foreach (var segment in stream.Waiting)
        {
            if (!segment.IsDelivered) Transmit(stream, segment, isLost && segment == stream.Waiting.Peek());
            else
            {
                _due.Add(_now + Delay(link.Air, true, 0) + Delay(link.Air, false, 0),
                    new NetworkEvent.Acknowledge(stream, segment));
            }
        }
    }

    private void GiveUp(TcpStream stream)
    {
        var link = stream.Link;
        Record(link.Air, new TcpTimedOut(_now, link.Label, AtService: !stream.IsUp));
        stream.Clear();
        if (stream.IsUp)
        {
            TellModemClosed(link, reset: true);
        }
        else
        {
            LeaveService(link, reset: true);
        }

        Settle(link);
    }
}
