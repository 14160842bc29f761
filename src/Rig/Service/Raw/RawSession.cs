using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Raw;

/// <summary>One raw TCP connection: each chunk that arrives is a message.</summary>
internal sealed class RawSession(ServiceSide side, ServiceConnection connection) : ServiceSession(side, connection)
{
    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        Record(new RawIn(Side.Now, Connection.Label, bytes));
        if (Endpoint?.Behavior is not MessageBehavior behavior) return;
        var answers = new List<ServiceMessage>();
        behavior.React(new ServiceMessage(bytes, false), answers);
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

    private void Say(ServiceMessage message)
    {
        if (Connection.IsGone) return;
        if (Side.IsActing<FallSilent>())
        {
            Record(new Withheld(Side.Now, Connection.Label, message.IsText ? message.Text : "", message.Bytes));
            return;
        }

        Record(new RawOut(Side.Now, Connection.Label, message.IsText, message.Bytes));
        Send(message.Bytes);
    }
}
