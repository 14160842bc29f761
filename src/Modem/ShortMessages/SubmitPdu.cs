using System.Text;

namespace AirHil.Modem.ShortMessages;

/// <summary>A text message on its way from a module: SMS-SUBMIT (3GPP TS 23.040, 9.2.2.2).</summary>
/// <param name="Number">The recipient's, with "+" before it where it is an international one.</param>
/// <param name="Text">As the recipient reads it.</param>
public sealed record SubmitPdu(string Number, string Text)
{
    /// <summary>
    /// SMS-SUBMIT that asks for a status report and names no validity (S:…/ps_sms_if.h, PSIL_MSG_FO_SUBMIT_DEFAULT).
    /// </summary>
    private const int FirstOctet = 0x21;

    private const int HasHeader = 0x40;

    /// <summary>Makes the PDU of a text in the default alphabet.</summary>
    /// <exception cref="FormatException">The number has other characters than digits.</exception>
    public static byte[] Write(string number, string text)
    {
        ArgumentNullException.ThrowIfNull(number);
        var writer = new PduWriter();
        writer.Byte(FirstOctet);
        writer.Byte(0);
        writer.Address(number);
        writer.Byte(0);
        writer.Byte(0);
        writer.UserData(text, MessageCoding.SevenBit, null);
        return writer.Written;
    }

    /// <exception cref="FormatException">It is no such PDU.</exception>
    public static SubmitPdu Read(ReadOnlySpan<byte> pdu)
    {
        var reader = new PduReader(pdu);
        var first = reader.Byte();
        reader.Byte();
        var number = reader.Address();
        reader.Byte();
        var scheme = reader.Byte();
        // The validity has no, one or seven bytes (9.2.3.3).
        var validity = ((first >> 3) & 3) switch { 0 => 0, 2 => 1, _ => 7 };
        for (var i = 0; i < validity; i++) reader.Byte();
        var coding = scheme == 0 ? MessageCoding.SevenBit : (MessageCoding)((scheme >> 2) & 3);
        var body = reader.UserData(coding, (first & HasHeader) != 0, out _);
        return new SubmitPdu(number, coding switch
        {
            MessageCoding.SevenBit => GsmAlphabet.Decode(body),
            MessageCoding.Ucs2 => Encoding.BigEndianUnicode.GetString(body),
            _ => Convert.ToHexString(body),
        });
    }
}
