using AirHil.Rig.World;

namespace AirHil.Rig.Actors;

/// <summary>What a <see cref="WorldActor"/> understands.</summary>
internal abstract record WorldMessage
{
    private WorldMessage()
    {
    }

    /// <summary>The world to host: nobody else may touch it but between two advances.</summary>
    internal sealed record Host(Loop Loop) : WorldMessage;

    /// <summary>Lets time pass until the condition holds (null: never) or the world's time is then.</summary>
    /// <param name="Done">Told which of them it was, or why the world ended.</param>
    internal sealed record Advance(Func<bool>? Condition, TimeSpan Until, TaskCompletionSource<bool> Done)
        : WorldMessage;

    /// <summary>A message to something of the world.</summary>
    /// <param name="At">When it shall come, behind all that has such a time already; null: at once.</param>
    internal sealed record Deliver(IReceiver To, object Message, TimeSpan? At = null) : WorldMessage;

    /// <summary>The next timer of the world is due.</summary>
    internal sealed record Due : WorldMessage;
}
