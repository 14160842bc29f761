using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>An event with its place and what it is aligned by.</summary>
/// <param name="Index">Its place in its session.</param>
/// <param name="Key">Over all that must be equal; equal keys are equal events.</param>
/// <param name="Begin">When the session's module first got power; before that, zero.</param>
/// <param name="LastAct">When the rig last acted before it.</param>
/// <param name="IsAct">Whether it is an act of the rig itself.</param>
internal readonly record struct ComparedEvent(
    long Index, SessionEvent Event, UInt128 Key, TimeSpan Begin, TimeSpan LastAct, bool IsAct);
