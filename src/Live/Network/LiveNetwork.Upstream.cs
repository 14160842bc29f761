using System.Net.Sockets;
using System.Net;
using AirHil.Live.Edge;
using AirHil.Live.Tls;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Live.Network;

/// <summary>Connections that are carried on to a service of the user's own, byte for byte.</summary>
public sealed partial class LiveNetwork
{
    /// <summary>How long the user's own service may take to accept a connection.</summary>
    private static readonly TimeSpan OnwardPatience = TimeSpan.FromSeconds(10);

    private void GoOn(EdgeLink link, Upstream upstream) => Beside(async () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var reason = "no answer within " + OnwardPatience.TotalSeconds + " s";
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
            patience.CancelAfter(OnwardPatience);
            if (await SystemHostResolver.Instance.Resolve(upstream.TargetHost, patience.Token) is { } address)
            {
                await socket.ConnectAsync(new IPEndPoint(address, upstream.TargetPort), patience.Token);
                Post(socket, () => WentOn(link, socket));
                return;
            }

            reason = "no such host";
        }
        catch (SocketException problem)
        {
            reason = problem.Message;
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            // It took too long.
        }

        socket.Dispose();
        Post(() =>
        {
            if (!_edge.ContainsKey(link.Id)) return;
            Notice(
                link.Client, $"the upstream {upstream} cannot be reached: {reason}; is the service running there?");
            ResetEdge(link);
        });
    });

    private void WentOn(EdgeLink link, Socket socket)
    {
        if (!_edge.ContainsKey(link.Id))
        {
            socket.Dispose();
            return;
        }

        // The faults act between the client and the edge; from here on the way is free.
        link.Onward = new LiveConnection(socket, NewPath(false, null), e => Post(() => HandleOnward(link, e)));
        link.Onward.Start(receive: true);
        Track(link.Onward);
        while (link.Early.TryDequeue(out var bytes)) link.Onward.Order(new ConnectionOrder.Send(bytes));
        if (link.IsClientEnded) link.Onward.Order(new ConnectionOrder.Finish());
    }

    private void CarryOn(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (!link.IsSeen && FailsTls(link, bytes.Span)) return;
        link.IsSeen = true;
        if (link.Onward is { } onward) onward.Order(new ConnectionOrder.Send(bytes));
        else link.Early.Enqueue(bytes);
    }

    /// <summary>A handshake that begins while TLS fails is answered here, and not by the service.</summary>
    private bool FailsTls(EdgeLink link, ReadOnlySpan<byte> first)
    {
        if (link.IsInside || first[0] != TlsAlert.HandshakeRecord || Acting<FailTls>(link.Client) is not { } fault)
        {
            return false;
        }

        link.Connection.Consumed(first.Length);
        link.IsHung = true;
        link.Onward?.Reset();
        if (fault.Hang)
        {
            Record(link.Client, new TlsHung(_now, link.Label));
            return true;
        }

        Record(link.Client, new TlsFailed(_now, link.Label, "handshake failure"));
        SendToClient(link, TlsAlert.HandshakeFailure);
        link.Connection.Order(new ConnectionOrder.Finish());
        return true;
    }

    private void HandleOnward(EdgeLink link, ConnectionEvent happened)
    {
        if (!_edge.ContainsKey(link.Id) || link.IsHung) return;
        switch (happened)
        {
            case ConnectionEvent.Received(var bytes):
                SendToClient(link, bytes);
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
            Record(link.Client, new TcpEnded(_now, link.Label, reset));
        }

        link.IsServiceGone = true;
        if (reset)
        {
            ResetEdge(link);
            return;
        }

        link.Connection.Order(new ConnectionOrder.Finish());
        if (link.IsClientEnded) link.Onward?.Order(new ConnectionOrder.Finish());
    }

    /// <summary>The client ended its direction, or broke the connection.</summary>
    private static void EndOnward(EdgeLink link, bool reset)
    {
        if (reset) link.Onward?.Reset();
        else link.Onward?.Order(new ConnectionOrder.Finish());
    }
}
