namespace AirHil.Modem.Messages;

/// <summary>The numbers that are a module's own; those of its SIM card are not among them.</summary>
public enum ModuleNumber
{
    /// <summary>15 digits, of which the last is a check digit: <c>mobile.imei</c>.</summary>
    Imei,

    /// <summary>What the factory wrote, up to 32 letters: <c>mobile.sn</c>.</summary>
    SerialNumber,

    /// <summary>What names the module to its maker's services, up to 32 letters: <c>mobile.muid</c>.</summary>
    Muid,

    /// <summary>10 bytes of the chip: <c>mcu.unique_id</c>.</summary>
    UniqueId,
}
