namespace AirHil.Rig.Service;

/// <summary>
/// All that one protocol serves at one host: its endpoints, and what is remembered beyond a connection.
/// </summary>
internal abstract class ServiceSite(ServiceSide side)
{
    private readonly List<Endpoint> _endpoints = [];

    public IReadOnlyList<Endpoint> Endpoints => _endpoints;

    protected ServiceSide Side => side;

    /// <summary>An endpoint is there, in the place of one with the same URL.</summary>
    public virtual void Add(Endpoint endpoint)
    {
        var place = _endpoints.FindIndex(e => e.Url == endpoint.Url);
        var old = place < 0 ? null : _endpoints[place];
        if (place < 0) _endpoints.Add(endpoint);
        else _endpoints[place] = endpoint;
        if (old is not null) Replaced(old, endpoint);
    }

    /// <summary>Sends a message of the rig by the protocol's own ways.</summary>
    /// <param name="target">A URL that <see cref="ServiceProtocol.WhyNoPush"/> has nothing against.</param>
    /// <returns>False where it has none: then each connection's session is to send it.</returns>
    public virtual bool Push(ServiceUrl target, ServiceMessage message) => false;

    /// <summary>A client is there.</summary>
    public abstract ServiceSession Accept(ServiceConnection connection);

    /// <summary>A datagram came; its arrival is recorded already.</summary>
    public virtual void Take(ServiceInput.Datagram datagram)
    {
    }

    private void Replaced(Endpoint old, Endpoint endpoint)
    {
        foreach (var connection in side.Connections)
        {
            if (connection.Session is not { } session || !ReferenceEquals(session.Endpoint, old)) continue;
            session.Endpoint = endpoint;
        }
    }
}
