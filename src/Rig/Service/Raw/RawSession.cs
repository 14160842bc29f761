using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Raw;

/// <summary>One raw TCP connection: each chunk that arrives is a message.</summary>
internal sealed class RawSession(RawSite site, ServiceSide side, ServiceConnection connection)
    : ServiceSession(side, connection)
{
    public override void Begin()
    {
        site.ScriptOf(Endpoint)?.Connected(this);
        if (Endpoint?.Behavior is RawServer server) Do(site.Next(server, r => r.To == RawTrigger.Connection));
    }

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        Record(new RawIn(Side.Now, Connection.Label, bytes));
        var message = new ServiceMessage(bytes, false);
        site.ScriptOf(Endpoint)?.Received(Connection, message);
        if (Endpoint?.Behavior is RawServer server) Do(site.Next(server, r => r.Fits(bytes.Span)));
        if (Endpoint?.Behavior is not MessageBehavior behavior) return;
        var answers = new List<ServiceMessage>();
        behavior.React(message, answers);
        foreach (var answer in answers) Plan(behavior.AnswerDelay, () => Say(answer));
    }

    public override void PeerGone(bool reset) =>
        Record(new ClientGone(Side.Now, Connection.Label, ClientOf.Raw, reset));

    public override void Overflow(string reason) => Side.Hangup(Connection);

    public override bool Push(ServiceMessage message)
    {
        Plan(TimeSpan.Zero, () => Say(message));
        return true;
    }

    private void Do(RawRule? rule)
    {
        if (rule is null) return;
        if (!rule.Answer.IsEmpty) Plan(rule.Delay, () => Say(new ServiceMessage(rule.Answer, false)));
        if (rule.Then == RawEnd.Closes) Plan(rule.Delay, () => Side.Hangup(Connection));
        if (rule.Then == RawEnd.Resets) Plan(rule.Delay, () => Side.Reset(Connection));
    }

    private void Say(ServiceMessage message)
    {
        if (Connection.IsGone) return;
        if (IsActing<FallSilent>())
        {
            Record(new Withheld(Side.Now, Connection.Label, message.IsText ? message.Text : "", message.Bytes));
            return;
        }

        Record(new RawOut(Side.Now, Connection.Label, message.IsText, message.Bytes));
        Send(message.Bytes);
    }
}
