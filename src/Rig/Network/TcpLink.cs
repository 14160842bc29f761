using AirHil.Modem.Sessions;

namespace AirHil.Rig.Network;

/// <summary>One TCP connection between a modem and a host, both ends of it.</summary>
internal sealed class TcpLink
{
    public TcpLink(int id, ModemAir air, int modemConnection, string? host, int port, NetworkProfile profile,
        TimeSpan openedAt)
    {
        Id = id;
        Air = air;
        ModemConnection = modemConnection;
        Host = host ?? "";
        Port = port;
        OpenedAt = openedAt;
        Label = new Connection(id, Host, port);
        Up = new TcpStream(this, true, profile.Module);
        Down = new TcpStream(this, false, profile.Server);
    }

    public int Id { get; }

    public ModemAir Air { get; }

    /// <summary>The number by which the modem knows it.</summary>
    public int ModemConnection { get; }

    /// <summary>"" where no host has the address.</summary>
    public string Host { get; }

    public int Port { get; }

    public TimeSpan OpenedAt { get; }

    /// <summary>What session events say of it.</summary>
    public Connection Label { get; }

    public TcpStream Up { get; }

    public TcpStream Down { get; }

    /// <summary>A client of the rig opened it, not the module.</summary>
    public bool IsClient { get; init; }

    /// <summary>What that client has sent before it was connected.</summary>
    public List<ReadOnlyMemory<byte>> Early { get; } = [];

    /// <summary>The handshake of TCP is over.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The service knows it.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Its TLS handshake succeeded.</summary>
    public bool IsSecured { get; set; }

    /// <summary>The modem's end is closed or forgotten: nothing reaches the modem on it any more.</summary>
    public bool IsModemGone { get; set; }

    /// <summary>The modem was told that the peer has closed.</summary>
    public bool IsModemTold { get; set; }

    /// <summary>The service's end is closed or forgotten: what arrives there is answered by RST.</summary>
    public bool IsServiceGone { get; set; }

    public bool IsOver => IsModemGone && IsServiceGone && Up.Waiting.Count == 0 && Down.Waiting.Count == 0;
}
