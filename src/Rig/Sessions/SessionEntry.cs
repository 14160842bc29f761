using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>What one line of a session file holds: an event, or a note that is beside the events.</summary>
/// <param name="Event">Null for notes.</param>
/// <param name="Note">Null for events.</param>
public readonly record struct SessionEntry(SessionEvent? Event, SessionNote? Note);

/// <summary>The closing line of a session file.</summary>
/// <param name="At">The run's time at its end.</param>
/// <param name="Step">The run's <see cref="World.Loop.Steps"/> at its end; 0 where nobody can repeat them.</param>
/// <param name="Events">How many events there are, samples of vitals not counted.</param>
/// <param name="Hash">The rolling hash over them (<see cref="SessionHash"/>), 64 hex digits.</param>
/// <param name="Masked">How many places hold a pseudonym.</param>
public sealed record SessionEnd(TimeSpan At, long Step, long Events, string Hash, long Masked);
