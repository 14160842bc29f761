namespace AirHil.Board.Log;

/// <summary>The bytes that frame a record on the log port (reference bench §2.2, §2.3).</summary>
internal static class LogFraming
{
    /// <summary>Begins and ends a frame; one may do for both of two frames.</summary>
    public const byte Delimiter = 0x7E;

    /// <summary>The byte behind it says which byte is meant.</summary>
    public const byte Escape = 0x7D;

    /// <summary>Tick (two words) and tag, little-endian.</summary>
    public const int HeaderBytes = 12;

    /// <summary>
    /// The longest frame that is read, without delimiters and escapes. A Lua string cannot be longer than the Lua heap
    /// of 262,136 bytes, so no whole frame is.
    /// </summary>
    public const int LongestFrameBytes = 262_144 + 64;

    /// <summary>
    /// The byte that an escape stands for, or -1. The vendor's code writes 01 and 02, one public decoder reads HDLC's
    /// 5D and 5E; the four do not collide, so all are understood (reference bench §2.3).
    /// </summary>
    public static int Unescape(byte code) => code switch
    {
        0x01 or 0x5D => Escape,
        0x02 or 0x5E => Delimiter,
        _ => -1,
    };
}
