namespace AirHil.Rig.Time;

/// <summary>
/// A machine with the outside world behind it: what it does may come when it comes, from other threads. It is driven as
/// any machine is; besides, it rings when there is something to take.
/// </summary>
public interface ILiveMachine : IAsyncDisposable
{
    /// <summary>Called once, before anything else.</summary>
    void Attach(ILiveRun run);
}
