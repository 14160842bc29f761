using AirHil.Live.Edge;
using AirHil.Live.Tls;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using System.Net;
using System.Net.Sockets;
using AirHil.Rig.Network;

namespace AirHil.Live.Network;

/// <summary>Connections that are carried on to a service of the user's own, byte for byte.</summary>
/// <param name="shared">What the parts of the network share.</param>
/// <param name="edge">The other end of them.</param>
internal sealed class UpstreamRelay(LiveShared shared, EdgeSide edge)
{
    private readonly NetworkState _net = shared.Net;

    /// <summary>How long the user's own service may take to accept a connection.</summary>
    private static readonly TimeSpan OnwardPatience = TimeSpan.FromSeconds(10);

    /// <summary>Connects to the user's own service.</summary>
    public void GoOn(EdgeLink link, Upstream upstream) => shared.Beside(async () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var reason = "no answer within " + OnwardPatience.TotalSeconds + " s";
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(shared.Ended);
            patience.CancelAfter(OnwardPatience);
            if (await SystemHostResolver.Instance.Resolve(upstream.TargetHost, patience.Token) is { } address)
            {
                await socket.ConnectAsync(new IPEndPoint(address, upstream.TargetPort), patience.Token);
                shared.Post(socket, () => WentOn(link, socket));
                return;
            }

            reason = "no such host";
        }
        catch (SocketException problem)
        {
            reason = problem.Message;
        }
        catch (OperationCanceledException) when (!shared.Ended.IsCancellationRequested)
        {
            // It took too long.
        }

        socket.Dispose();
        shared.Post(() =>
        {
            if (!edge.Contains(link)) return;
            shared.Notice(
                link.Client, $"the upstream {upstream} cannot be reached: {reason}; is the service running there?");
            edge.Reset(link);
        });
    });

    /// <summary>The client has sent something.</summary>
    public void CarryOn(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (!link.IsSeen && FailsTls(link, bytes.Span)) return;
        link.IsSeen = true;
        if (link.Onward is { } onward) onward.Order(new ConnectionOrder.Send(bytes));
        else link.Early.Enqueue(bytes);
    }

    /// <summary>The client ended its direction, or broke the connection.</summary>
    public static void End(EdgeLink link, bool reset)
    {
        if (reset) link.Onward?.Reset();
        else link.Onward?.Order(new ConnectionOrder.Finish());
    }

    private void WentOn(EdgeLink link, Socket socket)
    {
        if (!edge.Contains(link))
        {
            socket.Dispose();
            return;
        }

        // The faults act between the client and the edge; from here on the way is free.
        var path = shared.NewPath(false, default);
        link.Onward = new LiveConnection(socket, path, e => shared.Post(() => HandleOnward(link, e)));
        link.Onward.Start(receive: true);
        shared.Track(link.Onward);
        while (link.Early.TryDequeue(out var bytes)) link.Onward.Order(new ConnectionOrder.Send(bytes));
        if (link.IsClientEnded) link.Onward.Order(new ConnectionOrder.Finish());
    }

    /// <summary>A handshake that begins while TLS fails is answered here, and not by the service.</summary>
    private bool FailsTls(EdgeLink link, ReadOnlySpan<byte> first)
    {
        if (link.IsInside || first[0] != TlsAlert.HandshakeRecord) return false;
        if (_net.Faults.Strike<FailTls>(link.Client, link.Listener.Host) is not { } fault) return false;

        link.Connection.Consumed(first.Length);
        link.IsHung = true;
        link.Onward?.Reset();
        if (fault.Hang)
        {
            _net.Record(link.Client, new TlsHung(_net.Now, link.Label));
            return true;
        }

        _net.Record(link.Client, new TlsFailed(_net.Now, link.Label, "handshake failure"));
        edge.SendToClient(link, TlsAlert.HandshakeFailure);
        link.Connection.Order(new ConnectionOrder.Finish());
        return true;
    }

    private void HandleOnward(EdgeLink link, ConnectionEvent happened)
    {
        if (!edge.Contains(link) || link.IsHung) return;
        switch (happened)
        {
            case ConnectionEvent.Received(var bytes):
                edge.SendToClient(link, bytes);
                break;
            case ConnectionEvent.Acknowledged(var bytes):
                link.Onward!.CountDown(bytes);
                link.Connection.Consumed(bytes);
                break;
            case ConnectionEvent.Ended(var reset, _):
                CloseFromUpstream(link, reset);
                break;
            default:
                break;
        }
    }

    private void CloseFromUpstream(EdgeLink link, bool reset)
    {
        if (!link.IsInside && !link.IsClientEnded)
        {
            _net.Record(link.Client, new TcpEnded(_net.Now, link.Label, reset));
        }

        link.IsServiceGone = true;
        if (reset)
        {
            edge.Reset(link);
            return;
        }

        link.Connection.Order(new ConnectionOrder.Finish());
        if (link.IsClientEnded) link.Onward?.Order(new ConnectionOrder.Finish());
    }
}
