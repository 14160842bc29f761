using AirHil.Modem.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>Something awaited did not come, came at the wrong time, or came though it must not.</summary>
/// <param name="message">The whole report: what, when, what was seen instead, and the likely cause.</param>
public sealed class ExpectationException(string message) : Exception(message)
{
    /// <summary>What was awaited, in words.</summary>
    public required string Awaited { get; init; }

    /// <summary>The run's time when it was given up.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The events around, oldest first.</summary>
    public required IReadOnlyList<SessionEvent> Around { get; init; }

    /// <summary>The likely cause, where one can be told; null otherwise.</summary>
    public string? Hint { get; init; }
}
