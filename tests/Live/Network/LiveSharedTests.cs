using System.Net;
using System.Net.Sockets;
using AirHil.Live.Network;
using AirHil.Rig.Network;
using AirHil.Rig.Tests.Time;

namespace AirHil.Live.Tests.Network;

public sealed class LiveSharedTests
{
    private readonly PlayedRun _run = new() { Held = TimeSpan.FromSeconds(2) };
    private readonly NetworkState _net = new();

    [Fact]
    public async Task What_other_threads_say_happens_on_the_worlds_at_its_time()
    {
        await using var shared = Shared();
        TimeSpan? at = null;
        await Task.Run(() => shared.Post(() => at = _net.Now), TestContext.Current.CancellationToken);
        at.ShouldBeNull();
        _run.DoPosted();
        at.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_socket_that_the_world_did_not_take_is_closed_at_the_end_and_one_that_it_took_is_its_own()
    {
        await using var shared = Shared();
        using var taken = Socket();
        using var left = Socket();
        using var late = Socket();
        shared.Post(taken, () => { });
        _run.DoPosted();
        shared.Post(left, () => Assert.Fail("nobody takes it"));
        IsClosed(left).ShouldBeFalse();
        await shared.EndAsync();
        shared.Post(late, () => Assert.Fail("nobody takes it"));
        ((bool[])[IsClosed(taken), IsClosed(left), IsClosed(late)]).ShouldBe([false, true, true]);
    }

    private LiveShared Shared()
    {
        var shared = new LiveShared(new LiveNetworkOptions(), _net);
        shared.Attach(_run);
        return shared;
    }

    private static Socket Socket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static bool IsClosed(Socket socket) => socket.SafeHandle.IsClosed;
}
