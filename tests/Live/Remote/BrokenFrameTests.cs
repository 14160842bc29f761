using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AirHil.Live.Remote;

namespace AirHil.Live.Tests.Remote;

/// <summary>
/// A client that breaks RFC 6455 hears why by a close frame, is not reset, and has its board no longer.
/// </summary>
public sealed class BrokenFrameTests
{
    private const string Hello = """{"type":"hello","protocol":2,"received":0,"board":"one"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], int, string> Frames => new()
    {
        { "RSV1", Frame(0xC1, "x"), 1002, "a reserved bit is set" },
        { "RSV2", Frame(0xA1, "x"), 1002, "a reserved bit is set" },
        { "RSV3", Frame(0x91, "x"), 1002, "a reserved bit is set" },
        { "not masked", [0x81, 0x02, (byte)'{', (byte)'}'], 1002, "the frame is not masked" },
        { "opcode 3", Frame(0x83, "x"), 1002, "unknown opcode 3" },
        { "opcode 11", Frame(0x8B, "x"), 1002, "unknown opcode 11" },
        { "a ping in parts", Frame(0x09, "x"), 1002, "a control frame is fragmented" },
        { "a long ping", Frame(0x89, new string('x', 126)), 1002, "a control frame is longer than 125 bytes" },
        { "a rest", Frame(0x80, "x"), 1002, "a continuation without a beginning" },
        { "a message in a message", [.. Frame(0x01, "x"), .. Frame(0x81, "x")], 1002, "a new message inside" },
        { "no UTF-8", Frame(0x81, [0xFF]), 1007, "not UTF-8" },
        { "no UTF-8 in parts", [.. Frame(0x01, [0xE2, 0x82]), .. Frame(0x80, "A")], 1007, "not UTF-8" },
        { "close with one byte", Frame(0x88, [3]), 1002, "without a legal code" },
        { "close 999", Close(999), 1002, "without a legal code" },
        { "close 1005", Close(1005), 1002, "without a legal code" },
        { "close 5000", Close(5000), 1002, "without a legal code" },
        { "close without UTF-8", Frame(0x88, [3, 0xE8, 0xFF]), 1007, "not UTF-8" },
        { "2^62 bytes", Head(0x81, 1UL << 62), 4006, "bytes at most; a longer one came" },
        { "2^63 bytes", Head(0x81, 1UL << 63), 4006, "bytes at most; a longer one came" },
        { "a binary message", Frame(0x82, "{}"), 4006, "a message is text; a binary one came" },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task A_frame_against_the_RFC_is_answered_by_a_close_with_a_reason(
        string name, byte[] frame, int code, string reason)
    {
        name.ShouldNotBeEmpty();
        await using var server = await Benches.Serve(new CountingTarget(TimeSpan.FromSeconds(10)));
        foreach (var hello in (byte[][])[[], Frame(0x81, Hello)])
        {
            using var client = await Connect(server);
            var stream = client.GetStream();
            await stream.WriteAsync(hello, Cancel);
            // What follows is not read as frames, and must not reset the connection.
            await stream.WriteAsync((byte[])[.. frame, .. new byte[50_000]], Cancel);
            var (answer, why) = await End(client);
            answer.ShouldBe(code);
            why.ShouldContain(reason);
            await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4123)]
    [InlineData(1005)]
    public async Task A_close_is_answered_by_a_close(int code)
    {
        await using var server = await Benches.Serve(new CountingTarget(TimeSpan.FromSeconds(10)));
        using var client = await Connect(server);
        var close = code == 1005 ? Frame(0x88, "") : Close(code);
        await client.GetStream().WriteAsync((byte[])[.. Frame(0x81, Hello), .. close], Cancel);
        (await End(client)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_ping_between_the_parts_of_a_message_is_answered_and_the_message_is_read()
    {
        await using var server = await Benches.Serve(new CountingTarget(TimeSpan.FromSeconds(10)));
        using var client = await Connect(server);
        await client.GetStream().WriteAsync(
            (byte[])[
                .. Frame(0x01, Hello[..20]), .. Frame(0x89, "still there"), .. Frame(0x80, Hello[20..]),
                .. Frame(0x81, """{"type":"bye","text":"it works"}"""),
            ],
            Cancel);
        var answer = await ReadAll(client.GetStream());
        Encoding.UTF8.GetString(answer).ShouldContain("still there");
        Encoding.UTF8.GetString(answer).ShouldContain("\"welcome\"");
        Encoding.UTF8.GetString(answer).ShouldContain("until next time");
    }

    private static async Task<TcpClient> Connect(BenchServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancel);
        await client.GetStream().WriteAsync(
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"u8
                .ToArray(), Cancel);
        await client.GetStream().WriteAsync("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray(), Cancel);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            (await client.GetStream().ReadAsync(one, Cancel)).ShouldBe(1);
            head.Append((char)one[0]);
        }

        head.ToString().ShouldContain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455 §1.3
        return client;
    }

    /// <summary>The close frame, which is the last thing that comes. A reset throws.</summary>
    private static async Task<(int Code, string Reason)> End(TcpClient client)
    {
        var stream = client.GetStream();
        while (true)
        {
            var head = await Read(stream, 2);
            var length = (int)head[1];
            if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await Read(stream, 2));
            var payload = await Read(stream, length);
            if ((head[0] & 15) != 8) continue;
            client.Client.Shutdown(SocketShutdown.Send);
            (await ReadAll(stream)).ShouldBeEmpty();
            return length == 0
                ? (1005, "")
                : (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload.AsSpan(2)));
        }
    }

    private static async Task<byte[]> Read(NetworkStream stream, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    private static async Task<byte[]> ReadAll(NetworkStream stream)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, patience.Token);
        return all.ToArray();
    }

    private static byte[] Close(int code) => Frame(0x88, [(byte)(code >> 8), (byte)code]);

    private static byte[] Frame(byte first, string text) => Frame(first, Encoding.UTF8.GetBytes(text));

    /// <summary>A masked frame; a mask of zeros leaves the payload as it is.</summary>
    private static byte[] Frame(byte first, byte[] payload) => payload.Length < 126
        ? [first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
        : [first, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];

    private static byte[] Head(byte first, ulong length)
    {
        var head = new byte[14];
        (head[0], head[1]) = (first, 0x80 | 127);
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), length);
        return head;
    }
}
