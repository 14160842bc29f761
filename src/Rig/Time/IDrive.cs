namespace AirHil.Rig.Time;

/// <summary>Lets a run's time pass: by jumps in virtual time, by waiting on the wall clock.</summary>
public interface IDrive : IAsyncDisposable
{
    /// <summary>The run's time.</summary>
    TimeSpan Now { get; }

    /// <summary>How many messages have been worked off; the same in every run that is repeated exactly.</summary>
    long Steps { get; }

    /// <summary>The time that actors see; on the wall clock it may lag behind <see cref="Now"/>.</summary>
    TimeSpan ActorsNow { get; }

    /// <summary>The calling thread is about to tell actors something.</summary>
    void Enter();

    /// <summary>Something is done now, and not at a time that was set before: lets actors see that time.</summary>
    void CatchUp();

    /// <summary>
    /// Gives what was told the chance to take effect without time passing (virtual time: completely).
    /// </summary>
    ValueTask Settle();

    /// <summary>
    /// Lets time pass until the condition holds (null: never) or the run's time is <paramref name="until"/>.
    /// </summary>
    /// <returns>Whether the condition holds.</returns>
    ValueTask<bool> AdvanceUntil(Func<bool>? condition, TimeSpan until);
}
