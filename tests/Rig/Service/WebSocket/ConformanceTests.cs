using System.Globalization;
using System.Text;
using AirHil.Tests;
using static AirHil.Rig.Tests.Service.WebSocket.ConformanceCase;

namespace AirHil.Rig.Tests.Service.WebSocket;

/// <summary>
/// The echo service against RFC 6455, in the order and with the numbers of the Autobahn test suite's categories 1 to 7,
/// 9 and 10 (compression, 12 and 13, is not offered). Each case is played with its bytes in one piece, and again in
/// pieces. docs/guide.md has the counts.
/// </summary>
public sealed class ConformanceTests
{
    private const int Continuation = 0;
    private const int Text = 1;
    private const int Binary = 2;
    private const int Close = 8;
    private const int Ping = 9;
    private const int Pong = 10;
    private static readonly byte[] Hello = "Hello-µ@ßöäüàá-UTF-8!!"u8.ToArray();
    private static readonly string HelloText = "text " + Encoding.Latin1.GetString(Hello);
    private static readonly byte[] Bye = Frame(Close, [0x03, 0xE8]);

    [Theory]
    [InlineData(1, 18)]
    [InlineData(2, 11)]
    [InlineData(3, 7)]
    [InlineData(4, 10)]
    [InlineData(5, 20)]
    [InlineData(6, 107)]
    [InlineData(7, 38)]
    [InlineData(9, 18)]
    [InlineData(10, 1)]
    public void Every_case_of_a_category_holds(int category, int count)
    {
        ConformanceCase[] cases = [.. Category(category)];
        cases.SelectMany(one => one.Pieces.Select(one.Play)).OfType<string>().ShouldBeEmpty();
        cases.Length.ShouldBe(count);
    }

    [Fact]
    public void The_guide_has_the_counts_of_all_categories()
    {
        var guide = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "guide.md"));
        var begin = Array.FindIndex(guide, line => line.StartsWith("| category |", StringComparison.Ordinal)) + 2;
        var rows = guide[begin..].TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} {cells[3]} {cells[4]}");
        rows.ShouldBe(Categories.Select(category =>
            string.Create(CultureInfo.InvariantCulture, $"{category} {Category(category).Count()} ")
            + Category(category).Count().ToString(CultureInfo.InvariantCulture)));
    }

    private static readonly int[] Categories = [1, 2, 3, 4, 5, 6, 7, 9, 10];

    private static IEnumerable<ConformanceCase> Category(int number) => number switch
    {
        1 => Framing(),
        2 => PingsAndPongs(),
        3 => ReservedBits(),
        4 => Opcodes(),
        5 => Fragmentation(),
        6 => Utf8Cases.All(),
        7 => Closing(),
        9 => Large(),
        _ => [Echo("10.1.1", Text, 65_536, 1300)],
    };

    private static IEnumerable<ConformanceCase> Framing()
    {
        int[] sizes = [0, 125, 126, 127, 128, 65_535, 65_536, 65_537, 70_000];
        foreach (var (kind, opcode) in ((string, int)[])[("1.1", Text), ("1.2", Binary)])
        {
            for (var i = 0; i < sizes.Length; i++) yield return Echo($"{kind}.{i + 1}", opcode, sizes[i], int.MaxValue);
        }
    }

    private static IEnumerable<ConformanceCase> PingsAndPongs()
    {
        var full = new string('\xFE', 125);
        yield return Case("2.1", [Frame(Ping, [])], "pong ");
        yield return Case("2.2", [Frame(Ping, "Hello"u8.ToArray())], "pong Hello");
        yield return Case("2.3", [Frame(Ping, [0, 0xFF, 0xFE])], "pong \0\xFF\xFE");
        yield return Case("2.4", [Frame(Ping, Encoding.Latin1.GetBytes(full))], "pong " + full);
        yield return Fails("2.5", 1002, Frame(Ping, new byte[126]));
        yield return Case(
            "2.6", [Frame(Ping, Encoding.Latin1.GetBytes(full)), Frame(Ping, [])], "pong " + full, "pong ");
        yield return Case("2.7", [Frame(Pong, [])]);
        yield return Case("2.8", [Frame(Pong, "unasked"u8.ToArray())]);
        yield return Case("2.9", [Frame(Pong, "unasked"u8.ToArray()), Frame(Ping, "p"u8.ToArray())], "pong p");
        byte[][] ten = [.. Enumerable.Range(0, 10).Select(n => Frame(Ping, [(byte)('0' + n)]))];
        string[] answers = [.. Enumerable.Range(0, 10).Select(n => $"pong {n}")];
        yield return Case("2.10", ten, answers);
        yield return Case("2.11", [.. ten, .. ten], [.. answers, .. answers]);
    }

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        yield return Fails("3.1", 1002, Frame(Text, Hello, reserved: 1));
        foreach (var (name, bits) in ((string, int)[])[("3.2", 2), ("3.3", 3), ("3.4", 4)])
        {
            yield return new ConformanceCase(
                name,
                [.. Frame(Text, Hello), .. Frame(Text, Hello, reserved: bits), .. Frame(Ping, [])],
                [HelloText, "close 1002"]);
        }

        yield return Fails("3.5", 1002, Frame(Binary, Hello, reserved: 5));
        yield return Fails("3.6", 1002, Frame(Ping, Hello, reserved: 6));
        yield return Fails("3.7", 1002, Frame(Close, [0x03, 0xE8], reserved: 7));
    }

    private static IEnumerable<ConformanceCase> Opcodes()
    {
        foreach (var (kind, first) in ((string, int)[])[("4.1", 3), ("4.2", 11)])
        {
            for (var i = 0; i < 5; i++)
            {
                var payload = i % 2 == 0 ? [] : Hello;
                yield return i < 2
                    ? Fails($"{kind}.{i + 1}", 1002, Frame(first + i, payload))
                    : new ConformanceCase(
                        $"{kind}.{i + 1}",
                        [.. Frame(Text, Hello), .. Frame(first + i, payload), .. Frame(Ping, [])],
                        [HelloText, "close 1002"]);
            }
        }
    }

    private static IEnumerable<ConformanceCase> Fragmentation()
    {
        var first = Frame(Text, "frag1"u8.ToArray(), final: false);
        var middle = Frame(Continuation, "mid"u8.ToArray(), final: false);
        var last = Frame(Continuation, "frag2"u8.ToArray());
        var ping = Frame(Ping, "p"u8.ToArray());
        var stray = Frame(Continuation, "stray"u8.ToArray());
        var open = Frame(Continuation, "s"u8.ToArray(), final: false);
        const string Whole = "text frag1frag2";
        yield return Fails("5.1", 1002, Frame(Ping, "a"u8.ToArray(), final: false));
        yield return Fails("5.2", 1002, Frame(Pong, "a"u8.ToArray(), final: false));
        yield return Case("5.3", [first, last], Whole);
        yield return Case("5.4", [first, middle, last], "text frag1midfrag2");
        yield return Case("5.5", [first, Frame(Continuation, [], final: false), last], Whole);
        yield return Case("5.6", [first, ping, last], "pong p", Whole);
        yield return Case("5.7", [first, ping, ping, last], "pong p", "pong p", Whole);
        yield return Case("5.8", [first, Frame(Pong, []), last], Whole);
        yield return Fails("5.9", 1002, stray);
        yield return Fails("5.10", 1002, [.. stray, .. Frame(Text, Hello)]);
        yield return new ConformanceCase("5.11", [.. Frame(Text, Hello), .. stray], [HelloText, "close 1002"]);
        yield return Fails("5.12", 1002, open);
        yield return Fails("5.13", 1002, [.. open, .. Frame(Text, Hello)]);
        yield return new ConformanceCase("5.14", [.. Frame(Text, Hello), .. open], [HelloText, "close 1002"]);
        yield return new ConformanceCase(
            "5.15", [.. first, .. last, .. open, .. Frame(Text, Hello)], [Whole, "close 1002"]);
        yield return Fails("5.16", 1002, [.. open, .. first, .. last]);
        yield return Fails("5.17", 1002, [.. stray, .. first, .. last]);
        yield return Fails("5.18", 1002, [.. first, .. Frame(Text, "frag2"u8.ToArray())]);
        yield return Case(
            "5.19", [first, middle, ping, middle, ping, last], "pong p", "pong p", "text frag1midmidfrag2");
        yield return Case("5.20", [first, ping, middle, ping, last], "pong p", "pong p", "text frag1midfrag2");
    }

    private static IEnumerable<ConformanceCase> Closing()
    {
        yield return new ConformanceCase("7.1.1", [.. Frame(Text, Hello), .. Bye], [HelloText, "close 1000"]);
        yield return new ConformanceCase("7.1.2", [.. Bye, .. Bye], ["close 1000"]);
        yield return new ConformanceCase("7.1.3", [.. Bye, .. Frame(Ping, [])], ["close 1000"]);
        yield return new ConformanceCase("7.1.4", [.. Bye, .. Frame(Text, Hello)], ["close 1000"]);
        yield return new ConformanceCase(
            "7.1.5",
            [.. Frame(Text, "a"u8.ToArray(), false), .. Bye, .. Frame(Continuation, "b"u8.ToArray())], ["close 1000"]);
        yield return new ConformanceCase(
            "7.1.6",
            [.. Frame(Text, new byte[262_144]), .. Bye, .. Frame(Ping, [])],
            ["text " + new string('\0', 262_144), "close 1000"]);
        yield return new ConformanceCase("7.3.1", Frame(Close, []), ["close"]);
        yield return Fails("7.3.2", 1002, Frame(Close, [3]));
        yield return new ConformanceCase("7.3.3", Bye, ["close 1000"]);
        yield return new ConformanceCase("7.3.4", Frame(Close, [3, 0xE8, .. Hello]), ["close 1000"]);
        yield return new ConformanceCase("7.3.5", Frame(Close, [3, 0xE8, .. new byte[123]]), ["close 1000"]);
        yield return Fails("7.3.6", 1002, Frame(Close, [3, 0xE8, .. new byte[124]]));
        yield return Fails("7.5.1", 1007, Frame(Close, [3, 0xE8, 0xCE, 0xBA, 0xE1, 0xBD, 0xED, 0xA0, 0x80]));
        int[] legal = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
        for (var i = 0; i < legal.Length; i++) yield return CloseCode($"7.7.{i + 1}", legal[i], legal[i]);
        int[] wrong = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000];
        for (var i = 0; i < wrong.Length; i++) yield return CloseCode($"7.9.{i + 1}", wrong[i], 1002);
    }

    /// <summary>Messages up to the limit, whole and in parts, and the first one over it.</summary>
    private static IEnumerable<ConformanceCase> Large()
    {
        int[] sizes = [65_536, 262_144, 1_048_576];
        int[] parts = [int.MaxValue, 64, 4096];
        foreach (var (kind, opcode) in ((string, int)[])[("9.1", Text), ("9.2", Binary)])
        {
            foreach (var size in sizes) yield return Echo($"{kind}: {size}", opcode, size, int.MaxValue);
            foreach (var part in parts[1..])
            {
                foreach (var size in sizes[..2]) yield return Echo($"{kind}: {size} by {part}", opcode, size, part);
            }

            yield return Fails($"{kind}: over the limit", 1009, Frame(opcode, new byte[1_048_577]));
            yield return Fails(
                $"{kind}: over the limit in parts", 1009,
                [.. Frame(opcode, new byte[1_048_576], false), .. Frame(Continuation, new byte[1])]);
        }
    }

    private static ConformanceCase CloseCode(string name, int code, int answer) =>
        new($"{name}: {code}", Frame(Close, [(byte)(code >> 8), (byte)code]), [$"close {answer}"]);

    private static ConformanceCase Echo(string name, int opcode, int size, int part)
    {
        var payload = Enumerable.Range(0, size).Select(n => (byte)('*' + n % 80)).ToArray();
        byte[][] pieces = size == 0 ? [[]] : [.. payload.Chunk(part)];
        byte[] sent = [.. pieces.SelectMany((piece, i) =>
            Frame(i == 0 ? opcode : Continuation, piece, i == pieces.Length - 1))];
        return Case(name, [sent], (opcode == Text ? "text " : "binary ") + Encoding.Latin1.GetString(payload));
    }

    /// <summary>The frames, a close frame, and its answer after the others.</summary>
    private static ConformanceCase Case(string name, byte[][] frames, params string[] answers) =>
        new(name, [.. frames.SelectMany(frame => frame), .. Bye], [.. answers, "close 1000"]);

    private static ConformanceCase Fails(string name, int code, byte[] sent) => new(name, sent, [$"close {code}"]);
}
