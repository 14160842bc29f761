using System.Text;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.Modem.ShortMessages;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.ShortMessages;

/// <summary>
/// A received message on its way through the mailbox (L:components/sms/luat_lib_sms.c, l_sms_recv_handler): the topic
/// is published first, but its subscribers run behind the callback.
/// </summary>
internal sealed class SmsMessage(SmsReceiver receiver, FirmwareLog log, DeliverPdu pdu, string buffer) : IMailboxMessage
{
    public override string ToString() => $"sms of {pdu.Number}";

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        log.Write(LogLevel.Debug, SmsReceiver.Tag, $"dcs {(int)pdu.Coding} | 0 | 0 | 0");
        var text = pdu.Coding == MessageCoding.SevenBit ? Encoding.ASCII.GetBytes(buffer) : SmsText.FromHex(buffer);
        var whole = pdu.Part is { } part && receiver.MergesLong ? part : null;
        if (whole is not null && !receiver.Keep(whole, text))
        {
            receiver.Release();
            yield break;
        }


        // Without sys the C code returns here, and keeps the fragments.
        var arguments = Arguments(frame.State, whole, text);
        if (SystemTopicMessage.Publish(frame.State, "SMS_INC", arguments) is not { } publish)
        {
            receiver.Release();
            yield break;
        }

        yield return publish;
        if (!receiver.Callback.Function.IsNil)
        {
            yield return NativeStep.Call(receiver.Callback.Function, Arguments(frame.State, whole, text));
        }

        receiver.Forget(pdu.Part?.Reference ?? 0);
        receiver.Release();
    }

    private LuaValue[] Arguments(LuaState state, MessagePart? whole, byte[] text)
    {
        // A long message is joined once for each receiver.
        var phone = PhoneOf(state);
        var body = whole is null ? state.NewString(text) : receiver.Join(state, whole);
        var (at, part) = (pdu.SentAt, pdu.Part);
        var metas = state.NewTable();
        metas["refNum"] = part?.Reference ?? 0;
        metas["seqNum"] = part?.Number ?? 0;
        metas["maxNum"] = part?.Of ?? 0;
        metas["year"] = at.Year % 100;
        metas["mon"] = at.Month;
        metas["day"] = at.Day;
        metas["hour"] = at.Hour;
        metas["min"] = at.Minute;
        metas["sec"] = at.Second;
        metas["tz"] = SmsText.QuartersOf(at);
        return [phone, body, metas];
    }

    /// <summary>A number that looks like UCS-2 in hexadecimal is read as that.</summary>
    private LuaValue PhoneOf(LuaState state) =>
        pdu.Number.Length > 4 && pdu.Number.Length % 2 == 0 && pdu.Number.StartsWith("00", StringComparison.Ordinal)
            ? state.NewString(SmsText.FromHex(pdu.Number))
            : pdu.Number;
}
