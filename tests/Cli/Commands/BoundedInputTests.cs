using System.Diagnostics;
using System.IO.Compression;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>Input that is no file, too large, too deep, or damaged: each command ends soon and says why.</summary>
public sealed class BoundedInputTests
{
    /// <summary>It makes lines long, so that few of them reach the limit.</summary>
    private const string Wide = Spaces + Spaces + Spaces + Spaces + Spaces + Spaces + Spaces + Spaces + Spaces + Spaces;
    private const string Spaces = "          ";
    private const string LogLine = "{\"t\":1,\"log\":\"log\",\"tick\":1," + Wide + "\"line\":\"x\"}\n";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Readers => new()
    {
        "test INPUT",
        "test fine.feature --target board:desk --bench INPUT",
        "test fine.feature --profile INPUT",
        "test fine.feature --target remote:ws://127.0.0.1:1/desk --token-file INPUT",
        "test fine.feature --target recorded:INPUT",
        "test fine.feature --bindings INPUT",
        "bench serve virtual --token-file INPUT",
        "bench serve virtual --certificate INPUT",
        "run INPUT",
        "hash INPUT",
        "replay INPUT",
        "replay INPUT --stimuli",
        "replay fine.ndjson --stimuli --script INPUT",
        "compare INPUT INPUT",
        "export INPUT --html page.html",
        "bench list --bench INPUT",
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Pipes_and_devices_are_refused_and_not_waited_for(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices as Linux has them");
        using var folder = new TempFolder();
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        using (new SessionWriter(Path.Combine(folder.Path, "fine.ndjson"), new SessionHeader()))
        {
        }

        using (var fifo = Process.Start("mkfifo", [Path.Combine(folder.Path, "pipe")]))
        {
            await fifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var input in (string[])["pipe", "/dev/zero"])
        {
            var outcome = await Airhil.In(
                folder, [.. command.Split(' ').Select(w => w.Replace("INPUT", input, StringComparison.Ordinal))]);
            outcome.Elapsed.ShouldBeLessThan(Soon, input);
            outcome.ShouldExitWith(4).Error.ShouldContain("is a device, a pipe or a socket; name a regular file");
        }
    }

    [Theory]
    [InlineData("pipe", "pipe")]
    [InlineData("/dev/zero", "/dev/zero")]
    public async Task The_certificate_of_a_bench_file_is_not_waited_for(string certificate, string key)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices as Linux has them");
        using var folder = new TempFolder();
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        folder.Write(
            "bench.yaml",
            $"service: {{ address: 127.0.0.1, certificate: {certificate}, key: {key} }}\n" +
            "boards:\n  one: { log: /dev/null-there-is-none, power: prompt, reset: power }\n");
        using (var fifo = Process.Start("mkfifo", [Path.Combine(folder.Path, "pipe")]))
        {
            await fifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var outcome = await Airhil.In(folder, "test", "fine.feature", "--target", "board:one", "--bench", "bench.yaml");
        outcome.Elapsed.ShouldBeLessThan(Soon);
        outcome.ShouldExitWith(4).Error.ShouldContain("is a device, a pipe or a socket; name a regular file");
    }

    [Theory]
    [InlineData("run main.lua --for 1s --stub @bad")]
    [InlineData("run main.lua --for 1s --profile bad")]
    [InlineData("run main.lua --for 1s --target remote:ws://127.0.0.1:1 --token-file bad")]
    [InlineData("bench serve --bench board.yaml --token-file bad")]
    [InlineData("bench list --bench bad")]
    [InlineData("bench check --bench bad")]
    [InlineData("bench power one on --bench bad")]
    [InlineData("bench console one --bench bad")]
    [InlineData("bench serve --bench bad")]
    [InlineData("run main.lua --for 1s --target board:one --bench bad")]
    [InlineData("test fine.feature --target board:one --bench bad")]
    [InlineData("test bad")]
    public async Task A_text_that_is_not_UTF_8_is_told_alike(string command)
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", "while true do rtos.receive(-1) end");
        folder.Write("board.yaml", "boards:\n  one: { log: /dev/null-there-is-none }\n");
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        folder.Write("bad", [0x61, 0xFF, 0xFE, 0x00]);
        (await Airhil.In(folder, command.Split(' '))).ShouldExitWith(4)
            .Error.ShouldContain("is not in UTF-8; save it as UTF-8");
    }

    /// <summary>Unicode has digits that no parser of numbers takes.</summary>
    [Theory]
    [InlineData("corpus project --for 1s", 0)]
    [InlineData("replay old.ndjson", 4)]
    [InlineData("export old.ndjson --html page.html", 4)]
    [InlineData("test \u0661.feature --seed \u0661", 4)]
    [InlineData("run main.lua --for \u0661s", 4)]
    public async Task Digits_of_other_scripts_are_no_numbers(string command, int code)
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", "while true do rtos.receive(-1) end");
        folder.Write(
            "project/main.lua", "error(\"main.lua:\u0661: attempt to call a nil value (field 'new')\", 0)");
        var old = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "fixtures", "sessions", "websocket-echo.ndjson"));
        folder.Write("old.ndjson", old.Replace("\"#1 ", "\"#\u0661 ", StringComparison.Ordinal));
        var outcome = (await Airhil.In(folder, command.Split(' '))).ShouldExitWith(code);
        outcome.Error.ShouldNotContain("Exception");
    }

    /// <summary>As a shell gives it where a variable is not set.</summary>
    [Theory]
    [InlineData("run EMPTY")]
    [InlineData("run main.lua --for 1s --profile EMPTY")]
    [InlineData("run main.lua --for 1s --record EMPTY")]
    [InlineData("run main.lua --for 1s --coverage EMPTY")]
    [InlineData("run main.lua --for 1s --lib EMPTY")]
    [InlineData("run main.lua --for 1s --target EMPTY")]
    [InlineData("run main.lua --for 1s --target board:EMPTY")]
    [InlineData("run main.lua --for 1s --target recorded:EMPTY")]
    [InlineData("run main.lua --for 1s --target remote:EMPTY")]
    [InlineData("run main.lua --for 1s --stub @EMPTY")]
    [InlineData("test EMPTY")]
    [InlineData("test fine.feature -o EMPTY")]
    [InlineData("test fine.feature --junit EMPTY")]
    [InlineData("test fine.feature --messages EMPTY")]
    [InlineData("test fine.feature --record EMPTY")]
    [InlineData("test fine.feature --bindings EMPTY")]
    [InlineData("hunt EMPTY --schedules 1")]
    [InlineData("hunt main.lua --schedules 1 -o EMPTY")]
    [InlineData("hunt main.lua --schedules 1 --corpus EMPTY")]
    [InlineData("replay EMPTY")]
    [InlineData("replay fine.ndjson --stimuli --record EMPTY")]
    [InlineData("compare EMPTY EMPTY")]
    [InlineData("compare fine.ndjson fine.ndjson --fit EMPTY")]
    [InlineData("export fine.ndjson --html EMPTY")]
    [InlineData("hash EMPTY")]
    [InlineData("corpus EMPTY")]
    [InlineData("lua EMPTY")]
    [InlineData("bench list --bench EMPTY")]
    [InlineData("bench serve virtual --token-file EMPTY")]
    [InlineData("bench serve virtual --certificate EMPTY")]
    [InlineData("bench emulate --script EMPTY")]
    [InlineData("bench emulate --script main.lua --dir EMPTY")]
    [InlineData("bench emulate --script main.lua --bench-file EMPTY")]
    public async Task A_name_that_is_empty_is_wrong_input(string command)
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", "while true do rtos.receive(-1) end");
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        using (new SessionWriter(Path.Combine(folder.Path, "fine.ndjson"), new SessionHeader()))
        {
        }

        var outcome = await Airhil.In(
            folder, [.. command.Split(' ').Select(w => w.Replace("EMPTY", "", StringComparison.Ordinal))]);
        outcome.ExitCode.ShouldBeOneOf([1, 4, 5], outcome.Error);
        outcome.Error.ShouldMatch("^(airhil|lua): ");
        outcome.Error.ShouldNotContain("internal error");
        outcome.Error.ShouldNotContain("fault of AirHil");
    }

    /// <summary>A message quotes what is wrong, and is no longer than a screen for that.</summary>
    [Theory]
    [InlineData("run main.lua --for 1s --profile profile.json", "{\"modem\":{\"bootTime\":\"VALUE\"}}")]
    [InlineData("run main.lua --for 1s --profile profile.json", "{\"modem\":{\"VALUE\":1}}")]
    [InlineData("run main.lua --for 1s --profile profile.json", "{\"network\":{\"roundTrip\":\"VALUE\"}}")]
    [InlineData("run main.lua --for 1s --profile profile.json", "{\"VALUE\":{},\"modem\":{}}")]
    [InlineData("run main.lua --for 1s --profile profile.json", "{\"modem\":{\"VALUE\":1,\"VALUE\":2}}")]
    [InlineData("run main.lua --for 1s --stub @profile.json", "VALUE")]
    [InlineData("bench list --bench profile.json", "boards: { one: { log: [VALUE] } }")]
    [InlineData("bench list --bench profile.json", "boards: { one: { VALUE: 1 } }")]
    [InlineData("test profile.json", "VALUE")]
    [InlineData("run VALUE", "")]
    [InlineData("run main.lua --for VALUE", "")]
    [InlineData("test --start VALUE", "")]
    [InlineData("test --target VALUE", "")]
    [InlineData("test --VALUE", "")]
    [InlineData("VALUE", "")]
    public async Task A_wrong_value_of_any_length_makes_no_message_of_that_length(string command, string file)
    {
        using var folder = new TempFolder();
        var value = new string('v', 100_000);
        folder.Write("main.lua", "while true do rtos.receive(-1) end");
        folder.Write("profile.json", file.Replace("VALUE", value, StringComparison.Ordinal));
        var outcome = await Airhil.In(
            folder, [.. command.Split(' ').Select(w => w.Replace("VALUE", value, StringComparison.Ordinal))]);
        outcome.ExitCode.ShouldBeOneOf(4, 5);
        outcome.Error.Length.ShouldBeInRange(20, 10_000);
        outcome.Output.Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task A_damaged_file_of_a_hunts_corpus_is_told_with_what_to_do()
    {
        using var folder = new TempFolder();
        folder.Write("main.lua", "while true do rtos.receive(-1) end");
        string[] hunt = ["hunt", "main.lua", "--schedules", "1", "--corpus", "kept"];
        (await Airhil.In(folder, hunt)).ShouldExitWith(0);
        var file = Directory.GetFiles(Path.Combine(folder.Path, "kept"), "*.schedules").ShouldHaveSingleItem();
        File.WriteAllBytes(file, [0xFF, 0x00]);
        (await Airhil.In(folder, hunt)).ShouldExitWith(4).Error.ShouldContain("is not in UTF-8");
        File.WriteAllText(file, "5s sing\n\n");
        (await Airhil.In(folder, hunt)).ShouldExitWith(4).Error.ShouldContain("mend the file or delete it");
        File.Delete(file);
        Directory.CreateDirectory(file);
        (await Airhil.In(folder, hunt)).ShouldExitWith(4).Error.ShouldContain("is a folder; name a file");
    }

    [Fact]
    public async Task A_bench_file_that_nests_without_end_is_refused_with_its_place()
    {
        using var folder = new TempFolder();
        foreach (var (text, place) in ((string, string)[])
        [
            (new string('[', 200_000), "bench.yaml:1:"),
            (string.Concat(Enumerable.Repeat("{a: ", 50_000)), "bench.yaml:1:"),
            (string.Concat(Enumerable.Range(0, 300).Select(i => $"{new string(' ', i)}a:\n")), "bench.yaml:3"),
        ])
        {
            folder.Write("bench.yaml", text);
            var outcome = (await Airhil.In(folder, "bench", "list", "--bench", "bench.yaml")).ShouldExitWith(4);
            outcome.Elapsed.ShouldBeLessThan(Soon);
            outcome.Error.ShouldContain(place);
            outcome.Error.ShouldContain("nested more than 32 levels");
        }
    }

    [Fact]
    public async Task Features_profiles_and_tags_have_limits_too()
    {
        using var folder = new TempFolder();
        folder.Write("large.feature", "Feature: Large\n#" + new string('x', 9 << 20));
        (await Airhil.In(folder, "test", "large.feature")).ShouldExitWith(4).Error
            .ShouldContain("'large.feature' has more than 8388608 bytes");
        folder.Write("deep.json", new string('[', 200_000));
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    When 1 s passes\n");
        (await Airhil.In(folder, "test", "fine.feature", "--profile", "deep.json")).ShouldExitWith(4).Error
            .ShouldContain("deep.json: not JSON");
        foreach (var word in (string[])["(", "not "])
        {
            var tags = string.Concat(Enumerable.Repeat(word, 20_000));
            (await Airhil.In(folder, "test", "fine.feature", "--tags", tags)).ShouldExitWith(4).Error
                .ShouldContain("more than 100 levels");
        }
    }

    [Theory]
    [InlineData("bomb.ndjson.gz", Spaces, "replay --stimuli")]
    [InlineData("bomb.ndjson.zst", Spaces, "replay --stimuli")]
    [InlineData("bomb.ndjson.zst", "{\"step\":" + Wide + "1}\n", "replay --stimuli")]
    [InlineData("bomb.ndjson.zst", LogLine, "replay --stimuli")]
    [InlineData("bomb.ndjson.zst", LogLine, "export --vcd x.vcd")]
    [InlineData("bomb.ndjson.zst", Spaces, "compare")]
    public async Task A_packed_file_that_grows_without_end_is_no_recording_for_any_command(
        string name, string content, string command)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, name);
        // Gigabytes come out of it.
        Pack(path, content, 2L << 30);
        new FileInfo(path).Length.ShouldBeLessThan(4 << 20);
        string[] words = command.Split(' ');
        string[] files = words[0] == "compare" ? [name, name] : [name];
        var outcome = (await Airhil.In(folder, [words[0], .. files, .. words[1..]])).ShouldExitWith(4);
        outcome.Elapsed.ShouldBeLessThan(Soon * 3);
        outcome.Error.ShouldMatch("this is no recording|this is no session");
    }

    [Fact]
    public async Task A_damaged_file_is_told_in_the_same_words_by_every_command()
    {
        using var folder = new TempFolder();
        folder.Script("sys = require('sys') sys.timerLoopStart(function() log.info('beat') end, 50) sys.run()");
        (await Airhil.In(folder, "run", "firmware", "--for", "1m", "--record", "kept")).ShouldExitWith(0);
        using (var reader = SessionReader.Open(Directory.GetFiles(Path.Combine(folder.Path, "kept")).Single()))
        using (var writer = new SessionWriter(Path.Combine(folder.Path, "whole.ndjson"), reader.Header))
        {
            while (reader.TryRead(out var entry))
            {
                if (entry.Note is { } note) writer.Append(note);
                if (entry.Event is { } e) writer.Append(e);
            }

            writer.Finish(reader.End!.At, reader.End.Step);
        }

        var text = File.ReadAllText(Path.Combine(folder.Path, "whole.ndjson"));
        var at = text.LastIndexOf("beat", StringComparison.Ordinal);
        folder.Write("damaged.ndjson", text[..at] + "boat" + text[(at + 4)..]);
        folder.Write("fine.feature", "Feature: Fine\n  Scenario: One\n    Given the script \"firmware\"\n");
        foreach (var command in (string[])
        [
            "replay damaged.ndjson", "replay damaged.ndjson --stimuli", "compare damaged.ndjson whole.ndjson",
            "compare whole.ndjson damaged.ndjson --html page.html", "export damaged.ndjson --html page.html",
            "export damaged.ndjson --vcd x.vcd", "export damaged.ndjson --pcapng x.pcapng",
            "test fine.feature --target recorded:damaged.ndjson", "run firmware --target recorded:damaged.ndjson",
            "compare damaged.ndjson damaged.ndjson --fit profile.json",
        ])
        {
            var outcome = (await Airhil.In(folder, command.Split(' '))).ShouldExitWith(4);
            outcome.Error.ShouldMatch(
                @"^airhil: damaged\.ndjson:[0-9]+: the checksum does not fit: lines [0-9]+ to [0-9]+ were changed " +
                @"after they were recorded\n$", command);
        }

        Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f)).Order()
            .ShouldBe(["damaged.ndjson", "fine.feature", "whole.ndjson"]);
    }

    /// <summary>
    /// A header and the content again and again. Both formats are chains of packed pieces, so one piece is packed once.
    /// </summary>
    private static void Pack(string path, string content, long length)
    {
        var header = new MemoryStream();
        using (new SessionWriter(header, SessionCompression.None, new SessionHeader()))
        {
        }

        var block = System.Text.Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat(content, (32 << 20) / content.Length)));
        var piece = Packed(path, block);
        using var file = File.Create(path);
        file.Write(Packed(path, header.ToArray()));
        for (var written = 0L; written < length; written += block.Length) file.Write(piece);
    }

    private static byte[] Packed(string path, byte[] content)
    {
        var bytes = new MemoryStream();
        using (Stream packed = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(bytes, CompressionLevel.Optimal)
            : new ZstdSharp.CompressionStream(bytes, 3))
        {
            packed.Write(content);
        }

        return bytes.ToArray();
    }
}
