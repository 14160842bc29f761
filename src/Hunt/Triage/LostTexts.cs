using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;

namespace AirHil.Hunt.Triage;

/// <summary>
/// The text messages of the module that were lost without the script's being told: the network lost or refused them, or
/// it was gone when they were to leave, and the module had not noticed that yet.
/// </summary>
internal sealed class LostTexts
{
    /// <summary>The lines that the SDK writes of each message (S:interface/src/luat_sms_ec618.c).</summary>
    private const string Address = "luat_sms_get_input_addr_info ";
    private const string Call = "luat_sms_send_msg ";
    private const string Taken = "luat_send_msg_call_cb ";
    private const string Ended = "luat_sms_def_send_cb ";
    private const string Input = ": input: ";
    private const string Answer = "send message: [";

    private readonly List<(string Number, string Text)> _lost = [];

    /// <summary>What the modem has taken and has told no end of, the oldest first.</summary>
    private readonly Queue<(string Number, string Text, bool HadNetwork)> _sent = [];
    private string _number = "";
    private string _text = "";
    private bool _hasNetwork;

    /// <summary>
    /// Whether such a text message to that number was lost, and the network has not taken the same since.
    /// </summary>
    public bool Has(string number, Func<string, bool> isSuch) =>
        _lost.Exists(one => PhoneNumber.AreSame(one.Number, number) && isSuch(one.Text));

    public void Feed(SessionEvent happened)
    {
        switch (happened)
        {
            case SmsLost { ToModule: false } lost:
                _lost.Add((lost.Number, lost.Message));
                break;
            case SmsRefused refused:
                _lost.Add((refused.Number, SubmitPdu.Read(refused.Bytes.Span).Text));
                break;
            case SmsSubmitted sent:
                _lost.RemoveAll(one => one.Text == sent.Message && PhoneNumber.AreSame(one.Number, sent.Number));
                break;
            case PowerCut or ModemStarted:
                _sent.Clear();
                _hasNetwork = false;
                break;
            case LogLine { Moment: Moment.IpReady }:
                _hasNetwork = true;
                break;
            case LogLine { Moment: Moment.IpLost }:
                _hasNetwork = false;
                break;
            case LogLine { Line: var line } when line.StartsWith("luat_s", StringComparison.Ordinal):
                Read(line);
                break;
            default:
                break;
        }
    }

    private void Read(string line)
    {
        if (line.StartsWith(Address, StringComparison.Ordinal)) _number = line[(line.LastIndexOf(' ') + 1)..];
        else if (line.StartsWith(Call, StringComparison.Ordinal)
            && line.IndexOf(Input, StringComparison.Ordinal) is >= 0 and var place)
        {
            _text = line[(place + Input.Length)..];
        }
        else if (line.StartsWith(Taken, StringComparison.Ordinal)) Take();
        else if (line.StartsWith(Ended, StringComparison.Ordinal) && _sent.TryDequeue(out var ended)
            && !line.Contains(Answer + "0]", StringComparison.Ordinal) && ended.HadNetwork)
        {
            _lost.Add((ended.Number, ended.Text));
        }
    }

    private void Take()
    {
        var (number, text) = _number.Length > 0 ? (_number, _text) : OfPdu(_text);
        _sent.Enqueue((number, text, _hasNetwork));
        (_number, _text) = ("", "");
    }

    /// <summary>The lines of a message in PDU mode tell no number; it is in the PDU.</summary>
    private static (string Number, string Text) OfPdu(string hex)
    {
        try
        {
            // The first byte is the length of the message centre's number. A script can print such lines with anything.
            var bytes = Convert.FromHexString(hex);
            var pdu = SubmitPdu.Read(bytes.AsSpan(Math.Min(1, bytes.Length)));
            return (pdu.Number, pdu.Text);
        }
        catch (FormatException)
        {
            return ("", hex);
        }
    }
}
