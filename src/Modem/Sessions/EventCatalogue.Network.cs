namespace AirHil.Modem.Sessions;

/// <content>The air and the service.</content>
public static partial class EventCatalogue
{
    private static FrameKind[] Frames => Enum.GetValues<FrameKind>();

    private static Entry[] Network =>
    [
        Of<CoverageChanged>(
            e => e.IsCovered ? 0 : 1, null,
            ("coverage.found", m => new(m.At, true)),
            ("coverage.lost", m => new(m.At, false))),
        Of<NetworkNoticed>(
            EventKinds.NetworkNotice, m => new(m.At, m.Text("notice")), (to, e) => to.Text("notice"u8, e.Notice)),
        Of<ClientActed>(
            e => (int)e.Move,
            (to, e) =>
            {
                if (e.Move == ClientMove.Connect) to.Number("modulePort"u8, e.Port);
            },
            [.. Enum.GetValues<ClientMove>().Select(move => (EventKinds.ClientActed(move),
                (Func<EventMembers, ClientActed>)(m => new ClientActed(
                    m.At, move, move == ClientMove.Connect ? m.Number("modulePort") : 0, m.Bytes))))]),
        Of<ClientSaw>(
            e => (int)e.Sight, null,
            [.. Enum.GetValues<ClientSight>().Select(sight => (EventKinds.ClientSaw(sight),
                (Func<EventMembers, ClientSaw>)(m => new ClientSaw(m.At, sight, m.Bytes))))]),
        Of<DnsAsked>("dns.query", m => new(m.At, m.Host), (to, e) => to.Text("host"u8, e.Host)),
        Of<DnsAnswered>(
            e => e.Address is null ? 1 : 0,
            (to, e) =>
            {
                to.Text("host"u8, e.Host);
                if (e.Address is { } address) to.Text("address"u8, address);
            },
            ("dns.answer", m => new(m.At, m.Host, m.Text("address"))),
            ("dns.nxdomain", m => new(m.At, m.Host, null))),
        Of<UdpSent>("udp.tx", m => new(m.At, m.Connection, m.Bytes)),
        Of<UdpReceived>("udp.rx", m => new(m.At, m.Connection, m.Bytes)),
        Of<TcpOpening>(
            "tcp.open", m => new(m.At, m.Connection, m.Text("address")),
            (to, e) => to.Optional("address"u8, e.Address)),
        Of<TcpOpened>("tcp.opened", m => new(m.At, m.Connection)),
        Of<TcpRefused>("tcp.refused", m => new(m.At, m.Connection)),
        Of<TcpSent>("tcp.tx", m => new(m.At, m.Connection, m.Bytes)),
        Of<TcpReceived>("tcp.rx", m => new(m.At, m.Connection, m.Bytes)),
        Of<TcpClosed>(
            e => e.Reset ? 1 : 0, null,
            ("tcp.close", m => new(m.At, m.Connection, false)),
            ("tcp.abort", m => new(m.At, m.Connection, true))),
        Of<TcpEnded>(
            e => e.Reset ? 1 : 0, null,
            ("tcp.closed.fin", m => new(m.At, m.Connection, false)),
            ("tcp.closed.rst", m => new(m.At, m.Connection, true))),
        Of<TcpReset>("tcp.reset", m => new(m.At, m.Connection)),
        Of<TcpTimedOut>(
            e => e.AtService ? 1 : 0, null,
            ("tcp.timeout", m => new(m.At, m.Connection, false)),
            ("tcp.timeout.service", m => new(m.At, m.Connection, true))),
        Of<TcpAbandoned>("tcp.abandoned", m => new(m.At, m.Connection)),
        Of<TcpLimited>("tcp.limit", m => new(m.At, m.Connection)),
        Of<TcpQueueFull>("tcp.queue.full", m => new(m.At, m.Connection)),
        Of<TlsStarted>("tls.start", m => new(m.At, m.Connection)),
        Of<TlsOpened>("tls.opened", m => new(m.At, m.Connection)),
        Of<TlsFailed>(
            "tls.failed", m => new(m.At, m.Connection, m.Text("reason")), (to, e) => to.Text("reason"u8, e.Reason)),
        Of<TlsHung>("tls.hang", m => new(m.At, m.Connection)),
        Of<TlsViolated>("tls.violation", m => new(m.At, m.Connection)),
    ];

    private static Entry[] Service =>
    [
        Of<PushReachedNobody>(
            "ws.push.nobody", m => new(m.At, m.Text("message")), (to, e) => to.Optional("message"u8, e.Message)),
        Of<ServiceAccepted>(
            "service.accept", m => new(m.At, m.Connection, m.Flag("tls"), m.Text("server")),
            (to, e) =>
            {
                to.Flag("tls"u8, e.IsTls);
                to.Optional("server"u8, e.ServerName);
            }),
        Of<ServiceLimited>(
            "service.limit", m => new(m.At, m.Connection, m.Text("limit")), (to, e) => to.Text("limit"u8, e.Limit)),
        Of<ServiceFinished>("service.fin", m => new(m.At, m.Connection)),
        Of<ServiceReset>("service.rst", m => new(m.At, m.Connection)),
        Of<ServiceForgot>("service.forget", m => new(m.At, m.Connection)),
        Of<ClientGone>(
            e => (int)e.Client, (to, e) => to.Flag("reset"u8, e.Reset),
            ("tcp.gone", m => new(m.At, m.Connection, ClientOf.Raw, m.Flag("reset"))),
            ("ws.gone", m => new(m.At, m.Connection, ClientOf.WebSocket, m.Flag("reset"))),
            ("service.gone", m => new(m.At, m.Connection, ClientOf.Other, m.Flag("reset")))),
        Of<DatagramIn>("udp.in", m => new(m.At, m.Connection, m.Bytes)),
        Of<DatagramOut>("udp.out", m => new(m.At, m.Connection, m.Bytes)),
        Of<RawIn>("tcp.in", m => new(m.At, m.Connection, m.Bytes)),
        Of<RawOut>(
            "tcp.out", m => new(m.At, m.Connection, m.Flag("text"), m.Bytes), (to, e) => to.Flag("text"u8, e.IsText)),
        Of<UpgradeAsked>("ws.upgrade", m => new(m.At, m.Connection, m.Bytes)),
        Of<UpgradeAccepted>(
            "ws.open", m => new(m.At, m.Connection, m.Text("url")), (to, e) => to.Text("url"u8, e.Url)),
        Of<UpgradeRefused>(
            "ws.refused", m => new(m.At, m.Connection, m.Number("status")),
            (to, e) => to.Number("status"u8, e.Status)),
        Of<UpgradeLimited>(
            "ws.limit", m => new(m.At, m.Connection, m.Text("limit")), (to, e) => to.Text("limit"u8, e.Limit)),
        Of<FrameIn>(e => (int)e.Frame, null,
            [.. Frames.Select(frame => (EventKinds.FrameIn(frame),
                (Func<EventMembers, FrameIn>)(m => new FrameIn(m.At, m.Connection, frame, m.Bytes))))]),
        Of<FrameOut>(e => (int)e.Frame, null,
            [.. Frames.Select(frame => (EventKinds.FrameOut(frame),
                (Func<EventMembers, FrameOut>)(m => new FrameOut(m.At, m.Connection, frame, m.Bytes))))]),
        Of<HalfFrameOut>("ws.half.out", m => new(m.At, m.Connection, m.Bytes)),
        Of<Withheld>(
            "ws.withheld", m => new(m.At, m.Connection, m.Text("what"), m.Bytes),
            (to, e) => to.Optional("what"u8, e.What)),
        Of<FrameViolated>(
            "ws.violation", m => new(m.At, m.Connection, m.Text("rule")), (to, e) => to.Text("rule"u8, e.Rule)),
    ];
}
