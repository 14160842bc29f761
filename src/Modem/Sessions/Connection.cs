using System.Globalization;

namespace AirHil.Modem.Sessions;

/// <summary>One connection, or one socket of datagrams, as events of network and service name it.</summary>
/// <param name="Number">Unique in the network's life for TCP; for datagrams the socket's number.</param>
/// <param name="Host">By name, or by address where it has no name; "" where no host has the address.</param>
/// <param name="Port">Of the host.</param>
public sealed record Connection(int Number, string Host, int Port)
{
    /// <summary>As people read it: "#7 example.test:443".</summary>
    public string Label =>
        string.Create(CultureInfo.InvariantCulture, $"#{Number} {(Host.Length == 0 ? "nowhere" : Host)}:{Port}");

    /// <summary>The host and its port.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    public override string ToString() => Label;
}
