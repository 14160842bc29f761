namespace AirHil.Rig.Network;

/// <summary>Connections by the numbers that their modems know them by.</summary>
/// <typeparam name="T">A connection.</typeparam>
public sealed class ModemConnections<T>
    where T : class
{
    private readonly Dictionary<(string Modem, int Number), T> _all = [];

    /// <returns>Null: the modem has no such connection.</returns>
    public T? Find(string modem, int number) => _all.GetValueOrDefault((modem, number));

    /// <exception cref="ArgumentException">The modem has a connection of that number.</exception>
    public void ThrowIfTaken(string modem, int number)
    {
        if (_all.ContainsKey((modem, number)))
        {
            throw new ArgumentException($"Modem {modem} opens connection {number} twice", nameof(number));
        }
    }

    public void Add(string modem, int number, T connection) => _all.Add((modem, number), connection);

    /// <summary>The modem knows it no more. A later connection of the same number stays.</summary>
    public void Remove(string modem, int number, T connection)
    {
        if (ReferenceEquals(Find(modem, number), connection)) _all.Remove((modem, number));
    }
}
