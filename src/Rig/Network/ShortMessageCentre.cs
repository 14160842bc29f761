using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;

namespace AirHil.Rig.Network;

/// <summary>
/// Keeps text messages until their module can be reached, and takes those of the modules. It needs no time of its own:
/// a module takes the time of the way.
/// </summary>
internal sealed class ShortMessageCentre(NetworkState state)
{
    /// <summary>Messages that wait for a module at most; further ones are lost, on the record.</summary>
    private const int WaitingLimit = 1000;

    /// <summary>The time zone that messages are dated in: that of the operator.</summary>
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private int _references;

    /// <summary>The date of the run's start.</summary>
    public DateTimeOffset StartDate { get; set; }

    /// <summary>Somebody sends a message.</summary>
    public void Give(ModemAir air, SmsGiven given)
    {
        if (given.Part is not null)
        {
            Keep(air, given.Number, given.Message, given.Part);
        }
        else
        {
            var texts = MessageText.Split(given.Message);
            var reference = texts.Count > 1 ? _references++ & 0xFF : 0;
            for (var i = 0; i < texts.Count; i++)
            {
                Keep(air, given.Number, texts[i],
                    texts.Count > 1 ? new MessagePart(reference, i + 1, texts.Count) : null);
            }
        }

        Deliver(air);
    }

    /// <summary>Delivers what waits, if the module can be reached.</summary>
    public void Deliver(ModemAir air)
    {
        if (!air.IsRegistered || state.IsCutOff(air) || state.Faults.Has<HoldSms>(air.Modem)) return;
        while (air.Waiting.TryDequeue(out var message))
        {
            state.Record(air, message with { At = state.Now });
            state.ToModem(air, new AirEvent.SmsDelivered(message.Bytes));
        }
    }

    /// <summary>A module sends a message.</summary>
    public void Submit(ModemAir air, AirRequest.SubmitSms request)
    {
        var submit = SubmitPdu.Read(request.Pdu.Span);
        if (!air.IsRegistered || state.IsCutOff(air) || state.Faults.Has<HoldSms>(air.Modem))
        {
            state.Record(air, new SmsLost(state.Now, submit.Number, submit.Text, ToModule: false));
            return;
        }

        var code = state.Faults.Strike<RefuseSms>(air.Modem, toModule: false, text: submit.Text)?.Code ?? 0;
        state.Record(air, code != 0
            ? new SmsRefused(state.Now, submit.Number, code, request.Pdu)
            : state.Faults.Strike<LoseSms>(air.Modem, toModule: false, text: submit.Text) is not null
                ? new SmsLost(state.Now, submit.Number, submit.Text, ToModule: false)
                : new SmsSubmitted(state.Now, submit.Number, submit.Text, request.Pdu));
        state.ToModem(air, new AirEvent.SmsAnswered(request.Reference, code));
    }

    private void Keep(ModemAir air, string number, string text, MessagePart? part)
    {
        if (air.Waiting.Count >= WaitingLimit
            || state.Faults.Strike<LoseSms>(air.Modem, toModule: true, text: text) is not null)
        {
            state.Record(air, new SmsLost(state.Now, number, text, ToModule: true));
            return;
        }

        var pdu = DeliverPdu.Write(number, text, (StartDate + state.Now).ToOffset(Zone), part);
        air.Waiting.Enqueue(new SmsDelivered(state.Now, number, text, pdu));
    }
}
