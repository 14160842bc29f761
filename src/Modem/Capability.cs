namespace AirHil.Modem;

/// <summary>Names of what only some modems can do; a scenario that needs one says so by a tag @needs-NAME.</summary>
public static class Capability
{
    /// <summary>Time jumps, so that a day costs a second.</summary>
    public const string VirtualTime = "virtual-time";

    /// <summary>Coverage can be taken away and given back.</summary>
    public const string Radio = "radio";

    /// <summary>
    /// The cell can be another: its signal, its registration, its clock, its losses. Only a simulated network has it.
    /// </summary>
    public const string Cell = "cell";

    /// <summary>The air between modem and service can be disturbed.</summary>
    public const string Network = "network";

    /// <summary>Answers to names can be disturbed.</summary>
    public const string Dns = "dns";

    /// <summary>The way to the service takes the times of a mobile network.</summary>
    public const string LinkTimes = "link-times";

    /// <summary>The service is the rig's own and can misbehave on purpose.</summary>
    public const string Service = "service";

    /// <summary>The supply can be switched.</summary>
    public const string Power = "power";

    /// <summary>A start is reported with its reason (watchdog, software, …).</summary>
    public const string StartReason = "start-reason";

    /// <summary>Bytes with frame or parity errors can be sent to the module.</summary>
    public const string LineErrors = "line-errors";

    /// <summary>Pins of the module can be held and watched.</summary>
    public const string Pins = "pins";

    /// <summary>It is seen whether the module drives a pin, and which pull the pin has.</summary>
    public const string PinModes = "pin-modes";

    /// <summary>The pulses of the module's timers are measured.</summary>
    public const string Pulses = "pulses";

    /// <summary>What the module measures can be set: voltages and the temperature.</summary>
    public const string Analog = "analog";

    /// <summary>USB can be pulled out, and it is seen whether the module sleeps.</summary>
    public const string Sleep = "sleep";

    /// <summary>The SIM card can be changed and taken out.</summary>
    public const string Sim = "sim";

    /// <summary>The numbers of the module can be chosen: its IMEI and others.</summary>
    public const string Identity = "identity";

    /// <summary>The module's file system can be filled, and its blocks can wear out.</summary>
    public const string Disk = "disk";

    /// <summary>The module can be put into flight mode, and it is seen whether it is in it.</summary>
    public const string FlightMode = "flight-mode";

    /// <summary>Text messages can be sent to the module, and those that it sends are seen.</summary>
    public const string Sms = "sms";

    /// <summary>Clients of the rig can connect to a module that listens.</summary>
    public const string Clients = "clients";

    /// <summary>Devices can be connected to I2C and SPI of the module.</summary>
    public const string Buses = "buses";

    /// <summary>The width of Lua's numbers can be chosen.</summary>
    public const string NumberWidth = "number-width";

    /// <summary>The release of the firmware can be chosen.</summary>
    public const string Firmware = "firmware";

    /// <summary>The date that the network tells the module can be chosen.</summary>
    public const string WorldDate = "world-date";

    /// <summary>The same seed gives the same run.</summary>
    public const string Deterministic = "deterministic";
}
