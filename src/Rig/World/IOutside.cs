using AirHil.Rig.Time;

namespace AirHil.Rig.World;

/// <summary>What is around a world on the wall clock: the clock, and the one way in for other threads.</summary>
internal interface IOutside
{
    WallClock Clock { get; }

    /// <summary>Gives something of the world a message. Any thread may call it, also after the world's end.</summary>
    void Deliver(IReceiver to, object message);
}
