using System.Net.Sockets;
using System.Net;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Live.Network;

/// <summary>Radio, coverage, faults and names.</summary>
public sealed partial class LiveNetwork
{
    /// <summary>Names that are resolved for one modem at a time; a further query is not answered.</summary>
    private const int QueryLimit = 32;

    /// <summary>Addresses that are remembered with the name they were asked by.</summary>
    private const int NameLimit = 4096;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private void SwitchRadio(LiveAir air, bool isOn)
    {
        air.IsRadioOn = isOn;
        if (isOn)
        {
            air.Life++;
            Abandon(air);
            air.IsCovered = !IsActing<DropCoverage>(air.Modem);
            ToModem(air, new AirEvent.CoverageChanged(air.IsCovered));
        }

        UpdatePaths();
    }

    /// <summary>The module has restarted: it knows none of its earlier connections and sockets.</summary>
    private void Abandon(LiveAir air)
    {
        foreach (var link in _links.Values.Where(l => l.Air == air && !l.IsModemGone).ToArray())
        {
            Record(air, new TcpAbandoned(_now, link.Label));
            Leave(link);
            if (link.Connection is { } connection) connection.Forget();
            else Drop(link);
        }

        foreach (var key in _sockets.Keys.Where(k => k.Modem == air.Modem).ToArray())
        {
            _sockets.Remove(key, out var flow);
            flow!.Socket.Dispose();
        }
    }

    private void Begin(NetworkFault fault, string? modem)
    {
        if (fault is ResetConnections)
        {
            foreach (var link in _links.Values.Where(l => l.IsOpen && IsFor(modem, l.Air.Modem)).ToArray())
            {
                ResetBothEnds(link);
            }

            foreach (var link in _edge.Values.Where(l => !l.IsInside && IsFor(modem, l.Client)).ToArray())
            {
                Record(link.Client, new TcpReset(_now, link.Label));
                ResetEdge(link);
            }

            return;
        }

        _faults.Add((fault, modem));
        Update();
        if (fault is not RefuseConnections down) return;
        foreach (var link in _links.Values
            .Where(l => l.IsOpen && IsFor(modem, l.Air.Modem) && IsFor(down.Host, l.Host)).ToArray())
        {
            link.Connection!.Reset();
            TellClosedOrLater(link);
        }

        foreach (var link in _edge.Values
            .Where(l => !l.IsInside && IsFor(modem, l.Client) && IsFor(down.Host, l.Listener.Host)).ToArray())
        {
            Record(link.Client, new TcpEnded(_now, link.Label, Reset: true));
            ResetEdge(link);
        }
    }

    private void Update()
    {
        foreach (var air in _airs)
        {
            var isCovered = !IsActing<DropCoverage>(air.Modem);
            if (isCovered == air.IsCovered) continue;
            air.IsCovered = isCovered;
            Record(air, new CoverageChanged(_now, isCovered));
            if (air.IsRadioOn) ToModem(air, new AirEvent.CoverageChanged(isCovered));
        }

        UpdatePaths();
        UpdateListeners();
    }

    private void UpdatePaths()
    {
        foreach (var link in _links.Values.ToArray())
        {
            var isBlocked = IsBlocked(link.Air, link.Host);
            link.Path.Set(isBlocked, Acting<SlowLink>(link.Air.Modem));
            if (!isBlocked && link.HasSentToNobody) TellClosed(link, reset: true);
        }

        foreach (var link in _edge.Values)
        {
            if (!link.IsInside)
            {
                link.Path.Set(IsBlocked(link.Client, link.Listener.Host), Acting<SlowLink>(link.Client));
            }
        }
    }

    /// <summary>Null stands for all.</summary>
    private static bool IsFor(string? named, string actual) =>
        named is null || string.Equals(named, actual, StringComparison.OrdinalIgnoreCase);

    private bool IsActing<T>(string modem)
        where T : NetworkFault => Acting<T>(modem) is not null;

    private T? Acting<T>(string modem)
        where T : NetworkFault
    {
        foreach (var (fault, target) in _faults)
        {
            if (fault is T found && IsFor(target, modem)) return found;
        }

        return null;
    }

    /// <summary>Nothing passes between the modem and the network.</summary>
    private bool IsCutOff(LiveAir air) => !air.IsRadioOn || !air.IsCovered || IsActing<BlackHole>(air.Modem);

    /// <summary>Nothing passes between the modem and the host.</summary>
    private bool IsBlocked(LiveAir air, string host) => IsCutOff(air) || IsSilent(air.Modem, host);

    /// <summary>
    /// Nothing passes between a client of the edge and the host. A board that obeys the order to leave the network
    /// would need no help; one that is slow to obey is cut off here meanwhile.
    /// </summary>
    private bool IsBlocked(string client, string host) =>
        IsActing<BlackHole>(client) || IsActing<DropCoverage>(client) || IsSilent(client, host);

    private bool IsSilent(string modem, string host)
    {
        foreach (var (fault, target) in _faults)
        {
            if (fault is SilentHost silent && IsFor(target, modem) && IsFor(silent.Host, host)) return true;
        }

        return false;
    }

    private bool IsRefused(string modem, string host)
    {
        foreach (var (fault, target) in _faults)
        {
            if (fault is RefuseConnections down && IsFor(target, modem) && IsFor(down.Host, host)) return true;
        }

        return false;
    }

    private void Resolve(LiveAir air, AirRequest.ResolveHost query)
    {
        Record(air, new DnsAsked(_now, query.Host));
        var isSilent = false;
        var isFailing = false;
        foreach (var (fault, modem) in _faults)
        {
            if (fault is not FailDns fail || !IsFor(modem, air.Modem) || !IsFor(fail.Host, query.Host)) continue;
            isFailing = true;
            isSilent = fail.Silence;
        }

        if (isSilent || IsCutOff(air)) return;
        if (isFailing)
        {
            Answer(air, query, null);
        }
        else if (Hosts.AddressOf(query.Host) is { } own)
        {
            Answer(air, query, own);
        }
        else if (!_options.Allowed.Contains(query.Host))
        {
            if (_hinted.Add(query.Host))
            {
                Notice(air.Modem, $"{query.Host} is not in reach: allowed are {_options.Allowed}");
                _outputs.Enqueue(new Rig.Network.NetworkOutput.UnknownHost(air.Modem, query.Host));
            }

            Answer(air, query, null);
        }
        else if (air.Queries >= QueryLimit)
        {
            Notice(air.Modem, $"{query.Host} is not resolved: {QueryLimit} queries are under way");
        }
        else
        {
            Ask(air, query);
        }
    }

    private void Ask(LiveAir air, AirRequest.ResolveHost query)
    {
        air.Queries++;
        var life = air.Life;
        Beside(async () =>
        {
            try
            {
                var address = await _options.Resolver.Resolve(query.Host, _ended.Token);
                Post(() => Arrive(address is null ? null : Remember(address, query.Host)));
            }
            catch (SocketException problem)
            {
                var reason = problem.Message;
                Post(() =>
                {
                    air.Queries--;
                    Notice(air.Modem, $"{query.Host} could not be resolved: {reason}");
                });
            }
        });

        void Arrive(string? address)
        {
            air.Queries--;
            if (life != air.Life) return;
            if (address is null && _hinted.Add(query.Host))
            {
                _outputs.Enqueue(new Rig.Network.NetworkOutput.UnknownHost(air.Modem, query.Host));
            }

            Answer(air, query, address);
        }
    }

    private string Remember(IPAddress address, string host)
    {
        var text = address.ToString();
        if (_names.Count >= NameLimit) _names.Clear();
        _names[text] = host;
        return text;
    }

    private void Answer(LiveAir air, AirRequest.ResolveHost query, string? address)
    {
        var life = air.Life;
        if (Acting<SlowLink>(air.Modem) is { } slow) After(slow.RoundTrip, Arrive);
        else Arrive();

        void Arrive()
        {
            if (life != air.Life || IsCutOff(air)) return;
            Record(air, new DnsAnswered(_now, query.Host, address));
            ToModem(air, address is null
                ? new AirEvent.HostNotFound(query.Query)
                : new AirEvent.HostResolved(query.Query, address));
        }
    }
}
