namespace AirHil.VirtualModem.Network;

/// <summary>
/// Numbers of connections, queries and sockets; they go on over resets, so that a late event meets nobody.
/// </summary>
internal sealed class AirCounters
{
    private int _connections;
    private int _queries;
    private int _sockets;

    public int NextConnection() => ++_connections;

    public int NextQuery() => ++_queries;

    public int NextSocket() => ++_sockets;
}
