using System.Net;
using System.Net.Sockets;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;

namespace AirHil.Live.Network;

/// <summary>A modem's end of a TCP connection into the real world.</summary>
internal sealed class ModemLink(int id, ModemAir air, int modemConnection, string host, int port, TimeSpan openedAt)
{
    public int Id { get; } = id;

    public ModemAir Air { get; } = air;

    /// <summary>The number by which the modem knows it.</summary>
    public int ModemConnection { get; } = modemConnection;

    /// <summary>By name, where the modem asked for one.</summary>
    public string Host { get; } = host;

    public TimeSpan OpenedAt { get; } = openedAt;

    /// <summary>What session events say of it.</summary>
    public Connection Label { get; } = new(id, host, port);

    /// <summary>Where it goes; null: nowhere, a SYN is answered by RST.</summary>
    public IPEndPoint? Target { get; init; }

    public required LivePath Path { get; init; }

    /// <summary>
    /// Our own end of a connection to the edge of this run, by which the edge knows it again; null for others.
    /// </summary>
    public IPEndPoint? Source { get; set; }

    /// <summary>A connect of the operating system is under way.</summary>
    public bool IsTrying { get; set; }

    /// <summary>The answer to the SYN, while the way back is blocked.</summary>
    public (Socket? Opened, SocketError Error)? Answer { get; set; }

    /// <summary>Stops a connect.</summary>
    public CancellationTokenSource Trying { get; } = new();

    /// <summary>Once it is established.</summary>
    public LiveConnection? Connection { get; set; }

    public bool IsOpen => Connection is not null;

    /// <summary>The modem's end is closed or forgotten: nothing reaches the modem on it any more.</summary>
    public bool IsModemGone { get; set; }

    /// <summary>The peer is gone and the modem could not be told: the next bytes that get through tell it.</summary>
    public bool IsPeerGone { get; set; }

    /// <summary>Bytes were sent to a peer that is gone while the way was blocked.</summary>
    public bool HasSentToNobody { get; set; }

    /// <summary>The modem was told that the peer has closed.</summary>
    public bool IsModemTold { get; set; }
}
