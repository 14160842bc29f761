namespace AirHil.Rig.Time;

/// <summary>
/// A machine with the outside world behind it: what it does may come when it comes, from other threads. It is driven as
/// any machine is; besides, those threads post to its run what happens to it.
/// </summary>
public interface ILiveMachine : IAsyncDisposable
{
    /// <summary>Called once, before anything else.</summary>
    void Attach(ILiveRun run);
}
