using System.Text;
using AirHil.Modem;
using AirHil.Rig.Service.Http;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Service.Http;

/// <summary>
/// Requests with changed bytes: the reader and the server take them without an exception, without growth, and the same
/// in whatever pieces they come.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class HttpFuzzTests
{
    private static readonly string[] Samples =
    [
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
            "3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\nRange: bytes=1-2\r\n\r\n",
        "HEAD /x?y HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
    ];

    [Fact]
    public void Changed_requests_are_read_alike_in_any_pieces()
    {
        var before = GC.GetTotalMemory(true);
        var (read, refused, all) = (0, 0, 0);
        foreach (var seed in LongRun.Seeds(20_000, "pairs of requests"))
        {
            all++;
            var random = SplitMix64.For((ulong)seed, "http reader");
            var bytes = Mutated(random);
            var whole = Read([bytes], out var violation);
            Read(bytes.Chunk(1 + random.Below(9)), out var inPieces).ShouldBe(whole, Shown(bytes));
            inPieces.ShouldBe(violation, Shown(bytes));
            read += whole.Count;
            refused += violation is null ? 0 : 1;
        }

        read.ShouldBeGreaterThan(all / 10);
        refused.ShouldBeGreaterThan(all / 10);
        // Other tests run beside it and hold memory of their own.
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void A_server_outlives_changed_requests()
    {
        var world = World();
        foreach (var seed in LongRun.Seeds(1000, "connections"))
        {
            // The test's world keeps all that was sent and recorded, so a long run takes a new one now and then.
            if (seed % 1000 == 0) world = World();
            var random = SplitMix64.For((ulong)seed, "http server");
            var connection = world.Connect("a.test", 80);
            foreach (var piece in Mutated(random).Chunk(7))
            {
                if (!world.Ended.ContainsKey(connection)) world.Send(connection, piece);
            }

            if (!world.Ended.ContainsKey(connection)) world.Close(connection, reset: random.Below(2) == 0);
        }

        var last = world.Connect("a.test", 80);
        world.Send(last, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        world.Text(last).ShouldEndWith("hello");
    }

    private static ServiceWorld World() => new("http://a.test/=200 hello", "http://a.test/up=echo");

    /// <summary>The heads and bodies that are read, each as one text.</summary>
    private static List<string> Read(IEnumerable<byte[]> pieces, out string? violation)
    {
        var reader = new HttpRequestReader();
        var read = new List<string>();
        foreach (var piece in pieces)
        {
            reader.Append(piece);
            while (reader.TryRead(out var request))
            {
                read.Add(request.RawHead + "|" + Encoding.Latin1.GetString(request.Body.Span));
            }

            reader.HeldBytes.ShouldBeLessThan(HttpRequestReader.BodyLimit + (2 * HttpRequestReader.HeadLimit));
        }

        violation = reader.Violation?.Rule;
        return read;
    }

    /// <summary>Two samples, with some bytes changed, added or taken away.</summary>
    private static byte[] Mutated(SplitMix64 random)
    {
        var bytes = Encoding.Latin1.GetBytes(
            Samples[random.Below(Samples.Length)] + Samples[random.Below(Samples.Length)]).ToList();
        for (var changes = random.Below(4); changes > 0; changes--)
        {
            var at = random.Below(bytes.Count);
            switch (random.Below(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next();
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + random.Below(8), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, "\r\n0:;, "u8[random.Below(8)..].ToArray());
                    break;
            }

            if (bytes.Count == 0) bytes.Add(0);
        }

        return [.. bytes];
    }

    private static string Shown(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
