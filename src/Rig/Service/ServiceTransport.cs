namespace AirHil.Rig.Service;

/// <summary>What a port speaks below the application.</summary>
public enum ServiceTransport
{
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,

    Udp,
}
