namespace AirHil.Rig.Time;

/// <summary>Lets a run's time pass: by jumps in virtual time, by waiting on the wall clock.</summary>
public interface IDrive : IAsyncDisposable
{
    /// <summary>The run's time.</summary>
    TimeSpan Now { get; }

    /// <summary>The calling thread is about to tell actors something.</summary>
    void Enter();

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
