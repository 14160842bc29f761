namespace AirHil.Modem.Acts;

/// <summary>
/// The next event of a kind, and a time behind it: where an act has its place in a run that may shift.
/// </summary>
/// <param name="Kind">As sessions have it: "ws.text.in" (<see cref="Sessions.SessionEvent.Kind"/>).</param>
/// <param name="Delay">From the event on.</param>
public sealed record Anchor(string Kind, TimeSpan Delay);
