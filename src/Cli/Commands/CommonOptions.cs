using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using AirHil.Cli.Usage;
using AirHil.Modem.Units;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Functions that a script may call although the model does not have them.</summary>
    public static Option<string[]> AllowUnmodelled() => new("--allow-unmodelled")
    {
        Description = "Functions that the script may call although the virtual module does not have them, with " +
            "commas between: gpio.setup,pm.request; or all. The result lists the calls.",
        HelpName = "NAME,…",
    };

    /// <summary>The names of <see cref="AllowUnmodelled"/>.</summary>
    public static string[] Names(ParseResult parsed, Option<string[]> option) =>
    [
        .. (parsed.GetValue(option) ?? []).SelectMany(names => names.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    public static Option<string[]> Libraries() => new("--lib")
    {
        Description = "A folder of script libraries, as Luatools' default libraries: those that the script requires " +
            "and does not bring are added; any number of times. AIRHIL_LIB holds more.",
        HelpName = "DIR",
    };

    public static Option<ulong> Seed() =>
        Number("--seed", "N", "Every random choice of the run derives from it.", 1UL, 0UL, ulong.MaxValue);

    public static Option<int> Bits() => new("--bits")
    {
        Description = "Lua numbers: 32 is the module as it is delivered, 64 a cloud-compiled image.",
        HelpName = "32|64",
        DefaultValueFactory = _ => 32,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is not ("32" or "64")) result.AddError($"--bits: '{text}' is neither 32 nor 64");
            return text == "64" ? 64 : 32;
        },
    };

    public static Option<int> Jobs(string description) => Number("-j", "N", description, 0, 0, 1024);

    /// <summary>text or json.</summary>
    public static Option<string> Format(string description) => new("--format")
    {
        Description = description,
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    /// <summary>Whether <see cref="Format"/> is json.</summary>
    /// <exception cref="UsageException">It is neither text nor json.</exception>
    public static bool IsJson(string format) => format switch
    {
        "text" => false,
        "json" => true,
        _ => throw new UsageException($"--format: '{format}' is neither text nor json"),
    };

    public static Option<string?> Coverage() => new("--coverage")
    {
        Description = "Write which lines of the scripts were executed, and how often, as lcov.",
        HelpName = "FILE",
    };

    public static Option<DateTimeOffset?> Start() => new("--start")
    {
        Description = "The world's date at power-on, such as 2024-10-12 or 2024-10-12T21:29:48; the module's " +
            "zone, UTC+8, if none is given.",
        HelpName = "DATE",
        CustomParser = ParseDate,
    };

    public static Option<string?> Record() => new("--record")
    {
        Description = "Record sessions into this folder, a file each.",
        HelpName = "DIR",
    };

    public static Option<bool> Mask() => new("--mask")
    {
        Description = "Recordings hide tokens, IMEI and ICCID behind pseudonyms.",
    };

    public static Option<int?> Watch() => new("--watch")
    {
        Description = "Serve the timeline on 127.0.0.1 during the run, at this port or at a free one.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The port of --watch, 0 for a free one; null where it was not given.</summary>
    /// <exception cref="UsageException">It is no port.</exception>
    public static int? PortOf(ParseResult parsed, Option<int?> watch)
    {
        if (parsed.GetResult(watch) is null) return null;
        var port = parsed.GetValue(watch) ?? 0;
        return port is >= 0 and <= 65_535
            ? port
            : throw new UsageException($"--watch: {port} is no port; a port is a number from 0 to 65535");
    }

    /// <summary>A duration; null where it was left out, so that --help can write the default as people do.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result => ParseDuration(name, result),
    };

    /// <summary>A whole number within bounds.</summary>
    public static Option<T> Number<T>(string name, string helpName, string description, T otherwise, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: '{text}' is not a whole number from {least} to {most}"));
                return otherwise;
            },
        };

    private static TimeSpan? ParseDuration(string name, ArgumentResult result)
    {
        try
        {
            return DurationText.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"{name}: {e.Message}");
            return null;
        }
    }

    private static DateTimeOffset? ParseDate(ArgumentResult result)
    {
        try
        {
            return WorldDate.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"--start: {e.Message}");
            return null;
        }
    }
}
