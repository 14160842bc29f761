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

    /// <summary>Takes a message of the script; it leaves when those before it are answered.</summary>
    public void Send(ReadOnlyMemory<byte> pdu)
    {
        _board.Log.Raw(
            $"luat_send_msg_call_cb 739:[DIO 739]: luat_send_msg_call_cb is in [{_board.Parameters.SmsRequestBytes}]");
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
