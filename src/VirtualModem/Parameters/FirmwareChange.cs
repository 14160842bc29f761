namespace AirHil.VirtualModem.Parameters;

/// <summary>
/// One change of the firmware after V1112 that scripts can see (reference-net §8, reference §7.1 and §10). This is the
/// whole table: a release has every change up to its number, and is as V1112 in all else.
/// </summary>
/// <param name="Since">The first release that has it.</param>
internal sealed record FirmwareChange(int Since)
{
    /// <summary>wdt.init takes 20 s at least, wdt.setTimeout ms as well (luatos-soc fbbc5be7).</summary>
    public static readonly FirmwareChange LongWatchdog = new(1113);

    /// <summary>The banner names the module instead of the chip (LuatOS 001683ec7).</summary>
    public static readonly FirmwareChange ModuleInBanner = new(1113);

    /// <summary>mqtt tells of a PINGRESP: "pong", and the topic MQTT_PONG (b7dfde631).</summary>
    public static readonly FirmwareChange Pong = new(1113);

    /// <summary>The code of mqtt's "disconnect" is an integer (40a490f6b).</summary>
    public static readonly FirmwareChange IntegerDisconnect = new(1114);

    /// <summary>http tells -4 where no connection comes about, and -5 only for one that is lost (fbbc07bde).</summary>
    public static readonly FirmwareChange ConnectError = new(1114);

    /// <summary>http no longer asks for the rest of a body by itself (d807902de).</summary>
    public static readonly FirmwareChange NoRepeats = new(1114);

    /// <summary>http waits 60 s, or 5 min for a download; less than 1000 ms counts as none (c8282f35d).</summary>
    public static readonly FirmwareChange ShortTimeout = new(1114);

    /// <summary>socket.setDNS and socket.localIP with an adapter that is not there are no crash (9fa8adbe5).</summary>
    public static readonly FirmwareChange CheckedAdapter = new(1114);

    /// <summary>mqttc:auth refuses texts that are too long and returns true else (5bcb630cb).</summary>
    public static readonly FirmwareChange CheckedAuth = new(1114);

    /// <summary>
    /// mqtt tells "suback", "unsuback" and "error", and publishes MQTT_CONNACK and MQTT_DISCONNECT no more
    /// (8b7b8097e, c3fdb452c).
    /// </summary>
    public static readonly FirmwareChange MqttEvents = new(1116);

    /// <summary>
    /// mqtt waits 30 s for the CONNACK, pings count from there, and a reconnect has its line (9332cab7c).
    /// </summary>
    public static readonly FirmwareChange ConackTimeout = new(1118);

    /// <summary>The flags of an mqtt message are its own, "dup" is 0 or 1, and there is its id (1d96ca67f).</summary>
    public static readonly FirmwareChange MessageFlags = new(1116);

    /// <summary>http takes DELETE and PATCH (9288c0364).</summary>
    public static readonly FirmwareChange MoreMethods = new(1118);

    /// <summary>http asks the server to close: "Connection: Close" (9bc224888).</summary>
    public static readonly FirmwareChange CloseHeader = new(1118);

    /// <summary>NTP_UPDATE tells who set the time: 0 socket.sntp, 1 the network (7353434c7).</summary>
    public static readonly FirmwareChange TimeSource = new(1118);

    /// <summary>Whether a module with these parameters has it.</summary>
    public bool IsIn(ModemParameters parameters) => parameters.Firmware >= Since;
}
