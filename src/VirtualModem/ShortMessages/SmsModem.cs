using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.ShortMessages;

/// <summary>
/// The modem's side of text messages (S:interface/src/luat_sms_ec618.c): one after the other goes to the network, and
/// the result of each is a line of the log.
/// </summary>
internal sealed class SmsModem
{
    private const int NoNetwork = 331;
    private const int NetworkTimeout = 332;
    private const int NoSim = 310;

    /// <summary>CMS_FAIL and CMS_INVALID_PARAM.</summary>
    private const int Failed = -1;

    private const int InvalidParameter = -2;

    /// <summary>sizeof(CmiSmsSendMsgReq): two addresses' heads, 40 digits, 180 bytes of PDU.</summary>
    private const int RequestBytes = 236;

    private readonly Board _board;
    private readonly Cellular _cellular;
    private readonly Alarm _submit;
    private readonly Alarm _timeout;
    private readonly Queue<ReadOnlyMemory<byte>> _queue = [];
    private int _reference;

    public SmsModem(Board board, Cellular cellular)
    {
        (_board, _cellular) = (board, cellular);
        _submit = board.NewAlarm(OnSubmit);
        _timeout = board.NewAlarm(() => Ended(NetworkTimeout));
    }

    /// <summary>luat_sms_send_msg with a text in ASCII.</summary>
    /// <param name="digits">The number without what the network does not take.</param>
    /// <param name="number">The number as the binding has it.</param>
    /// <param name="text">What stands in front of a zero is sent.</param>
    /// <returns>0, or an error.</returns>
    public int SendText(string digits, string number, ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)0) is >= 0 and var end) text = text[..end];
        if (SmsSubmission.Make(_board.Log, digits, number, text) is { } pdu)
        {
            Send(pdu);
            return 0;
        }

        // The request goes to the modem all the same; what that makes of no PDU is not known.
        Taken();
        return Failed;
    }

    /// <summary>luat_sms_send_msg with a PDU in hexadecimal.</summary>
    /// <returns>0, or an error.</returns>
    public int SendPdu(string pdu)
    {
        const int length = 54; // The binding's own.
        SmsSubmission.Input(_board.Log, pdu, length);
        if (pdu.Length % 2 != 0 || !pdu.All(char.IsAsciiHexDigit)) return InvalidParameter;
        // The first byte is the length of the message centre's number, which is that of the card.
        Send(Convert.FromHexString(pdu).AsMemory(1));
        return 0;
    }

    private void Taken() =>
        _board.Log.Raw($"luat_send_msg_call_cb 739:[DIO 739]: luat_send_msg_call_cb is in [{RequestBytes}]");

    /// <summary>Takes a message of the script; it leaves when those before it are answered.</summary>
    private void Send(ReadOnlyMemory<byte> pdu)
    {
        Taken();
        _queue.Enqueue(pdu);
        if (!_submit.IsSet && !_timeout.IsSet) Begin();
    }

    /// <summary>The network has answered.</summary>
    public void Answered(AirEvent.SmsAnswered answer)
    {
        if (answer.Reference == _reference && _timeout.IsSet) Ended(answer.Code);
    }

    private void Begin()
    {
        var now = _board.Now;
        var sent = _cellular.Emm == EmmState.Registered ? _cellular.Rrc.Uplink(now) : now;
        _submit.Set(sent + _board.Parameters.SmsSubmitTime);
    }

    private void OnSubmit()
    {
        if (_cellular.Sim != SimState.Ready || _cellular.Emm != EmmState.Registered)
        {
            Ended(_cellular.Sim == SimState.Ready ? NoNetwork : NoSim);
            return;
        }

        _timeout.Set(_board.Now + _board.Parameters.SmsTimeout);
        _board.Emit(new AirRequest.SubmitSms(++_reference, _queue.Peek()));
    }

    private void Ended(int code)
    {
        _timeout.Cancel();
        _queue.Dequeue();
        _board.Log.Raw("luat_sms_proc 1147:[DIO 1147]: CMI_SMS_SEND_MSG_CNF is in");
        _board.Log.Raw($"luat_sms_def_send_cb 49:[DIO 49]: send message: [{code}]");
        if (_queue.Count > 0) Begin();
    }
}
