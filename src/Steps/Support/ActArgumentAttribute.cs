using AirHil.Modem.Acts;

namespace AirHil.Steps.Support;

/// <summary>The last argument is the phrase of an act.</summary>
internal sealed class ActArgumentAttribute : CheckedArgumentAttribute
{
    public override string? WhyWrong(IReadOnlyList<string> arguments, string featureFolder)
    {
        try
        {
            ActPhrase.Parse(arguments[^1], seed: 0);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    public override string? Needs(IReadOnlyList<string> arguments) => ActPhrase.Parse(arguments[^1], seed: 0).Needs;
}
