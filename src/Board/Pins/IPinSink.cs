namespace AirHil.Board.Pins;

/// <summary>Hears what a driver sees of pins. Any thread may tell it.</summary>
internal interface IPinSink
{
    /// <summary>The pin has this level.</summary>
    /// <param name="at">Since when, in the run's time; null: just now.</param>
    void Seen(int pin, bool isHigh, TimeSpan? at = null);

    /// <summary>From now on nothing is seen any more.</summary>
    void Failed(PinException problem);
}
