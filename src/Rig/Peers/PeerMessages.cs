using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Peers;

/// <summary>What can happen to a peer.</summary>
internal abstract record PeerInput
{
    private PeerInput()
    {
    }

    /// <summary>The module sent bytes.</summary>
    public sealed record Received(ReadOnlyMemory<byte> Bytes) : PeerInput;

    /// <summary>The module does something else with a pin.</summary>
    public sealed record PinChanged(int Pin, PinDrive Drive) : PeerInput;
}

/// <summary>What a peer does.</summary>
internal abstract record PeerOutput
{
    private PeerOutput()
    {
    }

    /// <summary>Bytes to the module, back to back.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Bytes) : PeerOutput;

    /// <summary>It holds a pin of the module, or releases it.</summary>
    public sealed record Hold(int Pin, PinHold Level) : PeerOutput;

    public sealed record Recorded(SessionEvent Event) : PeerOutput;
}
