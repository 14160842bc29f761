using System.CommandLine;
using System.Globalization;

namespace AirHil.Cli.Targets;

/// <summary>How many times faster than real time something goes: --speed, 1 if left out.</summary>
internal static class SpeedOption
{
    private const double Least = 0.01;
    private const double Most = 1000;

    public static Option<double> Create(string description) => new("--speed")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed)
                && speed is >= Least and <= Most)
            {
                return speed;
            }

            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"--speed: '{text}' is not a number from {Least} to {Most}"));
            return 1;
        },
    };
}
