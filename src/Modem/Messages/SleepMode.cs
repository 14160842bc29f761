namespace AirHil.Modem.Messages;

/// <summary>How deeply a module sleeps (hardware reference §8.5).</summary>
public enum SleepMode
{
    /// <summary>It does not.</summary>
    Awake,

    /// <summary>SLEEP1: memory is kept, and the script goes on after the wake-up.</summary>
    Light,

    /// <summary>SLEEP2: the script starts again at the wake-up.</summary>
    Deep,

    /// <summary>HIBERNATE: the script starts again at the wake-up.</summary>
    Hibernate,
}
