using System.Net;
using System.Net.Sockets;
using AirHil.Live.Network;

namespace AirHil.Live.Tests.Network;

/// <summary>One end of a real connection, whatever its other end does.</summary>
[Trait("Clock", "wall")]
public sealed class LiveConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_that_breaks_off_while_both_ways_are_full_ends_its_connection_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndpoint, Cancel);
        var path = new LivePath(() => TimeSpan.Zero, 1, TimeSpan.FromHours(1));
        using var connection = new LiveConnection(await listener.AcceptSocketAsync(Cancel), path, _ => { });
        connection.Start(receive: true);
        connection.Order(new ConnectionOrder.Send(new byte[16 << 20]));
        peer.SendTimeout = 1_000;
        Should.Throw<SocketException>(() =>
        {
            while (true) peer.Send(new byte[1 << 16]);
        });
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        await Task.Delay(500, Cancel);
        connection.Dispose();
        await connection.Completion.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }
}
