using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Modem;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// Whatever a client sends, a bench answers by a close or goes on, keeps no memory of it, and serves the next one.
/// </summary>
public sealed class ProtocolFuzzTests
{
    private const int ShortRun = 60;
    private const int MostMessages = 30;
    private const long MostHostBytes = 200_000_000;

    private static readonly byte[][] Examples = [.. MessageExamples.All.Select(MessageCodec.Write)];

    private static readonly string[] Words =
    [
        "null", "-1", "0", "1e99", "9223372036854775807", "\"\"", "\"\\u0000\"", "[]", "{}", "[[[[[[[[[[[[[[[[", "true",
        "\"one\"", "\"AAAA\"", "\"apply-power\"", ",", "}", "\"type\":\"numbered\"",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bench_stands_what_any_client_says()
    {
        await using var server = await Benches.Serve(new CountingTarget(TimeSpan.FromMilliseconds(10)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var messages = 0;
        foreach (var seed in LongRun.Seeds(ShortRun, "clients"))
        {
            messages += await Client(server.Url, SplitMix64.For((ulong)seed, "protocol"));
        }

        await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(MostHostBytes);
        await using var target = await Benches.Connect(server.Url);
        TestContext.Current.TestOutputHelper?.WriteLine($"{messages} messages");
    }

    /// <summary>One client: mostly a good hello, then messages that are whole, or not quite.</summary>
    private static async Task<int> Client(Uri url, SplitMix64 random)
    {
        using var client = new ClientWebSocket();
        await client.ConnectAsync(url, Cancel);
        var sent = 0;
        try
        {
            var number = 1;
            if (random.Below(8) > 0)
            {
                await Send(client, """{"type":"hello","protocol":2,"received":0,"board":"one"}"""u8.ToArray());
            }

            for (var left = random.Below(MostMessages); left > 0 && client.State == WebSocketState.Open; left--)
            {
                var message = Examples[random.Below(Examples.Length)];
                if (random.Below(3) > 0) message = Numbered(message, number++);
                if (random.Below(2) == 0) message = Broken(message, random);
                await Send(client, message);
                sent++;
            }

            if (random.Below(2) == 0) await Send(client, """{"type":"bye","text":"fuzz"}"""u8.ToArray());
            else client.Abort();
        }
        catch (WebSocketException)
        {
            // It was sent away in the midst of it.
        }

        return sent;
    }

    private static Task Send(ClientWebSocket client, byte[] message) =>
        client.SendAsync(message, WebSocketMessageType.Text, true, Cancel);

    /// <summary>A numbered message has the number that is next, so that it is looked at.</summary>
    private static byte[] Numbered(byte[] message, int number) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(message).Replace(
            "\"number\":1,", $"\"number\":{number.ToString(CultureInfo.InvariantCulture)},", StringComparison.Ordinal));

    /// <summary>A message with some of its bytes changed.</summary>
    internal static byte[] Broken(byte[] message, SplitMix64 random)
    {
        var bytes = new List<byte>(message);
        for (var changes = 1 + random.Below(4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Below(bytes.Count);
            switch (random.Below(5))
            {
                case 0:
                    bytes[at] = (byte)random.Below(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Below(20)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Below(Words.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + random.Below(200))));
                    break;
                default:
                    bytes[at] = (byte)"0123456789-{}[],:"[random.Below(17)];
                    break;
            }
        }

        return [.. bytes];
    }
}
