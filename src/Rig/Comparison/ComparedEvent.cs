using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>An event with its place and what it is aligned by.</summary>
/// <param name="Index">Its place in its session.</param>
/// <param name="Key">Over all that must be equal; equal keys are equal events.</param>
internal readonly record struct ComparedEvent(long Index, SessionEvent Event, UInt128 Key);
