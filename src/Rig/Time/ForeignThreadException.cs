namespace AirHil.Rig.Time;

/// <summary>
/// A thread other than the world's own told an actor something: the order of messages is a race, and the run cannot be
/// repeated. The usual causes are Task.Run, PipeTo, Ask and awaits without the run's clock.
/// </summary>
/// <param name="message">The message's type and the stack of the thread.</param>
public sealed class ForeignThreadException(string message) : Exception("a foreign thread told an actor: " + message);
