using System.Text;

namespace AirHil.Modem.ShortMessages;

/// <summary>A text message on its way to a module: SMS-DELIVER (3GPP TS 23.040, 9.2.2.1).</summary>
/// <param name="Number">The sender's, with "+" before it where it is an international one.</param>
/// <param name="Scheme">The data coding scheme.</param>
/// <param name="Coding">The alphabet that it names.</param>
/// <param name="SentAt">When the message centre got it.</param>
/// <param name="Part">Its place in a longer text; null: it is whole.</param>
/// <param name="Body">One code a byte in the default alphabet, else the bytes.</param>
/// <param name="BodyOffset">The place of the length of the user data in the PDU.</param>
public sealed record DeliverPdu(
    string Number, int Scheme, MessageCoding Coding, DateTimeOffset SentAt, MessagePart? Part,
    ReadOnlyMemory<byte> Body, int BodyOffset)
{
    /// <summary>SMS-DELIVER, and no more messages wait.</summary>
    private const int FirstOctet = 0x04;

    private const int HasHeader = 0x40;
    private const int Century = 2000;

    /// <summary>As people read it.</summary>
    public string Text => Coding switch
    {
        MessageCoding.SevenBit => GsmAlphabet.Decode(Body.Span),
        MessageCoding.Ucs2 => Encoding.BigEndianUnicode.GetString(Body.Span),
        _ => Convert.ToHexString(Body.Span),
    };

    /// <summary>Makes the PDU of a text that one message can hold (<see cref="MessageText.Split"/>).</summary>
    /// <exception cref="FormatException">The number has other characters than digits.</exception>
    public static byte[] Write(string number, string text, DateTimeOffset sentAt, MessagePart? part)
    {
        ArgumentNullException.ThrowIfNull(number);
        var coding = MessageText.CodingOf(text);
        var writer = new PduWriter();
        writer.Byte(part is null ? FirstOctet : FirstOctet | HasHeader);
        writer.Address(number);
        writer.Byte(0);
        writer.Byte(coding == MessageCoding.Ucs2 ? 8 : 0);
        writer.Time(sentAt);
        writer.UserData(text, coding, part);
        return writer.Written;
    }

    /// <exception cref="FormatException">It is no such PDU.</exception>
    public static DeliverPdu Read(ReadOnlySpan<byte> pdu)
    {
        var reader = new PduReader(pdu);
        var first = reader.Byte();
        var number = reader.Address();
        reader.Byte();
        var scheme = reader.Byte();
        var coding = scheme == 0 ? MessageCoding.SevenBit : (MessageCoding)((scheme >> 2) & 3);
        var time = TimeOf(ref reader);
        var offset = reader.Offset;
        var body = reader.UserData(coding, (first & HasHeader) != 0, out var part);
        return new DeliverPdu(number, scheme, coding, time, part, body, offset);
    }

    private static DateTimeOffset TimeOf(ref PduReader reader)
    {
        var (year, month, day) = (Century + reader.Decimal(), reader.Decimal(), reader.Decimal());
        var (hour, minute, second) = (reader.Decimal(), reader.Decimal(), reader.Decimal());
        var zone = reader.Byte();
        var quarters = (10 * (zone & 7)) + (zone >> 4);
        var offset = TimeSpan.FromMinutes((zone & 8) != 0 ? -15 * quarters : 15 * quarters);
        return new DateTimeOffset(year, month, day, hour, minute, second, offset);
    }
}
