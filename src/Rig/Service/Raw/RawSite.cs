namespace AirHil.Rig.Service.Raw;

/// <summary>The raw endpoints of a host.</summary>
internal sealed class RawSite(ServiceSide side) : ServiceSite(side)
{
    public override ServiceSession Accept(ServiceConnection connection) =>
        new RawSession(Side, connection)
        {
            Endpoint = Endpoints.FirstOrDefault(
                e => e.Url.Port == connection.Port && e.Url.Transport == ServiceTransport.Tcp),
        };

    public override void Take(ServiceInput.Datagram datagram)
    {
        var endpoint = Endpoints.FirstOrDefault(
            e => e.Url.Port == datagram.Port && e.Url.Transport == ServiceTransport.Udp);
        if (endpoint?.Behavior is not MessageBehavior behavior) return;
        var answers = new List<ServiceMessage>();
        behavior.React(new ServiceMessage(datagram.Bytes, false), answers);
        foreach (var answer in answers) Side.After(behavior.AnswerDelay, () => Side.Answer(datagram, answer.Bytes));
    }
}
