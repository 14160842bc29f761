using System.Net;
using AirHil.Live.Remote;
using AirHil.Rig.Runs;

namespace AirHil.Live.Tests.Remote;

/// <summary>Benches of these tests.</summary>
internal static class Benches
{
    public static BenchServerOptions OnAnyPort { get; } = new() { Listen = new IPEndPoint(IPAddress.Loopback, 0) };

    public static Task<BenchServer> Serve(IModemTarget board, BenchServerOptions? options = null) =>
        BenchServer.StartAsync([new("one", board)], options ?? OnAnyPort, TestContext.Current.CancellationToken);

    public static Task<RemoteTarget> Connect(Uri url, RemoteOptions? options = null) =>
        RemoteTarget.ConnectAsync($"remote:{url}", options, TestContext.Current.CancellationToken);

    /// <summary>Messages that wait for clients of a bench now.</summary>
    public static int Waiting(BenchServer bench) => bench.Sessions.Sum(session => session.Waiting);

    /// <summary>Waits for something that another thread does.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        for (var i = 0; i < 1_500; i++)
        {
            if (condition()) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"after 30 s it is not so: {what}");
    }
}
