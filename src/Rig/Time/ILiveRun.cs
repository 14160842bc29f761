namespace AirHil.Rig.Time;

/// <summary>What a run on the wall clock offers to the threads behind an <see cref="ILiveMachine"/>.</summary>
public interface ILiveRun
{
    /// <summary>The run's time; may be asked by any thread.</summary>
    TimeSpan Now { get; }

    /// <summary>How many seconds of the run pass in one second of the wall clock.</summary>
    double Speed { get; }

    /// <summary>
    /// Sees to it that the machine's outputs are taken soon. Any thread may call it, at any time, also after the run
    /// has ended, when it does nothing.
    /// </summary>
    void Ring();
}
