using System.Globalization;
using System.Text;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.ShortMessages;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>sms</c> (hardware reference §11, L:components/sms/luat_lib_sms.c).</summary>
internal static class SmsLibrary
{
    private const int MostBytes = 140;
    private const int LeastNumber = 3;
    private const int MostNumber = 29;

    /// <summary>From so many characters on a number that begins with 10 is that of a gateway.</summary>
    private const int GatewayNumber = 15;

    /// <summary>The PDU's buffer on the C stack; more text overruns it.</summary>
    private const int PduBuffer = 380;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("sms")
        .Add("send", Send)
        .Add("setNewSmsCb", SetCallback)
        .Add("autoLong", AutoLong)
        .Add("clearLong", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Sms.Clear()));

    /// <summary>A function must be the first argument; what is kept, and called where it is one, is the last.</summary>
    private static int SetCallback(in LuaCall call)
    {
        var callback = call[1].AsFunction is null ? null : call[call.Count].AsFunction;
        call.Host<FirmwareHost>().Sms.Callback.Replace(call.State, callback);
        return call.Return();
    }

    /// <summary>A number is true, 0 too.</summary>
    private static int AutoLong(in LuaCall call)
    {
        var sms = call.Host<FirmwareHost>().Sms;
        if (call[1].IsBoolean || call[1].IsInteger) sms.MergesLong = call.Truthy(1);
        return call.Return(sms.MergesLong);
    }

    /// <summary>
    /// Tells only whether the modem has taken the message. A refused argument gives no value. The network's answer is a
    /// line of the log.
    /// </summary>
    private static int Send(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var phone = call.String(1).Span.ToArray();
        var text = call.String(2).Span.ToArray();
        var fixesNumber = !call[3].IsBoolean || call.Truthy(3);
        if (text.Length is 0 or > MostBytes)
        {
            Info(host, text.Length == 0 ? "sms is emtry" : $"sms is too long {text.Length}");
            return call.Return();
        }

        var isPdu = text.Any(b => b >= 0x80);
        if (isPdu) Debug(host, "found non-ASCII char, using PDU mode");
        if (phone.Length is < LeastNumber or > MostNumber)
        {
            Info(host, $"phone is too short or too long!! {phone.Length}");
            return call.Return();
        }

        var number = Encoding.Latin1.GetString(phone);
        var isGateway = phone.Length >= GatewayNumber && number.StartsWith("10", StringComparison.Ordinal);
        if (isGateway) Info(host, "sms gateway mode");
        else if (fixesNumber) number = isPdu ? WithCountry(number) : WithoutCountry(number);
        if (number.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end) number = number[..end];
        Debug(host, $"phone [{number}]");
        var result = isPdu || isGateway
            ? SendPdu(host, number, isGateway, text)
            : host.SmsModem.SendText(OnlyDigits(host, number), number, text);
        Debug(host, string.Create(CultureInfo.InvariantCulture, $"sms ret {result}"));
        return call.Return(result == 0);
    }

    /// <summary>The C code adds 86 unless the first digit is 8 or the second is 6.</summary>
    private static string WithCountry(string number) => number switch
    {
        ['+', ..] => number[1..],
        [not '8', not '6', ..] => "86" + number,
        _ => number,
    };

    /// <summary>The C code drops "+" with two digits, whatever country they are.</summary>
    private static string WithoutCountry(string number) => number switch
    {
        ['+', ..] => number[3..],
        ['8', '6', ..] => number[2..],
        _ => number,
    };

    private static int SendPdu(FirmwareHost host, string number, bool isGateway, byte[] text)
    {
        var pdu = new StringBuilder("000100");
        pdu.Append(CultureInfo.InvariantCulture, $"{number.Length:X2}").Append(isGateway ? "81" : "91");
        for (var i = 0; i < number.Length; i += 2)
        {
            pdu.Append(i == number.Length - 1 ? 'F' : number[i + 1]).Append(number[i]);
        }

        var body = BodyOf(text);
        pdu.Append("0008").Append(CultureInfo.InvariantCulture, $"{(byte)(body.Length / 2):X2}").Append(body);
        if (pdu.Length >= PduBuffer)
        {
            host.Notice($"sms.send writes {pdu.Length} characters of PDU into a buffer of {PduBuffer} on the stack. " +
                "What a module does then is not defined. Send mixed texts of at most 80 characters.");
        }

        Debug(host, $"PDU {pdu}");
        return host.SmsModem.SendPdu(pdu.ToString());
    }

    /// <summary>
    /// UCS-2 in hexadecimal. The C code takes every byte from 0x80 on for the first of three, so that only such
    /// characters come out right.
    /// </summary>
    private static string BodyOf(byte[] text)
    {
        var body = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            int unit = text[i];
            if (unit >= 0x80)
            {
                unit = ((unit & 0x0F) << 12) + ((At(i + 1) & 0x3F) << 6) + (At(i + 2) & 0x3F);
                i += 2;
            }

            body.Append(CultureInfo.InvariantCulture, $"{unit & 0xFFFF:X4}");
        }

        return body.ToString();

        // Behind a Lua string there is a zero; what is behind that is not defined.
        int At(int place) => place < text.Length ? text[place] : 0;
    }

    private static string OnlyDigits(FirmwareHost host, string number)
    {
        var digits = number.StartsWith('+') ? number[1..] : number;
        if (digits.All(c => char.IsAsciiDigit(c) || c is '*' or '#')) return number;
        host.Notice($"sms.send got '{number}', which is no telephone number; a module sends to something undefined.");
        return string.Concat(number.Where(c => char.IsAsciiDigit(c) || c is '*' or '#'));
    }

    private static void Info(FirmwareHost host, string text) => host.Log.Write(LogLevel.Info, SmsReceiver.Tag, text);

    private static void Debug(FirmwareHost host, string text) => host.Log.Write(LogLevel.Debug, SmsReceiver.Tag, text);
}
