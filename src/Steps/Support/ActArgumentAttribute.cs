using AirHil.Modem.Acts;

namespace AirHil.Steps.Support;

/// <summary>The argument is the phrase of an act.</summary>
internal sealed class ActArgumentAttribute : CheckedArgumentAttribute
{
    public override string? WhyWrong(IReadOnlyList<string> arguments, string featureFolder)
    {
        try
        {
            ActPhrase.Parse(arguments[0], seed: 0);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
