namespace AirHil.Rig.Service;

/// <summary>
/// All that one protocol serves at one host: its endpoints, and what is remembered beyond a connection.
/// </summary>
internal abstract class ServiceSite(ServiceSide side)
{
    private readonly List<Endpoint> _endpoints = [];
    private readonly Dictionary<ServiceUrl, ServiceScript> _scripts = [];

    public IReadOnlyList<Endpoint> Endpoints => _endpoints;

    /// <summary>Ports beside those of its endpoints where the site listens, for connections of its own.</summary>
    public virtual IReadOnlyList<int> MorePorts => [];

    protected ServiceSide Side => side;

    /// <summary>An endpoint is there, in the place of one with the same URL.</summary>
    public virtual void Add(Endpoint endpoint)
    {
        var place = _endpoints.FindIndex(e => e.Url == endpoint.Url);
        var old = place < 0 ? null : _endpoints[place];
        if (place < 0) _endpoints.Add(endpoint);
        else _endpoints[place] = endpoint;
        if (old is not null) Replaced(old, endpoint);
        if (_scripts.Remove(endpoint.Url, out var script)) script.IsOver = true;
        if (endpoint.Behavior is not ScriptedService scripted) return;
        _scripts[endpoint.Url] = script = Open(scripted, endpoint.Url);
        script.Start();
    }

    /// <summary>The script that plays an endpoint; null: none does.</summary>
    public ServiceScript? ScriptOf(Endpoint? endpoint) =>
        endpoint is null ? null : _scripts.GetValueOrDefault(endpoint.Url);

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

    /// <summary>Makes what runs a script.</summary>
    protected virtual ServiceScript Open(ScriptedService scripted, ServiceUrl url) => new(side, scripted.Script, url);

    private void Replaced(Endpoint old, Endpoint endpoint)
    {
        foreach (var connection in side.Connections)
        {
            if (connection.Session is not { } session || !ReferenceEquals(session.Endpoint, old)) continue;
            session.Endpoint = endpoint;
        }
    }
}
