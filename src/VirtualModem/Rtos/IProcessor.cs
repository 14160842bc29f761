namespace AirHil.VirtualModem.Rtos;

/// <summary>The processor as drivers see it.</summary>
internal interface IProcessor
{
    /// <summary>What Lua has called takes so much more time.</summary>
    void Take(TimeSpan time);

    /// <summary>The routine that suspends next polls its hardware until <see cref="GoOn"/>.</summary>
    void Stall();

    /// <summary>The hardware has done what was waited for.</summary>
    void GoOn();
}
