namespace AirHil.Modem;

/// <summary>
/// The shape of every machine in the house (design §5): stimuli and expired deadlines go in with the time, effects and
/// the next deadline come out. It reads no clock, opens no port, starts no thread.
/// </summary>
/// <typeparam name="TInput">What can happen to it.</typeparam>
/// <typeparam name="TOutput">What it does, as data.</typeparam>
public interface ISansIoMachine<in TInput, TOutput>
{
    /// <summary>A stimulus at <paramref name="now"/>, the run's time, which never goes back.</summary>
    void Handle(TInput input, TimeSpan now);

    /// <summary>Performs what is due; safe to call early.</summary>
    void HandleTimeout(TimeSpan now);

    /// <summary>When to call <see cref="HandleTimeout"/> next; null: not before the next stimulus.</summary>
    TimeSpan? NextTimeout { get; }

    /// <summary>
    /// Takes one effect; call until false after every <see cref="Handle"/> and <see cref="HandleTimeout"/>.
    /// </summary>
    bool TryTake(out TOutput output);
}
