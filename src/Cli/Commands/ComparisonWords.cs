using System.CommandLine;
using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Comparison;
using AirHil.Rig.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Cli.Commands;

/// <summary>What `replay` and `compare` share: options, defaults, and how the result is told.</summary>
internal static class ComparisonWords
{
    /// <summary>
    /// What two runs of a real module differ by: the radio, the host's scheduling, the USB's packets.
    /// </summary>
    private static readonly Tolerance Usual = new(TimeSpan.FromMilliseconds(50), 0.10);

    public static Option<string?> Tolerance() => new("--tolerance")
    {
        Description = "How much the time since the event before may differ: 20ms. Between two sessions of virtual " +
            "time the default is none, else 50ms and 10 %.",
        HelpName = "DURATION",
    };

    public static Option<string?> Relative() => new("--relative")
    {
        Description = "The same as a share of that time: 5%. Where both are given, the wider counts.",
        HelpName = "PERCENT",
    };

    public static Option<string> Format() => new("--format")
    {
        Description = "text or json.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public static bool IsJson(string format) => format switch
    {
        "text" => false,
        "json" => true,
        _ => throw new UsageException($"--format: '{format}' is neither text nor json"),
    };

    /// <summary>The tolerance that was asked for; null: none was named.</summary>
    public static Tolerance? Read(string? absolute, string? relative)
    {
        if (absolute is null && relative is null) return null;
        try
        {
            return new Tolerance(
                absolute is null ? TimeSpan.Zero : DurationText.Parse(absolute),
                relative is null ? 0 : Percent(relative));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{(absolute is null ? "--relative" : "--tolerance")}: {e.Message}");
        }
    }

    /// <param name="right">Null: a virtual session.</param>
    public static ComparisonOptions OptionsFor(SessionHeader left, SessionHeader? right, Tolerance? asked)
    {
        var bothVirtual = left.Clock == RigClock.Virtual && right?.Clock is null or RigClock.Virtual;
        return new ComparisonOptions
        {
            Tolerance = asked ?? (bothVirtual ? Modem.Units.Tolerance.None : Usual),
            Ordered = bothVirtual,
            SkipMissingLanes = !bothVirtual,
        };
    }

    public static IReadOnlyCollection<SessionLane> Lanes(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => name switch
            {
                "rig" => SessionLane.Rig,
                "power" => SessionLane.Power,
                "log" => SessionLane.Log,
                "uart" => SessionLane.Uart,
                "net" => SessionLane.Network,
                "service" => SessionLane.Service,
                _ => throw new UsageException(
                    $"--without: '{name}' is none of rig, power, log, uart, net, service"),
            }),
    ];

    /// <returns>The command's exit code.</returns>
    public static int Tell(ComparisonResult result, string left, string right, bool json)
    {
        if (json) ComparisonJson.Write(Console.OpenStandardOutput(), result, left, right);
        else Console.Write(ComparisonText.Write(result, left, right));
        return result.Equal ? ExitCode.Passed : ExitCode.Failed;
    }

    private static double Percent(string text)
    {
        var number = text.Trim().TrimEnd('%').Trim();
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent / 100
            : throw new FormatException($"'{text}' is not a percentage; write 5%");
    }
}
