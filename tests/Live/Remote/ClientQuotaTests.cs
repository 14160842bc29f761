using System.Net.WebSockets;
using System.Text;
using AirHil.Live.Remote;

namespace AirHil.Live.Tests.Remote;

/// <summary>A client that asks for ever more ends its session, and not the bench.</summary>
public sealed class ClientQuotaTests
{
    private const string Hello = """{"type":"hello","protocol":2,"received":0,"board":"one"}""";

    private static readonly string[] Script =
    [
        """{"type":"announce","id":1,"name":"x","files":[{"name":"main.lua","bytes":1}]}""",
        """{"type":"firmware-piece","id":1,"bytes":"eA=="}""",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_modem_counts_until_it_is_given_back()
    {
        var given = new TaskCompletionSource();
        var board = new CountingTarget(TimeSpan.FromSeconds(10)) { GivenBack = given.Task };
        await using var server = await Benches.Serve(board);
        using var client = await Connect(server);
        var number = 0;
        foreach (var message in Script) await Send(client, Numbered(++number, message));
        for (var modem = 1; modem <= RemoteProtocol.MaxModems + 1; modem++)
        {
            await Send(client, Numbered(++number, Create(modem)));
            await Send(client, Numbered(++number, $$"""{"type":"release","modem":{{modem}}}"""));
        }

        (await End(client)).ShouldContain("a session has 128 modems at most");
        board.Alive.ShouldBe(RemoteProtocol.MaxModems);
        given.SetResult();
        await Benches.Until(() => board.Alive == 0 && server.Boards[0].HeldBy is null, "the board is free");
    }

    [Fact]
    public async Task All_modems_are_given_back_at_once_when_the_client_goes()
    {
        const int modems = 16;
        var given = new TaskCompletionSource();
        var board = new CountingTarget(TimeSpan.FromSeconds(10)) { GivenBack = given.Task };
        await using var server = await Benches.Serve(board);
        using (var client = await Connect(server))
        {
            var number = 0;
            foreach (var message in Script) await Send(client, Numbered(++number, message));
            for (var modem = 1; modem <= modems; modem++) await Send(client, Numbered(++number, Create(modem)));
            await Send(client, """{"type":"bye","text":"gone"}""");
            await Benches.Until(() => board.Leaving == modems, "none waits for another");
        }

        given.SetResult();
        await Benches.Until(() => board.Alive == 0 && server.Boards[0].HeldBy is null, "the board is free");
    }

    [Fact]
    public async Task Answers_that_are_not_confirmed_end_the_session()
    {
        const int mostOutputs = 100;
        const int mostAnswers = 1_024;
        await using var server = await Benches.Serve(
            new CountingTarget(TimeSpan.FromSeconds(10)), Benches.OnAnyPort with { MostWaiting = mostOutputs });
        using var client = await Connect(server);
        var number = 0;
        foreach (var message in Script) await Send(client, Numbered(++number, message));
        for (var request = 1; request <= mostOutputs + mostAnswers; request++)
        {
            await Send(client, Numbered(++number, $$"""{"type":"prepare","request":{{request}},"firmware":1}"""));
            if (request % 60 == 0) await Benches.Until(() => Benches.Waiting(server) >= request, "it was answered");
        }

        await Benches.Until(() => Benches.Waiting(server) == mostOutputs + mostAnswers, "all are answered");
        await Send(client, Numbered(++number, """{"type":"cancel-prepare","request":1}"""));
        (await End(client)).ShouldContain("1124 messages wait, and the client does not confirm them");
        await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
    }

    private static async Task<ClientWebSocket> Connect(BenchServer server)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(server.Url, Cancel);
        await Send(client, Hello);
        return client;
    }

    private static string Create(int modem) =>
        $$"""
        {"type":"create","modem":{{modem}},"firmware":1,"name":"m","seed":1,"uartBaud":115200,"nowUs":0,
        "startDate":"2024-10-12T00:00:00+08:00"}
        """;

    private static string Numbered(int number, string message) =>
        $$"""{"type":"numbered","number":{{number}},"message":{{message}}}""";

    private static async Task Send(ClientWebSocket client, string text)
    {
        try
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancel);
        }
        catch (WebSocketException)
        {
            // The bench has ended the session already; it has said why.
        }
    }

    /// <summary>All that is said until the close.</summary>
    private static async Task<string> End(ClientWebSocket client)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[100_000];
        while (await client.ReceiveAsync(buffer, patience.Token) is var part
            && part.MessageType != WebSocketMessageType.Close)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        return text.ToString();
    }
}
