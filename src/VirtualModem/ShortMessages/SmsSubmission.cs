using System.Globalization;
using System.Text;
using AirHil.Modem.ShortMessages;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.ShortMessages;

/// <summary>
/// Makes the PDU of a text as the SDK does, with its lines (S:interface/src/luat_sms_ec618.c, luat_sms_send_msg,
/// luat_sms_submit_text_2_pdu, luat_sms_msg_encode_user_data).
/// </summary>
internal static class SmsSubmission
{
    /// <summary>PSIL_SMS_MAX_TXT_SIZE.</summary>
    private const int MostText = 640;

    /// <summary>PSIL_SMS_MAX_7BIT_TXT_SIZE.</summary>
    private const int MostCodes = 160;

    [Guess("The character set of the modem's AT commands, which a line tells. The default is in a closed library.")]
    private const string CharacterSet = "IRA";

    [Guess("What a line tells of the card's own message parameters: the centre's number, its plan and type.")]
    private const string CardCentre = "8613800100500 | 13 | 1 | 1";

    /// <summary>The lines of what is given.</summary>
    /// <param name="log">The module's.</param>
    /// <param name="input">A text, or a PDU in hexadecimal.</param>
    /// <param name="pduLength">As the caller tells it; 0 of a text.</param>
    public static void Input(FirmwareLog log, string input, int pduLength)
    {
        Send(log, 886, $"first p_input len: {input.Length}");
        Send(log, 921, $"input: {input}");
        Send(log, 922, $"pdulen: {pduLength}");
    }

    /// <summary>The PDU; null: there is no text.</summary>
    /// <param name="log">The module's.</param>
    /// <param name="digits">The number that the PDU names.</param>
    /// <param name="number">The number as the lines have it.</param>
    /// <param name="bytes">ASCII.</param>
    public static byte[]? Make(FirmwareLog log, string digits, string number, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var plain = number.StartsWith('+') ? number[1..] : number;
        Line(log, "luat_sms_get_input_addr_info", 691, $"addrLen = {number.Length} | tmpAddrStr = {number}");
        Line(log, "luat_sms_get_input_addr_info", 696, $"cscsParam.characterSet: [{CharacterSet}]");
        var type = number.Length - plain.Length; // International, or not known.
        Send(log, 867, $"destAddrInfo: {plain.Length} | typeOfNumber: {type} | numberPlanId: 1");
        Input(log, text, 0);
        Send(log, 941, $"second p_input len: {text.Length}");
        if (text.Length == 0)
        {
            Submit(log, 449, $"PSIL SMS, send Text SMS, length: 0 is 0, or > MAX: {MostText}");
            Send(log, 943, $"third pdulen: 0 | -1");
            return null;
        }

        // The octet of the kind, the reference, the number's length, its type, its digits, the protocol and the coding.
        var offset = 6 + ((plain.Length + 1) / 2);
        Submit(log, 453, $"PSIL SMS, send Text SMS, length: {text.Length}, MAX: {MostText}");
        Submit(log, 462, $"addr:  | 0, scAddr: {CardCentre}");
        Submit(log, 466, $"proto: 0, 0 | 0 | 0");
        Submit(log, 602, $"dcsInfo: 0 | 0 | 0 | 0 | 0");
        Submit(log, 628, $"encode: 0 | offset: {offset}");
        Submit(log, 630, $"p_send_info: 0 | 0 | 0 | 0 |[ {text.Length} | {offset} ]| 0 | {text}");
        var sent = Encode(log, text, out var octets);
        // As a text the PDU is the kind's octet, "!", which a zero follows.
        Submit(log, 641, $"pduLength: {octets + 1 + offset} | p_tpdu: !");
        Submit(log, 645, $"PSIL SMS, enCode PDU length:{octets + 1 + offset}, offset:{offset}, DSC:0");
        Send(log, 943, $"third pdulen: {octets + 1 + offset} | 0");
        return SubmitPdu.Write(digits, sent);
    }

    /// <summary>The text in the default alphabet: what is too long for a message is cut.</summary>
    private static string Encode(FirmwareLog log, string text, out int octets)
    {
        Data(log, 266, $"the coding is PSIL_MSG_CODING_DEFAULT_7BIT");
        var (sent, codes) = (new StringBuilder(), 0);
        foreach (var character in text)
        {
            var isExtended = IsExtended(character);
            var most = isExtended ? MostCodes - 1 : MostCodes;
            if (codes >= most)
            {
                const string alphabet = "luat_sms_ascii_gsm_def_alpha_bet";
                if (isExtended) Line(log, alphabet, 222, $"PSIL SMS, input length ({codes}) should not exceed {most}");
                else Line(log, alphabet, 212, $"PSIL SMS, output length ({codes}) should not exceed {most}");
                if (codes > most) Cut(sent);
                codes = most;
                break;
            }

            codes += isExtended ? 2 : 1;
            sent.Append(character switch
            {
                '`' => '\'',
                '\n' or '\r' => character,
                < ' ' or > '~' => '?',
                _ => character,
            });
        }

        octets = ((codes * 7) + 7) / 8;
        Data(log, 317, $"gsm7bitLen is {codes}");
        Data(log, 321, $"length: {octets}, gsm7bitLen is {codes}");
        Data(log, 323, $"length is {octets}");
        return sent.ToString();
    }

    private static bool IsExtended(char character) => @"^{}\[~]|".Contains(character, StringComparison.Ordinal);

    /// <summary>Takes one code away; the first of a pair, alone, is read as a space.</summary>
    private static void Cut(StringBuilder text)
    {
        var isPair = IsExtended(text[^1]);
        text.Length--;
        if (isPair) text.Append(' ');
    }

    private static void Send(FirmwareLog log, int line, FormattableString text) =>
        Line(log, "luat_sms_send_msg", line, text);

    private static void Submit(FirmwareLog log, int line, FormattableString text) =>
        Line(log, "luat_sms_submit_text_2_pdu", line, text);

    private static void Data(FirmwareLog log, int line, FormattableString text) =>
        Line(log, "luat_sms_msg_encode_user_data", line, text);

    private static void Line(FirmwareLog log, string function, int line, FormattableString text) => log.Raw(
        string.Create(CultureInfo.InvariantCulture, $"{function} {line}:[DIO {line}]: ") +
        text.ToString(CultureInfo.InvariantCulture));
}
