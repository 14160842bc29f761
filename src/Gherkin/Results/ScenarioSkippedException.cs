namespace AirHil.Gherkin.Results;

/// <summary>Thrown by a hook or a step to end its scenario as skipped, with the reason.</summary>
internal sealed class ScenarioSkippedException(string reason) : Exception(reason);
