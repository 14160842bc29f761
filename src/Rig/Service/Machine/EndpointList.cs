using AirHil.Modem.Acts;

namespace AirHil.Rig.Service.Machine;

/// <summary>The endpoints of a run, in the order in which they came, and what can be sent to them.</summary>
internal sealed class EndpointList
{
    /// <summary>Services of one run; each new one is compared with all others.</summary>
    private const int Most = 1000;

    private readonly List<Endpoint> _all = [];

    /// <summary>Adds an endpoint, or puts it into the place of one with its URL.</summary>
    /// <exception cref="StepException">Its behaviour is of another protocol, its port is taken, or there are too
    /// many.</exception>
    public void Add(Endpoint endpoint)
    {
        var url = endpoint.Url;
        var protocol = ProtocolTable.Of(url.Scheme);
        if (!(endpoint.Behavior is ScriptedService ? protocol.RunsScripts : protocol.Takes(endpoint.Behavior)))
        {
            throw new StepException(
                $"{url} cannot behave as {endpoint.Behavior.GetType().Name}, which is of another protocol; its " +
                $"forms are {protocol.Forms}");
        }

        foreach (var other in _all)
        {
            if (other.Url.Host == url.Host && other.Url.Port == url.Port && other.Url.Scheme != url.Scheme
                && !AreOfTheWeb(other.Url, url)
                && (other.Url.Transport == ServiceTransport.Udp) == (url.Transport == ServiceTransport.Udp))
            {
                throw new StepException($"{url} and {other.Url} cannot share a port");
            }
        }

        var place = _all.FindIndex(e => e.Url == url);
        if (place < 0 && _all.Count == Most) throw new StepException($"a run has {Most} services at most");
        if (place < 0) _all.Add(endpoint);
        else _all[place] = endpoint;
    }

    /// <summary>Somebody listens at this place already.</summary>
    public bool Listens(ServiceUrl url) => _all.Exists(
        e => e.Url.Host == url.Host && e.Url.Port == url.Port && e.Url.Transport == url.Transport);

    /// <summary>The endpoints that a client meets there.</summary>
    public IEnumerable<Endpoint> At(string host, int port, bool isUdp) => _all.Where(e => e.Url.Host == host
        && e.Url.Port == port && (e.Url.Transport == ServiceTransport.Udp) == isUdp);

    /// <summary>The endpoint that a URL of the rig names.</summary>
    /// <param name="url">Its path is left out of account where the protocol has no paths.</param>
    /// <exception cref="FormatException">The text is no URL of a service.</exception>
    /// <exception cref="StepException">There is none; the message names those that there are.</exception>
    public (ServiceUrl Url, Endpoint Endpoint) Named(string url)
    {
        var target = ServiceUrl.Parse(url);
        var found = _all.Find(e => target.HasPath ? e.Url == target : e.Url == target with { Path = e.Url.Path });
        return found is not null
            ? (target, found)
            : throw new StepException($"there is no service at {target}; there are {string.Join(
                ", ", _all.Select(e => e.Url))}");
    }

    /// <summary>The endpoint to which the rig sends a message.</summary>
    /// <inheritdoc cref="Named"/>
    /// <exception cref="StepException">There is none, or it takes no such message.</exception>
    public (ServiceUrl Url, Endpoint Endpoint) ForPush(string url)
    {
        var named = Named(url);
        var problem = ProtocolTable.Of(named.Url.Scheme).WhyNoPush(named.Url);
        return problem is null ? named : throw new StepException(problem);
    }

    /// <summary>One is for HTTP and one for WebSockets, and both or none for TLS: these share a port.</summary>
    private static bool AreOfTheWeb(ServiceUrl one, ServiceUrl other) =>
        (one.Scheme, other.Scheme) is ("http", "ws") or ("ws", "http") or ("https", "wss") or ("wss", "https");
}
