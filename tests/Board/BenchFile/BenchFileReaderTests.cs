using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Tests;

namespace AirHil.Board.Tests.BenchFile;

public class BenchFileReaderTests
{
    /// <summary>Text, what the error says, and whether the published schema says so too.</summary>
    public static TheoryData<string, string, bool> WrongFiles => new()
    {
        { "board:\n  a: {log: COM1}\n", "b.yaml:1:1: the bench file: unknown key 'board'; did you mean "
            + "'boards'?", true },
        { "boards:\n  a:\n    Log: COM1\n", "b.yaml:3:5: boards.a: unknown key 'Log'; did you mean 'log'?", true },
        { "boards:\n  a:\n    log: COM1\n    powr: prompt\n", "b.yaml:4:5: boards.a: unknown key 'powr'; did you mean "
            + "'power'?", true },
        { "boards:\n  a:\n    uarts: {1: COM1}\n", "b.yaml:3:5: boards.a: the key 'log' is missing", true },
        { "boards:\n  a: {log: 'usb:1-2'}\n", "b.yaml:2:12: boards.a.log: 'usb:1-2' is no USB port; write "
            + "usb:", false },
        { "boards:\n  a: {log: 'tcp://x'}\n", "b.yaml:2:12: boards.a.log: 'tcp://x' is no TCP port", false },
        { "boards:\n  a: {log: ''}\n", "b.yaml:2:12: boards.a.log: nothing was given; expected: a port", true },
        { "boards:\n  a: {log: [COM1]}\n", "b.yaml:2:12: boards.a.log: a list was given; expected: a port", true },
        { "boards:\n  a: COM1\n", "b.yaml:2:6: boards.a: 'COM1' was given; expected: a mapping with the keys log, "
            + "uarts", true },
        { "boards: {}\n", "b.yaml:1:9: boards: there is none", true },
        { "boards:\n  emulated: {log: COM1}\n", "b.yaml:2:3: boards: 'emulated' is no name for a board", true },
        { "boards:\n  a b: {log: COM1}\n", "b.yaml:2:3: boards: 'a b' is no name for a board; letters", true },
        {
            "boards:\n  a: {log: COM1, uarts: {main: COM2}}\n",
            "b.yaml:2:26: boards.a.uarts: 'main' is no UART of the module; expected: its number, 1 for MAIN_UART", true
        },
        { "boards:\n  a: {log: COM1, uarts: {1: {prot: COM2}}}\n", "unknown key 'prot'; did you mean 'port'?", true },
        { "boards:\n  a: {log: COM1, uarts: {1: {port: COM2, baud: fast}}}\n", "'fast' was given; expected: a whole "
            + "number from 300 to 4000000", true },
        { "boards:\n  a: {log: COM1, uarts: {1: COM1}}\n", "the port COM1 is there twice", false },
        { "boards:\n  a: {log: COM1}\n  b: {log: COM1}\n", "b.yaml:3:6: boards.b: the port COM1 is that of the board "
            + "'a' already", false },
        { "boards:\n  a: {log: COM1, pins: {36: {command: {read: x}}}}\n", "b.yaml:2:25: boards.a.pins: '36' is no pin "
            + "of the module; pins are 0 to 35, WAKEUP0", true },
        { "boards:\n  a: {log: COM1, pins: {35: {command: {read: x}}, PWRKEY: {command: {read: x}}}}\n",
            "boards.a.pins.PWRKEY: the pin 35 is there twice", false },
        { "boards:\n  a: {log: COM1, pins: {5: {}}}\n", "boards.a.pins.5: exactly one of gpiod, command is "
            + "expected", true },
        { "boards:\n  a: {log: COM1, pins: {5: {gpio: {}}}}\n", "boards.a.pins.5: unknown key 'gpio'; did you mean "
            + "'gpiod'?", true },
        { "boards:\n  a: {log: COM1, pins: {5: {gpiod: {chip: 0, line: 3}}}}\n", "boards.a.pins.5.gpiod: the key "
            + "'direction' is missing: who drives the wire: one of module, rig, both", true },
        { "boards:\n  a: {log: COM1, pins: {5: {gpiod: {chip: 0, line: 3, direction: in}}}}\n",
            "boards.a.pins.5.gpiod.direction: 'in'; expected: one of module, rig, both", true },
        { "boards:\n  a: {log: COM1, pins: {5: {gpiod: {chip: 0, line: x, direction: rig}}}}\n", "'x' was given; "
            + "expected: a whole number from 0 to 65535", true },
        {
            "boards:\n  a: {log: COM1, pins: {5: {gpiod: {chip: 0, line: 3, direction: rig}}}}\n"
                + "  b: {log: COM2, pins: {6: {gpiod: {chip: 0, line: 3, direction: rig}}}}\n",
            "b.yaml:3:36: boards.b.pins.6: line 3 of the chip 0 is that of boards.a.pins.5 already", false
        },
        { "boards:\n  a: {log: COM1, pins: {5: {command: {}}}}\n", "boards.a.pins.5.command: no command; expected: "
            + "high, low, release, read, watch", true },
        { "boards:\n  a: {log: COM1, pins: {5: {command: {low: x}}}}\n", "boards.a.pins.5.command: the key 'release' "
            + "is missing", true },
        { "boards:\n  a: {log: COM1, pins: {5: {command: {release: x, read: y}}}}\n", "'release' frees a pin that "
            + "'high' or 'low' holds; none is there", false },
        { "boards:\n  a: {log: COM1, pins: {5: {command: {watch: x, read: y}}}}\n", "'read' and 'watch' both tell the "
            + "pin's level", false },
        { "boards:\n  a: {log: COM1, power: manual}\n", "boards.a.power: 'manual' was given; expected: prompt, or one "
            + "of the keys uhubctl, relay, command", true },
        { "boards:\n  a: {log: COM1, power: {command: {on: x}}}\n", "boards.a.power.command: the key 'off' is "
            + "missing", true },
        {
            "boards:\n  a: {log: COM1, power: {relay: {port: COM2}, uhubctl: {location: 1-2, port: 1}}}\n",
            "exactly one of uhubctl, relay, command is expected", true
        },
        { "boards:\n  a: {log: COM1, power: {uhubctl: {location: 1-2, port: 0}}}\n", "boards.a.power.uhubctl.port: "
            + "'0' was given; expected: a whole number from 1 to 127", true },
        { "boards:\n  a: {log: COM1, power: {relay: {port: COM2, inverted: yes}}}\n", "'yes' was given; expected: "
            + "true or false", true },
        { "boards:\n  a: {log: COM1, reset: power}\n", "boards.a.reset: 'power' needs the key power", false },
        { "boards:\n  a: {log: COM1, reset: logport}\n", "'logport'; did you mean 'log-port'?; expected: one of "
            + "log-port, at, power, prompt", true },
        { "boards:\n  a: {log: COM1, radio: {agent: 32}}\n", "the UART 32 is not among the board's uarts", false },
        { "boards:\n  a: {log: COM1, radio: {}}\n", "boards.a.radio: the key 'agent' is missing", true },
        { "boards:\n  a: {log: COM1, deploy: flash.sh}\n", "the command must name the script by {dir}", true },
        { "boards:\n  a: {log: COM1, deployLimit: '30'}\n", "boards.a.deployLimit: '30' has no unit; write "
            + "30ms, 30s", true },
        { "boards:\n  a: {log: COM1, deployLimit: 2d}\n", "boards.a.deployLimit: '2d' is out of bounds; expected: 1 s "
            + "to 1 h", false },
        { "boards:\n  a: {log: COM1}\nservice: {listen: everywhere}\n", "'everywhere' is no IP address; 127.0.0.1 is "
            + "this machine alone", false },
        { "boards:\n  a: {log: COM1}\nservice: {certificate: c.pem}\n", "certificate and key belong together", true },
        { "boards:\n  a: {log: COM1}\nservice: {ports: {echo: 443}}\n", "b.yaml:3:19: service.ports: 'echo' is no "
            + "service; write HOST:PORT", true },
        { "boards:\n  a: {log: COM1, radio: {agent: 64}}\n", "radio.agent: '64' was given; expected: a whole "
            + "number from 0 to 63", true },
        { "boards:\n  a: {log: COM1}\nlimits: {walltime: 1h}\n", "unknown key 'walltime'; did you mean "
            + "'wallTime'?", true },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void Each_mistake_is_told_with_its_place_and_what_was_expected(string yaml, string message, bool inSchema)
    {
        _ = inSchema;
        Message(yaml).ShouldContain(message);
    }

    [Theory]
    [InlineData("boards:\n  a: {log: COM1\n", "b.yaml:")]
    [InlineData("boards:\n  a: {log: COM1}\n  a: {log: COM2}\n", "b.yaml:3:")]
    [InlineData("", "b.yaml:1:1: the file is empty")]
    [InlineData("--- {}\n--- {}\n", "several YAML documents")]
    [InlineData("- a\n", "b.yaml:1:1: the bench file: a list was given")]
    [InlineData("boards: &b\n  a: *b\n", "b.yaml:")]
    [InlineData("boards:\n  a: {|: COM1}*a\n", "b.yaml:1:1: not YAML: ")]
    [InlineData(
        "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
        + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: {*e : 1, ? [*e] : 2}\n",
        "more than 100000 values, with what its aliases stand for")]
    public void Text_that_is_no_such_file_is_refused(string yaml, string message) =>
        Message(yaml).ShouldContain(message);

    /// <summary>The parser of YAML throws exceptions of several kinds.</summary>
    [Fact]
    public void A_file_with_any_mark_of_YAML_put_in_or_in_place_is_read_or_refused()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "fixtures", "benches", "one-board.yaml"));
        var place = Path.Combine(Path.GetTempPath(), "b.yaml");
        string[] marks = ["{", "}", "[", "]", ":", ": ", "- ", "? ", "&a ", "*a", "!!x ", "|", "'", "#", "\n"];
        foreach (var mark in marks)
        {
            for (var at = 0; at < text.Length; at++)
            {
                for (var replaced = 0; replaced < 2; replaced++)
                {
                    try
                    {
                        BenchFileReader.Parse(text[..at] + mark + text[(at + replaced)..], place, "b.yaml");
                    }
                    catch (BenchFileException e)
                    {
                        e.Message.ShouldStartWith("b.yaml:");
                    }
                }
            }
        }
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var lines = Message("boards:\n  a: {log: 'usb:1', powr: x}\n  b: {}\nlimit: {}\n").Split('\n');
        lines.Select(l => l.Split(':')[1]).ShouldBe(["2", "2", "3", "4"]);
    }

    [Fact]
    public void A_full_file_is_read()
    {
        var bench = BenchFileReader.Load(Path.Combine(RepositoryRoot.Path, "fixtures", "benches", "lab.yaml"));
        bench.Boards.Select(b => b.Name).ShouldBe(["left", "right"]);
        var left = bench.Find("left");
        left.Log.ShouldBe(new PortAddress.Usb("1-1.1", 2));
        left.Uarts[1].ShouldBe(new SerialLine(new PortAddress.Usb("1-1.2", 0), 115_200));
        left.Uarts[32].Port.ShouldBe(new PortAddress.Usb("1-1.1", 6));
        left.Pins.ShouldBe(new Dictionary<int, PinLine>
        {
            [22] = new PinLine.Gpiod("cp2112_gpio", 1, PinDirection.Both, Inverted: true),
            [27] = new PinLine.Gpiod("cp2112_gpio", 0, PinDirection.Module),
        });
        left.Power.ShouldBe(new PowerDescription.Uhubctl("1-1", 1));
        left.Radio.ShouldBe(new RadioDescription(32));
        left.Deploy!.ShouldContain("--dir {dir}");
        left.DeployLimit.ShouldBe(TimeSpan.FromMinutes(2));
        var right = bench.Find("right");
        right.Power.ShouldBe(new PowerDescription.SerialRelay(new PortAddress.Path("/dev/ttyUSB4"), 2, true));
        right.Pins[35].ShouldBe(new PinLine.Command(null, "./relay.sh 3 on", "./relay.sh 3 off", null, null));
        right.Pins[27].ShouldBe(new PinLine.Command(null, null, null, null, "./analyser.sh"));
        right.Pins[29].ShouldBe(right.Pins[27]);
        right.Reset.ShouldBe(ResetMethod.PowerCycle);
        right.Uarts[1].Baud.ShouldBe(9600);
        bench.Service.Address.ShouldBe("rig.example.org");
        bench.Service.Ports.ShouldBe(
            [new ServicePort("echo.airtun.air32.cn", 443, 8443), new ServicePort("cloud.example", 1883, 1883)]);
        bench.Service.Certificate.ShouldBe(Path.Combine(bench.Folder, "tls", "fullchain.pem"));
        bench.Limits.ShouldBe(
            new BenchLimits { WallTime = TimeSpan.FromMinutes(30), LeaseWait = TimeSpan.FromMinutes(5) });
    }

    [Fact]
    public void A_board_is_found_by_name_or_is_the_only_one()
    {
        var bench = BenchFileReader.Parse("boards:\n  left: {log: COM1}\n", "b.yaml");
        bench.Find(null).Name.ShouldBe("left");
        Should.Throw<BenchFileException>(() => bench.Find("lfet")).Message.ShouldContain("did you mean 'left'?");
        bench = BenchFileReader.Parse("boards:\n  left: {log: COM1}\n  right: {log: COM2}\n", "b.yaml");
        Should.Throw<BenchFileException>(() => bench.Find(null)).Message.ShouldContain("left, right");
    }

    [Fact]
    public void A_bench_file_is_found_above_then_with_the_users_settings()
    {
        var folder = Directory.CreateTempSubdirectory("airhil-bench-").FullName;
        try
        {
            var project = Directory.CreateDirectory(Path.Combine(folder, "project", "features")).FullName;
            var settings = Path.Combine(folder, "settings");
            Should.Throw<BenchFileException>(() => BenchFilePlace.Find(null, project, settings)).Message
                .ShouldContain("airhil bench discover");
            var own = BenchFilePlace.OfUser(settings);
            Directory.CreateDirectory(Path.GetDirectoryName(own)!);
            File.WriteAllText(own, "");
            BenchFilePlace.Find(null, project, settings).ShouldBe(own);
            var above = Path.Combine(folder, "project", BenchFilePlace.FileName);
            File.WriteAllText(above, "");
            BenchFilePlace.Find(null, project, settings).ShouldBe(above);
            BenchFilePlace.Find("../airhil.bench.yaml", project, settings).ShouldBe(above);
            Should.Throw<BenchFileException>(() => BenchFilePlace.Find("x.yaml", project, settings)).Message
                .ShouldContain("'x.yaml'");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_is_told_with_the_next_command() =>
        Should.Throw<BenchFileException>(() => BenchFileReader.Load("no-such.yaml")).Message
            .ShouldContain("airhil bench discover");

    private static string Message(string yaml) =>
        Should.Throw<BenchFileException>(() => BenchFileReader.Parse(yaml, "b.yaml")).Message;
}
