using System.CommandLine;
using System.Text.RegularExpressions;
using AirHil.Cli.Orders;
using AirHil.Cli.Usage;
using AirHil.Modem.Units;

namespace AirHil.Cli.Commands;

/// <summary>The options of `replay` and `compare` that say what counts as a difference.</summary>
internal sealed class ComparisonArguments
{
    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "How much the time since the previous event may differ: 20ms. Between two virtual sessions the " +
            "default is 0, otherwise 50ms and 10 %.",
        HelpName = "DURATION",
    };

    private readonly Option<string?> _relative = new("--relative")
    {
        Description = "The same as a share of that time: 5%. If both are given, the larger one counts.",
        HelpName = "PERCENT",
    };

    private readonly Option<bool> _identity = new("--ignore-identity")
    {
        Description = "Ignore IMEI, ICCID, dates, and memory in use.",
    };

    private readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "Ignore what matches this regular expression in texts and bytes; any number of times.",
        HelpName = "REGEX",
    };

    private readonly Option<string?> _without = new("--without")
    {
        Description = "Lanes that are not compared: rig, power, log, uart, pin, net, service, script.",
        HelpName = "LANES",
    };

    private readonly Option<string> _format = CommonOptions.Format("text, or json: one object.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_tolerance, _relative, _identity, _ignore, _without, _format];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">A word is not one of those that an option takes.</exception>
    public ComparisonOrder Read(ParseResult parsed) => new()
    {
        Tolerance = ToleranceOf(parsed.GetValue(_tolerance), parsed.GetValue(_relative)),
        IgnoreIdentity = parsed.GetValue(_identity),
        WithoutTexts = [.. (parsed.GetValue(_ignore) ?? []).Select(Pattern)],
        WithoutLanes = LaneList.Parse(
            "--without", parsed.GetValue(_without), "rig", "power", "log", "uart", "pin", "bus", "net", "service",
            "script"),
        Json = CommonOptions.IsJson(parsed.GetValue(_format)!),
    };

    private static Tolerance? ToleranceOf(string? absolute, string? relative)
    {
        if (absolute is null && relative is null) return null;
        try
        {
            return new Tolerance(
                absolute is null ? TimeSpan.Zero : DurationText.Parse(absolute),
                relative is null ? 0 : Tolerance.Share(relative));
        }
        catch (FormatException e)
        {
            throw new UsageException($"{(absolute is null ? "--relative" : "--tolerance")}: {e.Message}");
        }
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--ignore '{text}': {e.Message}");
        }
    }
}
