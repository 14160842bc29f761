using AirHil.Modem;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Network;

/// <summary>
/// Streams of TCP: what a sender gives is delivered in order, once, when the way is free at its arrival. A transmission
/// that meets a blocked way, and one whose acknowledgement does, is repeated at the sender's next instant
/// (<see cref="RetransmitPolicy"/>, reference §3.8), with all that was sent after it.
/// </summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="due">What is on its way.</param>
/// <param name="ends">Takes what arrives.</param>
internal sealed class TcpTransport(
    NetworkProfile profile, NetworkState net, AirTimes way, DueQueue<NetworkEvent> due, TcpEnds ends)
{
    /// <summary>IP and TCP headers of one segment.</summary>
    public const int HeaderBytes = 40;

    /// <summary>What a TLS handshake moves, certificates included; felt only on a slow link.</summary>
    [Guess("Bytes of a handshake with the server's certificate chain. They use the rate of the link.")]
    private const int TlsHandshakeBytes = 4500;

    /// <summary>Puts a segment on its way, behind all before it.</summary>
    public void Send(TcpStream stream, TcpSegment segment)
    {
        if (stream.WaitingBytes + segment.Bytes.Length > SimulatedNetwork.QueueLimitBytes)
        {
            ends.Overflow(stream.Link);
            return;
        }

        stream.Enqueue(segment);
        if (!stream.IsStuck) Transmit(stream, segment, way.IsLost(stream.Link.Air, stream.Link.Host, stream.IsUp));
    }

    /// <summary>A transmission arrives, if it was not lost.</summary>
    public void Arrive(TcpStream stream, TcpSegment segment, int flight)
    {
        // Cleared, repeated or overtaken by a loss before it: another transmission counts.
        if (segment.Flight != flight || stream.Waiting.Count == 0 || stream.IsStuck || segment.IsDelivered) return;
        var link = stream.Link;
        if (segment.IsLost || net.IsBlocked(link.Air, link.Host)) Stick(stream);
        else if (stream.IsUp) ends.ArriveAtService(stream, segment);
        else ends.ArriveAtModem(stream, segment);
    }

    /// <summary>The receiver acknowledges a segment.</summary>
    public void SendAcknowledgement(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        var at = net.Now + way.Delay(link.Air, link.Host, false, 0);
        if (at < link.Down.LastArrival) at = link.Down.LastArrival;
        link.Down.LastArrival = at;
        due.Add(at, new NetworkEvent.Acknowledge(stream, segment));
    }

    /// <summary>A segment of no bytes, and what answers it.</summary>
    public void Probe(TcpLink link)
    {
        var air = link.Air;
        var at = net.Now + way.Delay(air, link.Host, true, HeaderBytes) + way.Delay(air, link.Host, false, HeaderBytes);
        if (net.IsBlocked(air, link.Host) || way.IsEitherLost(air, link.Host)) return;
        due.Add(at, new NetworkEvent.ProbeAnswered(link));
    }

    /// <summary>An acknowledgement reaches the sender; it covers all before it too.</summary>
    public void Acknowledge(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (!stream.Waiting.Contains(segment)) return;
        if (net.IsBlocked(link.Air, link.Host))
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
            ends.Acknowledged(link, covered);
        }
        while (covered != segment);
        stream.Progress();
        ends.Acknowledged(link, bytes);
    }

    /// <summary>A repetition is due, unless something got through in the meantime.</summary>
    public void Repeat(TcpStream stream)
    {
        var link = stream.Link;
        if (!stream.TryRepeat(net.Now))
        {
            ends.GiveUp(stream);
            return;
        }

        if (net.IsBlocked(link.Air, link.Host))
        {
            Stick(stream);
            return;
        }

        // Only the oldest is drawn again: the receiver holds what it got behind a gap.
        var isLost = way.IsLost(link.Air, link.Host, stream.IsUp);
        foreach (var segment in stream.Waiting)
        {
            if (!segment.IsDelivered) Transmit(stream, segment, isLost && segment == stream.Waiting.Peek());
            else
            {
                due.Add(net.Now + way.Delay(link.Air, link.Host, true, 0) + way.Delay(link.Air, link.Host, false, 0),
                    new NetworkEvent.Acknowledge(stream, segment));
            }
        }
    }

    /// <summary>An RST is sent once and may get lost; then the next segment is answered by another.</summary>
    public void SendReset(TcpLink link, bool atModem)
    {
        var delay = way.Delay(link.Air, link.Host, !atModem, HeaderBytes);
        if (net.IsBlocked(link.Air, link.Host) || way.IsLost(link.Air, link.Host, !atModem))
        {
            ResetLost(link, atModem);
            return;
        }

        var stream = atModem ? link.Down : link.Up;
        var at = net.Now + delay;
        if (at < stream.LastArrival) at = stream.LastArrival;
        stream.LastArrival = at;
        due.Add(at, new NetworkEvent.Reset(link, atModem));
    }

    /// <summary>An RST arrives, if it was not lost.</summary>
    public void ArriveReset(TcpLink link, bool atModem)
    {
        if (net.IsBlocked(link.Air, link.Host)) ResetLost(link, atModem);
        else ends.ArriveReset(link, atModem);
    }

    private void Transmit(TcpStream stream, TcpSegment segment, bool isLost)
    {
        var link = stream.Link;
        segment.Flight++;
        segment.SentAt = net.Now;
        segment.IsLost = isLost || net.IsBlocked(link.Air, link.Host);
        var at = net.Now + way.Delay(link.Air, link.Host, stream.IsUp, segment.Bytes.Length + HeaderBytes);
        if (segment.Kind == TcpSegmentKind.TlsHandshake)
        {
            at += TimeSpan.FromMilliseconds(Math.Max(0, profile.TlsHandshakeMs - profile.RoundTripMs)) +
                way.Extra(link.Air, link.Host, 1, TlsHandshakeBytes);
        }

        if (at < stream.LastArrival) at = stream.LastArrival;
        stream.LastArrival = at;
        due.Add(at, new NetworkEvent.Arrive(stream, segment, segment.Flight));
    }

    private void Stick(TcpStream stream)
    {
        stream.Stick(net.Now);
        due.Add(stream.NextTry, new NetworkEvent.Repeat(stream, stream.Timer));
    }

    private void ResetLost(TcpLink link, bool atModem)
    {
        var stream = atModem ? link.Up : link.Down;
        if (stream.Waiting.Count > 0 && !stream.IsStuck) Stick(stream);
    }
}
