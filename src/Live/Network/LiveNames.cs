using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>Names: those of the run's own hosts, and those of the real shared.</summary>
/// <param name="shared">What the parts of the network share.</param>
internal sealed class LiveNames(LiveShared shared)
{
    private readonly NetworkState _net = shared.Net;

    /// <summary>Names that are resolved for one modem at a time; a further query is not answered.</summary>
    private const int QueryLimit = 32;

    /// <summary>Addresses that are remembered with the name they were asked by.</summary>
    private const int NameLimit = 4096;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<ModemAir, int> _queries = [];

    /// <summary>By which name an address of the real world was asked for; else the address itself.</summary>
    public string NameOf(string address) => _names.GetValueOrDefault(address, address);

    public void Resolve(ModemAir air, AirRequest.ResolveHost query)
    {
        _net.Record(air, new DnsAsked(_net.Now, query.Host));
        if (_net.IsCutOff(air)) return;
        var fault = _net.Faults.StrikeDns(air.Modem, query.Host);
        if (fault is FailDns { Silence: true }) return;
        if (fault is not null)
        {
            Answer(air, query, fault is EmptyDns ? "" : null);
        }
        else if (_net.Hosts.AddressOf(query.Host) is { } own)
        {
            Answer(air, query, own);
        }
        else if (!shared.Options.Allowed.Contains(query.Host))
        {
            if (_net.Hint(air.Modem, query))
            {
                shared.Notice(air.Modem, $"{query.Host} is not in reach: allowed are {shared.Options.Allowed}");
            }

            Answer(air, query, null);
        }
        else if (_queries.GetValueOrDefault(air) >= QueryLimit)
        {
            shared.Notice(air.Modem, $"{query.Host} is not resolved: {QueryLimit} queries are under way");
        }
        else
        {
            Ask(air, query);
        }
    }

    private void Ask(ModemAir air, AirRequest.ResolveHost query)
    {
        Count(air, 1);
        var life = air.Life;
        shared.Beside(async () =>
        {
            try
            {
                var address = await shared.Options.Resolver.Resolve(query.Host, shared.Ended);
                shared.Post(() => Arrive(address is null ? null : Remember(address, query.Host)));
            }
            catch (SocketException problem)
            {
                var reason = problem.Message;
                shared.Post(() =>
                {
                    Count(air, -1);
                    shared.Notice(air.Modem, $"{query.Host} could not be resolved: {reason}");
                });
            }
        });

        void Arrive(string? address)
        {
            Count(air, -1);
            if (life != air.Life) return;
            if (address is null) _net.Hint(air.Modem, query);
            Answer(air, query, address);
        }
    }

    private void Count(ModemAir air, int change) => _queries[air] = _queries.GetValueOrDefault(air) + change;

    private string Remember(IPAddress address, string host)
    {
        var text = address.ToString();
        if (_names.Count >= NameLimit) _names.Clear();
        _names[text] = host;
        return text;
    }

    private void Answer(ModemAir air, AirRequest.ResolveHost query, string? address)
    {
        var life = air.Life;
        if (shared.RoundTrip(air.Modem) is var time && time > TimeSpan.Zero) shared.After(time, Arrive);
        else Arrive();

        void Arrive()
        {
            if (life != air.Life || _net.IsCutOff(air)) return;
            _net.Record(air, new DnsAnswered(_net.Now, query.Host, address));
            _net.ToModem(air, address is null
                ? new AirEvent.HostNotFound(query.Query)
                : new AirEvent.HostResolved(query.Query, address));
        }
    }
}
