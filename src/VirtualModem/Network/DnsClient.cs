using System.Globalization;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The resolver (reference §4.3): servers 2 and 3, three tries each, lateness seen only by a 1 s timer, no cache, and a
/// negative answer is no answer.
/// </summary>
/// <param name="board">Time, log, parameters.</param>
/// <param name="transmit">Puts a packet on the air.</param>
/// <param name="counters">Numbers that are never used twice.</param>
internal sealed class DnsClient(Board board, Action<AirRequest> transmit, AirCounters counters)
{
    /// <summary>The PDP context's two servers take the slots 2 and 3.</summary>
    private const int FirstServer = 2;

    private const int LastServer = 3;

    private readonly List<Lookup> _pending = [];
    private Alarm? _check;
    private int _ids;

    public int PendingCount => _pending.Count;

    /// <summary>Starts to resolve a name; the answer is the address, or null after the last try.</summary>
    public void Resolve(string host, Action<string?> answered)
    {
        var lookup = new Lookup(host, ++_ids, answered) { Server = FirstServer };
        _pending.Add(lookup);
        Query(lookup);
        _check ??= board.NewAlarm(OnCheck);
        if (!_check.IsSet) _check.Set(board.Now + board.Parameters.DnsCheckPeriod);
    }

    /// <summary>Nobody waits for this any more.</summary>
    public void Forget(Action<string?> answered)
    {
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            if (_pending[i].Answered == answered) _pending.RemoveAt(i);
        }

        StopIfIdle();
    }

    public void Resolved(int query, string address)
    {
        for (var i = 0; i < _pending.Count; i++)
        {
            if (!_pending[i].Queries.Contains(query)) continue;
            Finish(_pending[i], address);
            return;
        }
    }

    private void Query(Lookup lookup)
    {
        board.Log.Write(LogLevel.Debug, "DNS", string.Create(
            CultureInfo.InvariantCulture,
            $"{lookup.Host} state 0 id {lookup.Id} ipv6 0 use dns server{lookup.Server}, try {lookup.Try}"));
        var query = counters.NextQuery();
        lookup.Queries.Add(query);
        lookup.Deadline = board.Now + (board.Parameters.DnsTryUnit * (lookup.Try + 1));
        transmit(new AirRequest.ResolveHost(query, lookup.Host));
    }

    private void OnCheck()
    {
        _check!.Set(board.Now + board.Parameters.DnsCheckPeriod);
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            var lookup = _pending[i];
            if (board.Now < lookup.Deadline) continue;
            if (++lookup.Try >= board.Parameters.DnsTries)
            {
                lookup.Try = 0;
                lookup.Server++;
            }

            if (lookup.Server <= LastServer)
            {
                Query(lookup);
                continue;
            }

            board.Log.Write(LogLevel.Error, "DNS", "no ipv6, no ipv4");
            Finish(lookup, null);
        }
    }

    private void Finish(Lookup lookup, string? address)
    {
        _pending.Remove(lookup);
        StopIfIdle();
        lookup.Answered(address);
    }

    private void StopIfIdle()
    {
        if (_pending.Count > 0 || _check is not { IsSet: true }) return;
        _check.Cancel();
        board.Log.Write(LogLevel.Info, "DNS", "dns all done ,now stop");
    }

    private sealed class Lookup(string host, int id, Action<string?> answered)
    {
        public string Host { get; } = host;
        public int Id { get; } = id;
        public Action<string?> Answered { get; } = answered;
        public List<int> Queries { get; } = [];
        public int Server { get; set; }
        public int Try { get; set; }
        public TimeSpan Deadline { get; set; }
    }
}
