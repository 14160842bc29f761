using AirHil.Modem;
using AirHil.Modem.Pins;

namespace AirHil.Board.Modem;

/// <summary>What a <see cref="BoardMachine"/> wants done.</summary>
internal abstract record BoardAct
{
    private BoardAct()
    {
    }

    /// <summary>Tell the rig.</summary>
    public sealed record Tell(ModemOutput Output) : BoardAct;

    /// <summary>Write to a port; answered by <see cref="BoardInput.NotWritten"/> where that fails.</summary>
    public sealed record Write(int Line, ReadOnlyMemory<byte> Bytes) : BoardAct;

    /// <summary>Switch the supply; answered by <see cref="BoardInput.Switched"/>.</summary>
    public sealed record Switch(bool On) : BoardAct;

    /// <summary>Have a person press the reset button; answered by <see cref="BoardInput.ResetByHand"/>.</summary>
    public sealed record AskForReset : BoardAct;

    /// <summary>Hold a pin, or release it.</summary>
    public sealed record HoldPin(int Pin, PinHold Hold) : BoardAct;

    /// <summary>Tell the level of a pin; answered by <see cref="BoardInput.PinSeen"/>.</summary>
    public sealed record AskPin(int Pin) : BoardAct;
}
