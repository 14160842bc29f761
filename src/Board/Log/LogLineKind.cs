namespace AirHil.Board.Log;

/// <summary>What sort of line the log port gave (reference bench §2.6).</summary>
internal enum LogLineKind
{
    /// <summary>The script's own: "I/user.TAG …", or log.style's "I/main.lua:12 …".</summary>
    User,

    /// <summary>The firmware's C side: "D/mobile …", "I/main …".</summary>
    Firmware,

    /// <summary>The radio's and the core's state: "+CSQ: …", "soc poweron: …".</summary>
    Status,

    /// <summary>The platform beneath: "am_service_init 851:…", "soc_cms_proc 1653:…".</summary>
    Platform,

    /// <summary>Anything else, such as what the script prints without log.</summary>
    Other,
}
