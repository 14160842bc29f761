namespace AirHil.Rig.World;

/// <summary>Something of a world that takes messages, one at a time.</summary>
internal interface IReceiver
{
    Queue<object> Inbox { get; }

    void Receive(object message, TimeSpan now);
}
