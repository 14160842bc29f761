using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service;

/// <summary>One connection of a client to the service, whatever it speaks.</summary>
internal sealed class ServiceConnection(int id, string client, string host, int port)
{
    public int Id { get; } = id;

    /// <summary>What session events say of it.</summary>
    public Connection Label { get; } = new(id, host, port);

    /// <summary>The modem behind it.</summary>
    public string Client { get; } = client;

    public int Port { get; } = port;

    /// <summary>The service is done with it: what still arrives is ignored and nothing more is sent.</summary>
    public bool IsGone { get; set; }

    /// <summary>When the last thing that is scheduled goes out; nothing overtakes it.</summary>
    public TimeSpan LastDue { get; set; }

    /// <summary>The bytes that the service counts as held for it.</summary>
    public int CountedBytes { get; set; }

    /// <summary>Who wants to hear that it is not served any more.</summary>
    public Action? Gone { get; set; }

    /// <summary>What speaks on it.</summary>
    public ServiceSession? Session { get; set; }
}
