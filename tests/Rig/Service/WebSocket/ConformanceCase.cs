using System.Buffers.Binary;
using AirHil.Rig.Service.WebSocket;

namespace AirHil.Rig.Tests.Service.WebSocket;

/// <summary>
/// One case of WebSocket conformance against an echo: what a client sends, and what must come back. Answers are written
/// as words: "text", "binary", "pong" with their payloads in Latin-1, and "close CODE" ("close" without one).
/// </summary>
internal sealed class ConformanceCase(string name, byte[] sent, string[] expected)
{
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    public string Name { get; } = name;

    /// <summary>Sizes of the pieces in which the bytes come; long cases are not cut into single bytes.</summary>
    public int[] Pieces => sent.Length > 20_000 ? [int.MaxValue, 1300] : [int.MaxValue, 1, 7, 997];

    /// <summary>A frame as a client sends it, whatever its bits.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool final = true, int reserved = 0)
    {
        var wire = new WebSocketFrame((WebSocketOpcode)opcode, payload, final).Encode(Mask);
        wire[0] |= (byte)(reserved << 4);
        return wire;
    }

    /// <summary>Plays the case; the client's bytes come in pieces of that size.</summary>
    /// <returns>What was wrong; null: nothing.</returns>
    public string? Play(int piece)
    {
        var client = ServiceClient.Open();
        foreach (var part in sent.Chunk(piece))
        {
            if (client.Ended is not null) break;
            client.Send(part);
        }

        client.Run(5);
        string[] came = [.. Read(client.Received), .. client.Ended is null ? [] : new[] { "end" }];
        string[] wanted = [.. expected, "end"];
        return came.SequenceEqual(wanted)
            ? null
            : $"{Name}, {piece} bytes a piece: came {Short(came)}, expected {Short(wanted)}";
    }

    private static string Short(string[] words) =>
        string.Join(" | ", words.Select(word => word.Length > 40 ? $"{word[..40]}… ({word.Length})" : word));

    private static IEnumerable<string> Read(byte[] wire)
    {
        for (var at = 0; at < wire.Length;)
        {
            var form = wire[at + 1];
            var head = form < 126 ? 2 : form == 126 ? 4 : 10;
            var length = form < 126 ? form
                : form == 126 ? BinaryPrimitives.ReadUInt16BigEndian(wire.AsSpan(at + 2))
                : (int)BinaryPrimitives.ReadUInt64BigEndian(wire.AsSpan(at + 2));
            var payload = wire.AsSpan(at + head, length);
            var text = System.Text.Encoding.Latin1.GetString(payload);
            yield return wire[at] switch
            {
                0x81 => $"text {text}",
                0x82 => $"binary {text}",
                0x8A => $"pong {text}",
                0x88 => length == 0 ? "close" : $"close {BinaryPrimitives.ReadUInt16BigEndian(payload)}",
                var other => $"{other:X2} {text}",
            };
            at += head + length;
        }
    }
}
