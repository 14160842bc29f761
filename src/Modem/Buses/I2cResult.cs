namespace AirHil.Modem.Buses;

/// <summary>How a transaction of I2C ended.</summary>
public enum I2cResult
{
    /// <summary>Everything was acknowledged.</summary>
    Ok,

    /// <summary>The address or a byte was not acknowledged.</summary>
    Nack,

    /// <summary>The clock was held too long.</summary>
    Timeout,
}
