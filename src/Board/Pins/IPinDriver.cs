using AirHil.Modem.Pins;

namespace AirHil.Board.Pins;

/// <summary>The rig's wires to pins of a module, by one kind of hardware. Its calls come one after the other.</summary>
internal interface IPinDriver : IAsyncDisposable
{
    /// <summary>The pins, and what can be done with each.</summary>
    IReadOnlyList<PinWire> Wires { get; }

    /// <summary>
    /// Takes the wires and frees them all. Then it tells the sink the level of each pin that the rig sees, and each
    /// change of that level. It does not tell what the rig itself holds.
    /// </summary>
    /// <exception cref="PinException">They cannot be had.</exception>
    Task OpenAsync(IPinSink sink, CancellationToken cancel);

    /// <summary>Holds a pin, or frees it. Of a pin that is free again it tells the level.</summary>
    /// <exception cref="PinException">It failed.</exception>
    Task HoldAsync(int pin, PinHold hold, CancellationToken cancel);
}
