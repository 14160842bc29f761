namespace AirHil.Gherkin.Results;

/// <summary>Thrown by a hook or a step to end its scenario as skipped, with the reason.</summary>
public sealed class ScenarioSkippedException(string reason) : Exception(reason);
