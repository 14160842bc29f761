using System.Collections.Concurrent;
using AirHil.Board.Emulator;
using AirHil.Cli.Usage;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Live.Remote;
using AirHil.Rig.Comparison;
using AirHil.Rig.Files;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Targets;

/// <summary>Opens what --target names.</summary>
internal static class TargetOpening
{
    public const string Virtual = "virtual";
    public const string Emulated = "board:emulated";
    private const int MostTokenBytes = 64 * 1024;
    private const string Board = "board";
    private const string Remote = "remote";
    private const string Recorded = "recorded";

    /// <exception cref="UsageException">It is not there, or the options contradict each other.</exception>
    public static async Task<TargetChoice> OpenAsync(TargetOrder order, CancellationToken cancel)
    {
        var colon = order.Target.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? (order.Target, "") : (order.Target[..colon], order.Target[(colon + 1)..]);
        Check(order, kind);
        return kind switch
        {
            Virtual when name.Length == 0 => OfModel(order),
            Board when order.Target == Emulated => OfEmulator(order),
            Board when name.Length > 0 => OfBoard(order, name),
            Remote when name.Length > 0 => await OfRemoteAsync(order, cancel),
            Recorded when name.Length > 0 => OfRecording(name),
            _ => throw new UsageException(
                $"--target: '{order.Target}' is not known; write virtual, board:NAME, board:emulated, remote:URL or " +
                "recorded:FILE"),
        };
    }

    private static void Check(TargetOrder order, string kind)
    {
        var isModel = kind == Virtual;
        if (!isModel && (order.Clock != RigClock.Virtual || order.IsLive))
        {
            throw new UsageException(
                "--clock and --network: they are the virtual module's; another target has its own");
        }

        if (order.Speed != 1 && !(isModel && order.Clock == RigClock.Wall) && order.Target != Emulated)
        {
            throw new UsageException(
                "--speed: it is for models on the wall clock: --clock wall, or --target board:emulated");
        }

        if (order.IsLive && (order.Clock == RigClock.Virtual || order.Speed != 1))
        {
            throw new UsageException(
                "--network live: real servers answer in real time; add --clock wall, and no --speed");
        }

        if (order.Profile is not null && !isModel && order.Target != Emulated)
        {
            throw new UsageException("--profile: timings are the virtual module's; another target has its own");
        }

        if (order.Firmware is not null && !isModel && order.Target != Emulated)
        {
            throw new UsageException("--firmware: it is the virtual module's; another target has its own");
        }

        if (order.Stubs.Lines.Count > 0 && !isModel && order.Target != Emulated)
        {
            throw new UsageException("--stub: only the virtual module can replace functions of the firmware");
        }

        if (!order.IsLive && (order.Allowed.Count > 0 || order.Upstreams.Count > 0))
        {
            throw new UsageException("--allow and --upstream: they say what --network live may reach");
        }
    }

    private static TargetChoice OfModel(TargetOrder order)
    {
        var live = order.IsLive ? LiveOptions(order.Allowed, order.Upstreams) : null;
        var profile = Profile(order);
        return new TargetChoice
        {
            Name = order.Target,
            Make = use => new VirtualTarget
            {
                Bits = use.Bits,
                Coverage = use.Coverage,
                Parameters = Parameters(order, profile),
                Clock = order.Clock,
                Speed = order.Speed,
                Network = live is null ? null : _ => new LiveNetwork(live),
            },
            Network = profile?.Network,
            CanAll = order.Clock == RigClock.Virtual,
            Jobs = order.Clock == RigClock.Wall ? TargetChoice.OnTheWall : Environment.ProcessorCount,
        };
    }

    private static TargetChoice OfEmulator(TargetOrder order)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new UsageException(
                "board:emulated lives on pseudo-terminals, which only Linux has here; run it there, or use " +
                "--clock wall for the virtual module",
                ExitCode.TargetNotAvailable);
        }

        var profile = Profile(order);
        return new TargetChoice
        {
            Name = order.Target,
            Make = use => new EmulatedBoardTarget
            {
                Bits = use.Bits,
                Speed = order.Speed,
                Parameters = Parameters(order, profile),
            },
            Network = profile?.Network,
            Jobs = TargetChoice.OnTheWall,
        };
    }

    private static ModemParameters Parameters(TargetOrder order, MeasuredProfile? profile)
    {
        var parameters = profile?.Modem ?? new ModemParameters();
        return parameters with
        {
            Firmware = order.Firmware ?? parameters.Firmware,
            Stubs = order.Stubs.ToString(),
        };
    }

    private static TargetChoice OfBoard(TargetOrder order, string name)
    {
        var bench = BenchBoards.Load(order.BenchFile);
        var board = BenchBoards.Open(bench, name);
        return new TargetChoice
        {
            Name = order.Target,
            Make = _ => board,
            Jobs = 1,
            MostJobs = 1,
            WallTime = bench.Limits.WallTime,
            Hold = cancel => BenchBoards.HoldAsync(board, cancel),
            Held = board,
        };
    }

    private static MeasuredProfile? Profile(TargetOrder order)
    {
        if (order.Profile is not { } path) return null;
        try
        {
            return MeasuredProfile.Load(path);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--profile: {e.Message}");
        }
    }

    private static async Task<TargetChoice> OfRemoteAsync(TargetOrder order, CancellationToken cancel)
    {
        try
        {
            var token = order.TokenFile is { } file ? InputFile.ReadText(file, MostTokenBytes).Trim() : null;
            var target = await RemoteTarget.ConnectAsync(
                order.Target, new RemoteOptions { Token = token, Fingerprint = order.Fingerprint }, cancel);
            return new TargetChoice
            {
                Name = order.Target,
                Make = _ => target,
                Jobs = TargetChoice.OnTheWall,
                MostJobs = target.MostModems ?? int.MaxValue,
                Held = target,
            };
        }
        catch (Exception e) when (e is RemoteException or FormatException)
        {
            throw new UsageException(
                e.Message, e is RemoteException ? ExitCode.TargetNotAvailable : ExitCode.Usage);
        }
    }

    private static TargetChoice OfRecording(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UsageException($"there is no recording '{path}'");
        }

        // A damaged recording is found before the first scenario, and not by what the scenario makes of it.
        var targets = new ConcurrentDictionary<string, RecordedTarget>(StringComparer.Ordinal);
        if (File.Exists(path)) Opened(path);
        return new TargetChoice
        {
            Name = "recorded:" + path,
            Make = use => SessionFiles.Find(path, use.Title) is { } file
                ? Opened(file)
                : new MissingRecording(path, use.Title),
        };

        RecordedTarget Opened(string file) => targets.GetOrAdd(file, _ =>
        {
            SessionFile.Check(file);
            return RecordedTarget.Open(file);
        });
    }

    /// <summary>What --allow and --upstream say.</summary>
    /// <exception cref="UsageException">One of them is no host, or no pair of places.</exception>
    public static LiveNetworkOptions LiveOptions(IReadOnlyList<string> allowed, IReadOnlyList<string> upstreams)
    {
        try
        {
            return new LiveNetworkOptions
            {
                Allowed = allowed.Count > 0 ? AllowedHosts.Of(allowed) : AllowedHosts.All,
                Upstreams = [.. upstreams.Select(Upstream.Parse)],
            };
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
