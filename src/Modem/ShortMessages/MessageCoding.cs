namespace AirHil.Modem.ShortMessages;

/// <summary>The alphabet of a text message, with its number in a data coding scheme (3GPP TS 23.038, 4).</summary>
public enum MessageCoding
{
    /// <summary>The default alphabet, 7 bits a character.</summary>
    SevenBit,

    /// <summary>Bytes of no alphabet.</summary>
    EightBit,

    /// <summary>UCS-2, two bytes a character.</summary>
    Ucs2,
}
