using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Time;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

/// <summary>What answers at the address of a bench is none, or a bad one: the client says what it was.</summary>
public sealed class HostileBenchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "'302'")]
    [InlineData(false, "it did not answer in time")]
    public async Task A_server_that_leads_elsewhere_or_says_nothing_is_told_and_not_followed(bool leads, string why)
    {
        await using var bench = await Benches.Serve(new CountingTarget(TimeSpan.FromSeconds(10)));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            var request = new byte[10_000];
            (await client.GetStream().ReadAsync(request, Cancel)).ShouldBePositive();
            var location = new UriBuilder(bench.Url) { Scheme = "http" }.Uri;
            var answer = $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";
            if (leads) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Cancel);
            while (await client.GetStream().ReadAsync(request, Cancel) > 0)
            {
            }
        }, Cancel);
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(
            new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/one"),
            new RemoteOptions { ConnectLimit = TimeSpan.FromSeconds(leads ? 10 : 1) }));
        refusal.Reason.ShouldBe(RefusalReason.Unreachable);
        refusal.Message.ShouldContain(why);
        bench.Boards[0].HeldBy.ShouldBeNull();
        await answering;
    }

    [Fact]
    public async Task A_bench_that_breaks_the_protocol_at_once_is_told_by_what_it_did()
    {
        using var listener = new HttpListener();
        var url = Listen(listener);
        const string welcome =
            """
            {"type":"welcome","protocol":2,"airHil":"1","session":"s","board":"one","received":0,"resumeUs":3000000,
            "silenceUs":3000000,
            "boards":[{"name":"one","capabilities":["power"],"speed":1,"latencyUs":0,"hasNetwork":false}]}
            """;
        const string late = """{"type":"numbered","number":5,"message":{"type":"released","modem":1}}""";
        var answering = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            var socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
            await socket.ReceiveAsync(new byte[10_000], Cancel);
            foreach (var text in (string[])[welcome, late])
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancel);
            }
        }, Cancel);
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(url));
        refusal.Message.ShouldContain("message number 5 follows number 0; what lies between is missing");
        await answering;
    }

    [Fact]
    public async Task A_text_message_that_is_none_is_the_benchs_fault()
    {
        var board = new Saying(new AirRequest.SubmitSms(1, new byte[] { 0, 0, 0 }));
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(FirmwareSource.FromText("-- says it"));
        await bench.ApplyPower();
        (await bench.RunUntil(() => bench.Events.Any(e => e is ModemGone), TimeSpan.FromSeconds(20))).ShouldBeTrue();
        bench.Events.OfType<ModemGone>().Single().Reason.ShouldContain("a text message that is no SMS-SUBMIT");
    }

    [Fact]
    public async Task A_bench_that_does_not_answer_whether_the_board_is_ready_is_not_awaited_for_ever()
    {
        var never = new TaskCompletionSource<string?>();
        var board = new CountingTarget(TimeSpan.FromSeconds(10))
        {
            Prepare = (_, cancel) => new ValueTask<string?>(never.Task.WaitAsync(cancel)),
        };
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(
            server.Url, new RemoteOptions { PrepareLimit = TimeSpan.FromMilliseconds(200) });
        (await target.PrepareAsync(FirmwareSource.FromText("-- waits"), Cancel)).ShouldNotBeNull()
            .ShouldContain("the bench has not said within 200 ms whether the board runs the script");
    }

    private static Uri Listen(HttpListener listener)
    {
        var port = FreePort.Take();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return new Uri($"ws://127.0.0.1:{port}/");
    }

    /// <summary>A modem that does one thing when it gets power.</summary>
    private sealed class Saying(ModemOutput said) : IModemTarget
    {
        public string Name => "saying";

        public IReadOnlyCollection<string> Capabilities { get; } = [Capability.Power];

        public RigClock Clock => RigClock.Wall;

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem) => new Machine(said);

        private sealed class Machine(ModemOutput said) : ISansIoMachine<ModemInput, ModemOutput>
        {
            private readonly Queue<ModemOutput> _outputs = new();

            public TimeSpan? NextTimeout => null;

            public void Handle(ModemInput input, TimeSpan now)
            {
                if (input is not ModemCommand.ApplyPower) return;
                _outputs.Enqueue(new ModemReport.PoweredOn());
                _outputs.Enqueue(new AirRequest.Radio(true));
                _outputs.Enqueue(said);
            }

            public void HandleTimeout(TimeSpan now)
            {
            }

            public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);
        }
    }
}
