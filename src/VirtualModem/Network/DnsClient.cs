
using AirHil.Modem.Air;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The resolver (reference-net §6.1, L:components/ethernet/common/dns_client.c): up to four servers, three tries each,
/// lateness seen only by a 1 s timer, one query sent at a time, no cache. A negative answer is no answer, a name that
/// is asked for twice is one query, and nobody can take a request back.
/// </summary>
/// <param name="board">Time, log, parameters.</param>
/// <param name="transmit">Puts a packet on the air.</param>
/// <param name="later">Does something after the present act.</param>
/// <param name="counters">Numbers that are never used twice.</param>
internal sealed class DnsClient(
    Board board, Action<AirRequest> transmit, Action<Action> later, AirCounters counters)
{
    /// <summary>MAX_DNS_IP.</summary>
    private const int AddressLimit = 4;

    private readonly List<Lookup> _pending = [];

    /// <summary>Slots 0 and 1 are the script's; each link-up sets 2 and 3 to those of the PDP context.</summary>
    private readonly ServerKind[] _servers =
        [ServerKind.Unset, ServerKind.Unset, ServerKind.Unset, ServerKind.Unset];
    private ServiceTimer? _check;
    private int _ids;

    private enum ServerKind
    {
        Unset,
        Answers,

        /// <summary>An address at which nothing can answer.</summary>
        Dead,
    }

    /// <summary>
    /// socket.setDNS: the script's server comes before those of the operator. Other slots than 0 to 3 are ignored.
    /// </summary>
    /// <param name="address">Dotted IPv4; null: a text that is none leaves a server that never answers.</param>
    public void SetServer(int slot, string? address)
    {
        if (slot < 0 || slot >= _servers.Length) return;
        _servers[slot] = address is null or "0.0.0.0" || NetworkAddress.IsVersion6(address)
            ? ServerKind.Dead
            : ServerKind.Answers;
    }

    /// <summary>Starts to resolve a name; the answer is its addresses, or none after the last try.</summary>
    /// <param name="service">What it is for (<see cref="AirRequest.ResolveHost.Service"/>).</param>
    public void Resolve(string host, Action<IReadOnlyList<string>> answered, string? service = null)
    {
        _check ??= board.NewTimer(OnCheck);
        if (!_check.IsSet) _check.Start(board.Parameters.DnsCheckPeriod, repeats: true);
        var lookup = _pending.Find(other => other.Host == host);
        if (lookup is null) _pending.Add(lookup = new Lookup(host, ++_ids, service));
        lookup.Askers.Add(answered);
        SendNext();
    }

    /// <summary>An answer without an error: up to four addresses, maybe none.</summary>
    public void Resolved(int query, IReadOnlyList<string> addresses)
    {
        if (_pending.Find(lookup => lookup.Queries.Contains(query)) is not { } found) return;
        _pending.Remove(found);
        SendNext();
        StopIfIdle();
        found.Answer([.. addresses.Take(AddressLimit)]);
    }

    /// <summary>The PDP context brings its servers.</summary>
    public void LinkWentUp() => _servers[2] = _servers[3] = ServerKind.Answers;

    /// <summary>All requests are forgotten, without a word to anybody.</summary>
    public void Clear()
    {
        _pending.Clear();
        _check?.Stop();
    }

    /// <summary>Sends the query of the first name whose time is over; the others wait for their turn.</summary>
    private void SendNext()
    {
        while (_pending.Find(lookup => lookup.Deadline is null || lookup.Deadline < board.Now) is { } lookup)
        {
            if (lookup.Deadline is not null && ++lookup.Try >= board.Parameters.DnsTries)
            {
                lookup.Try = 0;
                lookup.Server++;
            }

            while (lookup.Server < _servers.Length && _servers[lookup.Server] == ServerKind.Unset) lookup.Server++;
            if (lookup.Server < _servers.Length)
            {
                Query(lookup);
                return;
            }

            board.Log.Write(LogLevel.Error, "DNS", "no ipv6, no ipv4");
            _pending.Remove(lookup);
            later(() => lookup.Answer([]));
        }
    }

    private void Query(Lookup lookup)
    {
        board.Log.Write(LogLevel.Debug, "DNS",
            $"{lookup.Host} state 0 id {lookup.Id} ipv6 0 use dns server" +
            $"{lookup.Server}, try {lookup.Try}");
        var query = counters.NextQuery();
        lookup.Queries.Add(query);
        lookup.Deadline = board.Now + (board.Parameters.DnsTryUnit * (lookup.Try + 1));
        if (_servers[lookup.Server] != ServerKind.Answers) return;
        transmit(new AirRequest.ResolveHost(query, lookup.Host) { Service = lookup.Service });
    }

    /// <summary>A tick that finds nothing to do is the last one; a name that failed is still something.</summary>
    private void OnCheck()
    {
        if (_pending.Count == 0) StopIfIdle();
        else SendNext();
    }

    private void StopIfIdle()
    {
        if (_pending.Count > 0 || _check is not { IsSet: true }) return;
        _check.Stop();
        board.Log.Write(LogLevel.Info, "DNS", "dns all done ,now stop");
    }

    private sealed class Lookup(string host, int id, string? service)
    {
        public string Host { get; } = host;
        public string? Service { get; } = service;
        public int Id { get; } = id;
        public List<Action<IReadOnlyList<string>>> Askers { get; } = [];
        public List<int> Queries { get; } = [];
        public int Server { get; set; }
        public int Try { get; set; }

        /// <summary>When the try is over; null: no query was sent yet.</summary>
        public TimeSpan? Deadline { get; set; }

        public void Answer(IReadOnlyList<string> addresses)
        {
            foreach (var asker in Askers) asker(addresses);
        }
    }
}
