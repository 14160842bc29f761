namespace AirHil.Gherkin.Expressions;

/// <summary>An expression that cannot be read; the message says why and what to write.</summary>
public sealed class ExpressionException(string message) : Exception(message);
