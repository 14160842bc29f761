namespace AirHil.Gherkin.Results;

/// <summary>Something around the steps that did not pass: a hook, or the disposal of an object.</summary>
/// <param name="Place">Hook and method, or what was done.</param>
/// <param name="IsBefore">Before the first step.</param>
public sealed record AroundFailure(string Place, CaseStatus Status, Exception Error, bool IsBefore);
