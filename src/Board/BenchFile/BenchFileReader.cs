using System.Globalization;
using System.Net;
using AirHil.Board.Description;
using AirHil.Board.Ports;
using AirHil.Board.Power;
using AirHil.Rig.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AirHil.Board.BenchFile;

/// <summary>Reads bench files: YAML after docs/bench.schema.json.</summary>
public static class BenchFileReader
{
    /// <summary>The most boards that a bench may have.</summary>
    public const int MostBoards = 256;

    private const int LongestFile = 1 << 20;
    private const int DeepestNesting = 32;
    private const int LongestName = 64;
    private const int MostValues = 100_000;
    private static readonly TimeSpan LongestDeploy = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(30);

    /// <summary>Reads a file.</summary>
    /// <exception cref="BenchFileException">It cannot be read, or is wrong.</exception>
    public static BenchDescription Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (InputFile.WhyNot(full) is null && File.Exists(full) && FileStatus.WhyNotTrusted(full) is { } reason)
        {
            throw new BenchFileException(
                $"{path}: not used: {reason}. A bench file names commands that are run, so it must be a file " +
                "of yours or of root: look at it, then copy it");
        }

        try
        {
            return Parse(InputFile.ReadText(full, LongestFile), full, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchFileException(
                $"{path}: cannot be read: {e.Message}\n'airhil bench discover' writes a first one", e);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="path">The file that it stands in; paths in it count from there.</param>
    /// <param name="name">The name for messages; the path where null.</param>
    /// <exception cref="BenchFileException">It is wrong.</exception>
    public static BenchDescription Parse(string yaml, string path, string? name = null)
    {
        var fullPath = Path.GetFullPath(path);
        var problems = new ProblemList(name ?? path);
        var stream = new YamlStream();
        try
        {
            if (TooDeep(yaml) is { } place)
            {
                problems.Add(place.Line, place.Column, $"nested more than {DeepestNesting} levels; a bench file has 5");
                throw new BenchFileException(problems.ToString());
            }

            if (TooLarge(yaml) is { } large)
            {
                problems.Add(
                    large.Line, large.Column,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"more than {MostValues} values, with what its aliases stand for"));
                throw new BenchFileException(problems.ToString());
            }

            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            problems.Add(e.Start.Line, e.Start.Column, $"not YAML: {e.Message}");
            throw new BenchFileException(problems.ToString(), e);
        }
        catch (Exception e) when (e is not BenchFileException)
        {
            // The parser stumbles over some texts and does not say where.
            problems.Add(1, 1, $"not YAML: {e.Message}");
            throw new BenchFileException(problems.ToString(), e);
        }

        if (stream.Documents.Count != 1)
        {
            problems.Add(1, 1, stream.Documents.Count == 0 ? "the file is empty; expected: the key boards"
                : "the file holds several YAML documents; one is expected");
            throw new BenchFileException(problems.ToString());
        }

        var bench = Bench(stream.Documents[0].RootNode, fullPath, problems);
        return problems.IsEmpty ? bench : throw new BenchFileException(problems.ToString());
    }

    /// <summary>Where the text nests deeper than its reader could follow; null: nowhere.</summary>
    private static Mark? TooDeep(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting) return parser.Current.Start;
        }

        return null;
    }

    /// <summary>
    /// Where the text has more values than a bench file may, with what aliases stand for; null: nowhere. Some lines of
    /// aliases of aliases stand for more than any memory holds.
    /// </summary>
    private static Mark? TooLarge(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var sizes = new Dictionary<AnchorName, int>();
        var open = new Stack<(AnchorName Name, int Start)>();
        for (var count = 0; parser.MoveNext();)
        {
            var current = parser.Current!;
            count += current is AnchorAlias alias ? sizes.GetValueOrDefault(alias.Value) : 1;
            if (count > MostValues) return current.Start;
            if (current.NestingIncrease < 0 && open.TryPop(out var ended)) Close(ended.Name, count - ended.Start);
            if (current is not NodeEvent node) continue;
            if (node.NestingIncrease > 0) open.Push((node.Anchor, count));
            else Close(node.Anchor, 1);
        }

        return null;

        void Close(AnchorName name, int size)
        {
            if (!name.IsEmpty) sizes[name] = size;
        }
    }

    private static BenchDescription Bench(YamlNode root, string fullPath, ProblemList problems)
    {
        var file = new SectionReader(root, "the bench file", BenchFileKeys.File, problems);
        file.Require("boards", "a mapping of a name to each board");
        var boards = new List<BoardDescription>();
        var pins = new PinsReader(problems);
        var all = new SectionReader(file.Get("boards"), "boards", null, problems);
        foreach (var (key, value) in all.Entries())
        {
            if (!IsName(key.Value!))
            {
                problems.Add(
                    key,
                    $"boards: '{key.Value}' is no name for a board; letters, digits, '-', '_' and '.' make one, and "
                        + "'emulated' is taken");
            }

            if (Board(key.Value!, value, pins, problems) is { } board) boards.Add(board);
        }

        if (all.Node is { } node && !all.Entries().Any()) problems.Add(node, "boards: there is none");
        if (all.Node is { } many && boards.Count > MostBoards)
        {
            problems.Add(many, $"boards: {boards.Count}; {MostBoards} at most");
        }

        Unshared(boards, all, problems);
        return new BenchDescription(fullPath, boards)
        {
            Service = Service(new(file.Get("service"), "service", BenchFileKeys.Service, problems), fullPath, problems),
            Limits = Limits(new(file.Get("limits"), "limits", BenchFileKeys.Limits, problems)),
        };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name != "emulated"
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] is not ('.' or '-');

    private static void Unshared(List<BoardDescription> boards, SectionReader all, ProblemList problems)
    {
        var owners = new Dictionary<PortAddress, string>();
        foreach (var board in boards)
        {
            foreach (var port in board.Uarts.Values.Select(u => u.Port).Prepend(board.Log))
            {
                if (owners.TryAdd(port, board.Name)) continue;
                var other = owners[port];
                problems.Add(
                    all.Get(board.Name)!,
                    other == board.Name
                        ? $"boards.{board.Name}: the port {port} is there twice; each line needs a port of its own"
                        : $"boards.{board.Name}: the port {port} is that of the board '{other}' already");
            }
        }
    }

    private static BoardDescription? Board(string name, YamlNode node, PinsReader pinsReader, ProblemList problems)
    {
        var board = new SectionReader(node, $"boards.{name}", BenchFileKeys.Board, problems);
        board.Require("log", "the log port, USB interface 2, as usb:1-2.3:2");
        var uarts = Uarts(name, board, problems);
        var pins = pinsReader.Read(name, board);
        var power = Power(name, board, problems);
        var reset = Reset(name, board, power, problems);
        var radio = Radio(name, board, uarts, problems);
        var deploy = Deploy(name, board, problems);
        if (board.Port("log") is not { } log) return null;
        var plain = new BoardDescription(name, log);
        return plain with
        {
            Uarts = uarts,
            Pins = pins,
            Power = power,
            Reset = reset,
            Firmware = board.Text("firmware", "a part of the firmware's banner, as V1112"),
            Radio = radio,
            Deploy = deploy,
            DeployLimit = board.Duration("deployLimit", plain.DeployLimit, TimeSpan.FromSeconds(1), LongestDeploy),
        };
    }

    private static SortedDictionary<int, SerialLine> Uarts(string name, SectionReader board, ProblemList problems)
    {
        var uarts = new SortedDictionary<int, SerialLine>();
        foreach (var (key, value) in board.Section("uarts", null).Entries())
        {
            if (!int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number > 63)
            {
                problems.Add(
                    key,
                    $"boards.{name}.uarts: '{key.Value}' is no UART of the module; expected: its number, 1 for "
                        + "MAIN_UART or "
                        + "32 for the USB virtual UART");
                continue;
            }

            // A port alone stands for the mapping with it.
            var node = value is YamlScalarNode ? new YamlMappingNode(new YamlScalarNode("port"), value) : value;
            var line = new SectionReader(node, $"boards.{name}.uarts.{number}", BenchFileKeys.Uart, problems);
            line.Require("port", "where the line ends on this machine");
            if (line.Port("port") is not { } port) continue;
            uarts[number] = new SerialLine(port, line.Whole("baud", 115_200, 300, 4_000_000));
        }

        return uarts;
    }

    private static PowerDescription? Power(string name, SectionReader board, ProblemList problems)
    {
        if (board.Get("power") is not { } node) return null;
        if (node is YamlScalarNode { Value: "prompt" }) return new PowerDescription.Prompt();
        if (node is YamlScalarNode)
        {
            problems.Add(
                node,
                $"boards.{name}.power: {SectionReader.Kind(node)} was given; expected: prompt, or one of the keys "
                    + string.Join(", ", BenchFileKeys.Power));
            return null;
        }

        var power = board.Section("power", BenchFileKeys.Power);
        var kinds = BenchFileKeys.Power.Where(power.Has).ToArray();
        if (power.Node is null) return null;
        if (kinds.Length != 1)
        {
            problems.Add(
                node, $"boards.{name}.power: exactly one of {string.Join(", ", BenchFileKeys.Power)} is expected");
            return null;
        }

        if (kinds[0] == "uhubctl")
        {
            var hub = power.Section("uhubctl", BenchFileKeys.Uhubctl);
            hub.Require("location", "the hub's place on the bus, as 1-2");
            hub.Require("port", "the hub's port, from 1");
            return new PowerDescription.Uhubctl(
                hub.Text("location", "the hub's place on the bus, as 1-2") ?? "", hub.Whole("port", 1, 1, 127));
        }

        if (kinds[0] == "relay")
        {
            var relay = power.Section("relay", BenchFileKeys.Relay);
            relay.Require("port", "the relay's serial port");
            return relay.Port("port") is { } port
                ? new PowerDescription.SerialRelay(port, relay.Whole("channel", 1, 1, 254), relay.Flag("inverted"))
                : null;
        }

        var command = power.Section("command", BenchFileKeys.Command);
        command.Require("on", "the command that feeds the board");
        command.Require("off", "the command that cuts its supply");
        var (on, off) = (command.Text("on", "a command"), command.Text("off", "a command"));
        return on is null || off is null ? null : new PowerDescription.Command(on, off);
    }

    private static ResetMethod Reset(
        string name, SectionReader board, PowerDescription? power, ProblemList problems)
    {
        var names = BenchFileKeys.Resets.Select(r => r.Name).ToArray();
        if (board.Text("reset", $"one of "
            + $"{string.Join(", ", names)}") is not { } text) return ResetMethod.LogPortCommand;
        var at = Array.IndexOf(names, text);
        if (at < 0)
        {
            problems.Add(
                board.Get("reset")!,
                $"boards.{name}.reset: '{text}'{NearestName.Hint(text, names)}; expected: one of "
                    + $"{string.Join(", ", names)}");
            return ResetMethod.LogPortCommand;
        }

        var method = BenchFileKeys.Resets[at].Method;
        if (method == ResetMethod.PowerCycle && power is null && !board.Has("power"))
        {
            problems.Add(
                board.Get("reset")!, $"boards.{name}.reset: 'power' needs the key power, which says how it is "
                    + "switched");
        }

        return method;
    }

    private static RadioDescription? Radio(
        string name, SectionReader board, SortedDictionary<int, SerialLine> uarts, ProblemList problems)
    {
        var radio = board.Section("radio", BenchFileKeys.Radio);
        if (radio.Node is null) return null;
        radio.Require("agent", "the UART over which the agent in the script takes orders");
        if (radio.Get("agent") is not { } node) return null;
        var agent = radio.Whole("agent", -1, 0, 63);
        if (agent >= 0 && !uarts.ContainsKey(agent))
        {
            problems.Add(
                node, $"boards.{name}.radio.agent: the UART {agent} is not among the board's uarts; add its port "
                    + "there");
        }

        return new RadioDescription(agent);
    }

    private static string? Deploy(string name, SectionReader board, ProblemList problems)
    {
        if (board.Text("deploy", "a command with {dir} or {image}, or prompt") is not { } text) return null;
        if (text != "prompt" && !text.Contains("{dir}", StringComparison.Ordinal)
            && !text.Contains("{image}", StringComparison.Ordinal))
        {
            problems.Add(
                board.Get("deploy")!,
                $"boards.{name}.deploy: the command must name the script by {{dir}}, the folder of its files, or by "
                    + "{image}, a LuaDB image of them; or write prompt");
        }

        return text;
    }

    private static ServiceDescription Service(SectionReader service, string fullPath, ProblemList problems)
    {
        var plain = new ServiceDescription();
        var listen = service.Text("listen", "an IP address, as 0.0.0.0") ?? plain.Listen;
        if (!IPAddress.TryParse(listen, out _))
        {
            problems.Add(
                service.Get("listen")!,
                $"service.listen: '{listen}' is no IP address; 127.0.0.1 is this machine alone, 0.0.0.0 any network");
        }

        var certificate = service.Text("certificate", "a PEM file");
        var key = service.Text("key", "a PEM file");
        if (certificate is null != key is null && service.Node is { } node)
        {
            problems.Add(node, "service: certificate and key belong together; one of them is missing");
        }

        string? Full(string? file) =>
            file is null ? null : Path.GetFullPath(file, Path.GetDirectoryName(fullPath)!);

        return new ServiceDescription
        {
            Address = service.Text("address", "a host name or an address"),
            Listen = listen,
            Ports = Ports(service, problems),
            Certificate = Full(certificate),
            Key = Full(key),
        };
    }

    private static List<ServicePort> Ports(SectionReader service, ProblemList problems)
    {
        var ports = new List<ServicePort>();
        var section = service.Section("ports", null);
        foreach (var (key, _) in section.Entries())
        {
            var text = key.Value!;
            var colon = text.LastIndexOf(':');
            if (colon <= 0 || text.Contains('/', StringComparison.Ordinal)
                || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                || port is 0 or > 65_535)
            {
                problems.Add(key, $"service.ports: '{text}' is no service; write HOST:PORT, as echo.example:443");
                continue;
            }

            ports.Add(new ServicePort(text[..colon], port, section.Whole(text, port, 1, 65_535)));
        }

        return ports;
    }

    private static BenchLimits Limits(SectionReader limits)
    {
        var plain = new BenchLimits();
        return new BenchLimits
        {
            WallTime = limits.Duration("wallTime", plain.WallTime, TimeSpan.FromSeconds(1), LongestRun),
            LeaseWait = limits.Duration("leaseWait", plain.LeaseWait, TimeSpan.Zero, LongestRun),
        };
    }
}
