using System.Text;

using AirHil.Modem;
using AirHil.VirtualModem.Http;

namespace AirHil.VirtualModem.Tests.Http;

/// <summary>The response parser alone: where a response is cut does not matter to what it means.</summary>
public sealed class HttpParserTests
{
    private static readonly string[] Samples =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nX: y\r\n\r\n0123456789",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6;a=b\r\n456789\r\n0\r\nT: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\nA: b\r\n\r\n",
        "HTTP/1.0 200 OK\nA:b\n c\nConnection: keep-alive\n\nwithout a length",
        "HTTP/1.1 101 x\r\nUpgrade: y\r\nConnection: Upgrade\r\n\r\nanother protocol",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nxHTTP/1.1 500 no",
    ];

    public static TheoryData<string, int, string> Responses => new()
    {
        { Samples[0], 200, "0123456789." },
        { Samples[1], 200, "0123456789." },
        { Samples[2], 204, ".." },
        { Samples[3], 200, "without a length" },
        { Samples[4], 101, "." },
        { Samples[5], 200, "x." },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_response_means_the_same_however_it_is_cut(string response, int status, string content)
    {
        var bytes = Encoding.Latin1.GetBytes(response);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var user = new Collector();
            var parser = new HttpParser(user);
            foreach (var piece in (byte[][])[bytes[..cut], bytes[cut..]])
            {
                if (piece.Length == 0 || (status == 101 && user.Content.Length > 0)) continue;
                user.Data = piece;
                parser.Execute(piece, piece.Length);
            }

            parser.StatusCode.ShouldBe(status);
            user.Content.ToString().ShouldBe(content, $"cut at {cut}");
        }
    }

    [Fact]
    public void Mutated_responses_neither_throw_nor_take_more_than_there_is()
    {
        var random = new SplitMix64(7);
        for (var round = 0; round < 100_000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(Samples[random.Below(Samples.Length)]);
            for (var i = random.Below(4); i >= 0; i--) bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            var user = new Collector { Data = bytes };
            var parser = new HttpParser(user);
            var taken = parser.Execute(bytes, bytes.Length);
            taken.ShouldBeInRange(0, bytes.Length);
            if (parser.IsStuck) parser.Execute(bytes, bytes.Length).ShouldBe(0);
            user.Content.Length.ShouldBeLessThanOrEqualTo(bytes.Length);
        }
    }

    /// <summary>The body, and a dot for the end of each message.</summary>
    private sealed class Collector : IHttpParserUser
    {
        public byte[] Data { get; set; } = [];
        public StringBuilder Content { get; } = new();

        public void ChunkHeader(ulong bytes)
        {
            // The collector asks only for what is in chunks.
        }

        public void HeaderField(int start, int length) => Data.AsSpan(start, length);

        public void HeaderValue(int start, int length) => Data.AsSpan(start, length);

        public void HeadersComplete()
        {
        }

        public bool Body(int start, int length)
        {
            Content.Append(Encoding.Latin1.GetString(Data, start, length));
            return true;
        }

        public void MessageComplete() => Content.Append('.');
    }
}
