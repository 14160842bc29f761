using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Every random choice of the run derives from it.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Option<int> Bits()
    {
        var option = new Option<int>("--bits")
        {
            Description = "Lua numbers: 32 is the module as it is delivered, 64 a cloud-compiled image.",
            HelpName = "32|64",
            DefaultValueFactory = _ => 32,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (32 or 64)) result.AddError("--bits takes 32 or 64");
        });
        return option;
    }

    public static Option<DateTimeOffset?> Start() => new("--start")
    {
        Description = "The world's date at power-on, such as 2024-10-12 or 2024-10-12T21:29:48; the module's zone, UTC+8, if none is given.",
        HelpName = "DATE",
        CustomParser = ParseDate,
    };

    public static Option<TimeSpan> Duration(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result => ParseDuration(name, result),
        DefaultValueFactory = _ => otherwise,
    };

    private static TimeSpan ParseDuration(string name, ArgumentResult result)
    {
        try
        {
            return DurationText.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"{name}: {e.Message}");
            return default;
        }
    }

    private static DateTimeOffset? ParseDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var zoned = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (zoned && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)) return exact;
        if (!zoned && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.FromHours(8));
        }

        result.AddError($"--start: '{text}' is not a date; write it as 2024-10-12 or 2024-10-12T21:29:48");
        return null;
    }
}
