namespace AirHil.Gherkin.Bindings;

/// <summary>A step library cannot be used; the message says which one, why, and what to do.</summary>
public sealed class StepLibraryException(string message) : Exception(message);
