namespace AirHil.Gherkin.Results;

/// <summary>Hooks after the scenarios failed; the message has the text of each error.</summary>
public sealed class HooksFailedException(string message, IReadOnlyList<Exception> errors)
    : AggregateException(message, errors)
{
    public override string Message { get; } = message;
}
