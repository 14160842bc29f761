namespace AirHil.Rig.Time;

/// <summary>What a run on the wall clock offers to the threads behind an <see cref="ILiveMachine"/>.</summary>
public interface ILiveRun
{
    /// <summary>The run's time; may be asked by any thread.</summary>
    TimeSpan Now { get; }

    /// <summary>How many seconds of the run pass in one second of the wall clock.</summary>
    double Speed { get; }

    /// <summary>
    /// Has this done on the world's thread with the world's time, and takes the machine's outputs behind it. What one
    /// thread posts is done in that order; what it throws ends the run. Any thread may call it, at any time. It does
    /// not wait. After the run's end it does nothing, so what must be given back then is kept by the caller.
    /// </summary>
    void Post(Action<TimeSpan> happened);
}
