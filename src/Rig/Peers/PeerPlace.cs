using System.Globalization;
using System.Text.Json.Serialization;

namespace AirHil.Rig.Peers;

/// <summary>Where a peer is connected to the module.</summary>
[JsonDerivedType(typeof(Uart), "uart")]
public abstract record PeerPlace
{
    private PeerPlace()
    {
    }

    /// <summary>A serial line.</summary>
    /// <param name="Port">0 to 63; 32 is the USB virtual UART.</param>
    public sealed record Uart(int Port) : PeerPlace
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"UART {Port}");
    }
}
