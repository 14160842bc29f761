using AirHil.Modem.Faults;

namespace AirHil.Rig.Service.Raw;

/// <summary>The raw endpoints of a host, and how often their rules had a turn.</summary>
internal sealed class RawSite(ServiceSide side) : ServiceSite(side)
{
    private readonly Dictionary<RawRule, int> _turns = new(ReferenceEqualityComparer.Instance);

    public override ServiceSession Accept(ServiceConnection connection) =>
        new RawSession(this, Side, connection)
        {
            Endpoint = Endpoints.FirstOrDefault(
                e => e.Url.Port == connection.Port && e.Url.Transport == ServiceTransport.Tcp),
        };

    public override void Take(ServiceInput.Datagram datagram)
    {
        var endpoint = Endpoints.FirstOrDefault(
            e => e.Url.Port == datagram.Port && e.Url.Transport == ServiceTransport.Udp);
        ScriptOf(endpoint)?.Received(datagram);
        if (endpoint?.Behavior is RawServer server && Next(server, r => r.Fits(datagram.Bytes.Span)) is { } rule)
        {
            Answer(datagram, rule.Answer, rule.Delay);
        }

        if (endpoint?.Behavior is not MessageBehavior behavior) return;
        var answers = new List<ServiceMessage>();
        behavior.React(new ServiceMessage(datagram.Bytes, false), answers);
        foreach (var answer in answers) Answer(datagram, answer.Bytes, behavior.AnswerDelay);
    }

    /// <summary>The rule whose turn it is; null: none fits.</summary>
    public RawRule? Next(RawServer server, Func<RawRule, bool> fits)
    {
        foreach (var rule in server.Rules)
        {
            if (!fits(rule) || _turns.GetValueOrDefault(rule) >= (rule.Times ?? int.MaxValue)) continue;
            _turns[rule] = _turns.GetValueOrDefault(rule) + 1;
            return rule;
        }

        return null;
    }

    private void Answer(ServiceInput.Datagram datagram, ReadOnlyMemory<byte> bytes, TimeSpan delay)
    {
        if (bytes.IsEmpty) return;
        Side.After(delay, () =>
        {
            if (!Side.IsActing<FallSilent>(datagram.Host)) Side.Answer(datagram, bytes);
        });
    }
}
