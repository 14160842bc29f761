using AirHil.Modem.Sessions;

namespace AirHil.Rig.Properties;

/// <summary>
/// What came last on a connection or, before its first text, on the one before it. TCP may bring what waited on a
/// closed connection behind what came on a newer one; only on one connection is there an order.
/// </summary>
internal sealed class LastOfConnections<T>
    where T : class
{
    private const int Most = 16;
    private readonly List<(int Connection, T Last)> _all = [];

    /// <summary>Gives what was last and takes what comes now.</summary>
    /// <param name="by">What it came by; without a connection there is one order for all.</param>
    public T? Next(SessionEvent by, T now)
    {
        var connection = by is IConnected { Connection.Number: var number } ? number : 0;
        var place = _all.FindLastIndex(one => one.Connection <= connection);
        var last = place < 0 ? null : _all[place].Last;
        if (place >= 0 && _all[place].Connection == connection) _all[place] = (connection, now);
        else _all.Insert(place + 1, (connection, now));
        if (_all.Count > Most) _all.RemoveAt(0);
        return last;
    }
}
