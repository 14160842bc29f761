using System.Globalization;
using System.Text;
using AirHil.Modem;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// Command lines and files that are nearly right: whatever is wrong with them, the command ends with one of its codes
/// and a message, and never by a fault of its own.
/// </summary>
public sealed class HostileInputTests : IDisposable
{
    private static readonly int[] Codes = [0, 1, 2, 4, 5, 6, 7, 42];

    /// <summary>Exceptions that speak of the program; others explain to the user what is wrong.</summary>
    private static readonly string[] Faults =
    [
        "NullReferenceException", "IndexOutOfRangeException", "KeyNotFoundException", "InvalidCastException",
        "OverflowException", "ArgumentNullException", "ArgumentOutOfRangeException", "ObjectDisposedException",
        "AggregateException", "NotImplementedException", "DecoderFallbackException", "EncoderFallbackException",
        "DivideByZeroException", "JsonException", "XmlException", "OutOfMemoryException", "InsufficientExecution",
    ];

    private static readonly string[] Commands =
    [
        "test f.feature --wall-limit 5s", "test f.feature --dry-run", "test f.feature -v --wall-limit 5s -o out",
        "test f.feature --wall-limit 5s --format json --junit j.xml --messages m.ndjson",
        "test f.feature --target board:desk --bench bench.yaml --dry-run", "bench list --bench bench.yaml",
        "bench list --bench bench.yaml --format json", "run script --for 5s --profile profile.json",
        "run script --for 5s --stub @stubs", "run script --for 5s --show all --record kept", "run project.ini --for 5s",
        "replay session.ndjson", "replay session.ndjson --stimuli", "compare session.ndjson session.ndjson",
        "compare session.ndjson other.ndjson --html page.html --fit fit.json",
        "export session.ndjson --html page.html --vcd x.vcd --pcapng x.pcapng", "hash session.ndjson",
        "hash script --for 1s --seeds 1..3", "hunt f.feature --schedules 2 --corpus corpus -o found --for 5s",
        "corpus script --for 1s", "lua script/main.lua",
    ];

    private static readonly string[] Options =
    [
        "--for", "--seed", "--at", "--show", "--stub", "--profile", "--start", "--bits", "--tags", "-k", "--format",
        "--service", "--tolerance", "--relative", "--ignore", "--without", "--seeds", "--allow-unmodelled", "--lib",
        "--firmware", "--speed", "--reruns", "-j", "--random-faults", "--mask", "--strict", "--script", "--name",
    ];

    private static readonly string[] Words =
    [
        "", " ", "-1", "0", "1e999", "9223372036854775808", "99999999999999999999", "1.5.3", "5ms", "-5s", "1000000h",
        "0.0000001s", "\n", "\r", "\t", "\0", "\u202e", "\u2028", "é", "\ud83d\ude00", "\ufffd", "'", "\"", "\\", "\\x",
        "\\x4", "\\u{110000}", "\\ud800", "\"\\udfff\":1,", "/", "..", "/dev/null", "a/b", "{", "}", "[", "]", "|",
        "||", "#", "@", "@a and (", "%s", "*", "(", "(?", "[a-", "a{99999}", "ws://", "wss://[::1", "http://a:99999/",
        "udp://a", "file:///etc/passwd", "drop connection for", "20s drop coverage", "uart '\\x'", "true", "null",
        "nil", "<a>", "{int}", "board:", "&a", "*a", "!!x", "? ", "- ", "\"\"\"", "```", "Scenario:", "Examples:",
        "Background:", "Given", "And", "$(id)", ";",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nearly_right_input_ends_with_a_code_and_a_message()
    {
        var steps = Scenarios();
        var session = await Session();
        foreach (var seed in LongRun.Seeds(60, "command lines"))
        {
            var random = SplitMix64.For((ulong)seed, "hostile input");
            Write(random, steps, session);
            var command = Pick(random, Commands).Split(' ').ToList();
            for (var more = random.Below(3); more > 0; more--)
            {
                command.Add(Pick(random, Options));
                if (random.Below(5) > 0) command.Add(Pick(random, Words));
            }

            var said = $"seed {seed}: {string.Join(' ', command)}";
            var outcome = await Airhil.In(_folder, [.. command.Where(word => !word.Contains('\0'))]);
            Codes.ShouldContain(outcome.ExitCode, $"{said}\n{outcome.Error}{outcome.Output}");
            var text = outcome.Error + outcome.Output;
            text.Contains("fault of AirHil", StringComparison.Ordinal).ShouldBeFalse($"{said}\n{text}");
            text.Contains("internal error", StringComparison.Ordinal).ShouldBeFalse($"{said}\n{text}");
            Faults.FirstOrDefault(fault => text.Contains(fault, StringComparison.Ordinal)).ShouldBeNull(
                $"{said}\n{text}");
            if (outcome.ExitCode == 4) outcome.Error.ShouldNotBeEmpty(said);
            foreach (var entry in new DirectoryInfo(_folder.Path).GetDirectories()) entry.Delete(recursive: true);
            foreach (var entry in new DirectoryInfo(_folder.Path).GetFiles()) entry.Delete();
        }
    }

    private static T Pick<T>(SplitMix64 random, IReadOnlyList<T> from) => from[random.Below(from.Count)];

    /// <summary>The scenarios of the features, each as its lines.</summary>
    private static string[] Scenarios() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "features"), "*.feature")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadAllText(file).Split("\n\n").Skip(1))
            .Where(block => block.Contains("Scenario", StringComparison.Ordinal)),
    ];

    private async Task<string> Session()
    {
        _folder.Script("log.info('hello') uart.setup(1) uart.write(1, 'x') rtos.receive(500)", "s");
        (await Airhil.In(_folder, "replay", RepositoryFile("fixtures", "sessions", "websocket-echo.ndjson")))
            .ExitCode.ShouldBeOneOf(0, 7);
        return string.Join('\n', File.ReadLines(RepositoryFile("fixtures", "sessions", "websocket-echo.ndjson"))
            .Take(150));
    }

    private static string RepositoryFile(params string[] parts) => Path.Combine([RepositoryRoot.Path, .. parts]);

    private void Write(SplitMix64 random, string[] scenarios, string session)
    {
        Mutated("f.feature", "Feature: f\n\n" + Pick(random, scenarios) + "\n" + Pick(random, scenarios));
        var bench = Pick(random, (string[])["lab", "one-board", "windows"]);
        Mutated("bench.yaml", File.ReadAllText(RepositoryFile("fixtures", "benches", bench + ".yaml")));
        Mutated("profile.json", random.Below(2) == 0
            ? File.ReadAllText(RepositoryFile("fixtures", "networks", "nb-slow.json"))
            : """{"modem":{"instructionsPerSecond":1000000,"hasUnsignedDates":true,"bootTime":"20ms"},"network":{}}""");
        Mutated("stubs", "lcd\naudio.play = 1, true, \"x\"\n# all\nlcd.init = nil, 0.5\n");
        Mutated("project.ini", "[" + _folder.Path + "/script]\nmain.lua=1\n[info]\ncore_path=x\n");
        Mutated("script/main.lua", "local a = require 'b' log.info('x', a) while true do rtos.receive(1000) end");
        Mutated("script/b.lua", "return io.open('/luadb/c.txt')");
        Mutated("script/airhil.layout", "c.txt\n");
        Mutated("script/c.txt", "x");
        Mutated("session.ndjson", session);
        Mutated("other.ndjson", session);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "corpus"));

        void Mutated(string name, string text) =>
            _folder.Write(name, Encoding.UTF8.GetBytes(random.Below(3) == 0 ? text : Mutation(random, text)));
    }

    private static string Mutation(SplitMix64 random, string text)
    {
        var changed = new StringBuilder(text);
        for (var times = 1 + random.Below(3); times > 0; times--)
        {
            var at = random.Below(changed.Length + 1);
            var length = Math.Min(random.Below(random.Below(4) == 0 ? 60 : 4), changed.Length - at);
            switch (random.Below(5))
            {
                case 0:
                    changed.Remove(at, length);
                    break;
                case 1:
                    changed.Insert(at, changed.ToString(at, length));
                    break;
                case 2:
                    Number(random, changed, at);
                    break;
                case 3:
                    changed.Remove(at, length).Insert(at, Pick(random, Words));
                    break;
                default:
                    changed.Insert(at, Pick(random, Words));
                    break;
            }
        }

        return changed.ToString();
    }

    /// <summary>The next number becomes another one.</summary>
    private static void Number(SplitMix64 random, StringBuilder text, int at)
    {
        while (at < text.Length && !char.IsAsciiDigit(text[at])) at++;
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var near = (1L << random.Below(63)) + random.Below(3) - 1;
        text.Remove(at, end - at).Insert(at, near.ToString(CultureInfo.InvariantCulture));
    }
}
