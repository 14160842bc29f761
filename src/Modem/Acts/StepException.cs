namespace AirHil.Modem.Acts;

/// <summary>A step that cannot be done, or a check that fails. The message is for the author of the feature.</summary>
/// <param name="message">What is wrong and, where that helps, what to do.</param>
public sealed class StepException(string message) : InvalidOperationException(message);
