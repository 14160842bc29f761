using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Units;

namespace AirHil.Modem.Messages;

/// <summary>What a rig can do to a module on a bench. Every modem answers these; none of them can do more.</summary>
public abstract record ModemCommand : ModemInput
{
    private ModemCommand()
    {
    }

    /// <summary>Supply on, with the power key strapped: the module boots. Ignored while it is on.</summary>
    public sealed record ApplyPower : ModemCommand;

    /// <summary>Supply off at once: nothing is said, nothing is saved.</summary>
    public sealed record CutPower : ModemCommand;

    /// <summary>The reset line: the module boots again.</summary>
    public sealed record PullReset : ModemCommand;

    /// <summary>Bytes on a serial line towards the module, sent back to back at the line's speed from now on.</summary>
    /// <param name="Port">The UART's number on the module: 1 is MAIN_UART, 0x20 the USB virtual UART.</param>
    /// <param name="Bytes">The bytes.</param>
    /// <param name="LineErrors">Whether the receiver meets frame or parity errors in them (noise on the line).</param>
    public sealed record WriteUart(
        [property: Within(0, 63)] int Port, ReadOnlyMemory<byte> Bytes, bool LineErrors = false) : ModemCommand;

    /// <summary>
    /// Holds a pin of the module from outside, or releases it. It stays so over resets and without supply.
    /// </summary>
    /// <param name="Pin">The GPIO number.</param>
    /// <param name="Hold">From now on.</param>
    public sealed record HoldPin([property: Within(0, ModulePin.Count - 1)] int Pin, PinHold Hold) : ModemCommand;

    /// <summary>Plugs USB in, or pulls it out. It stays so over resets and without supply; at first it is in.</summary>
    public sealed record PlugUsb(bool IsIn) : ModemCommand;

    /// <summary>Puts a SIM card into the holder, in place of what is there, or takes it out.</summary>
    /// <param name="Card">Null: the holder is empty. At first there is a card.</param>
    public sealed record ChangeSim(SimCard? Card) : ModemCommand;

    /// <summary>Gives the module another number of its own; a script sees it from the next start on.</summary>
    public sealed record LabelModule(ModuleLabel Label) : ModemCommand;

    /// <summary>Fills the root file system with something that scripts do not see, until so much is left.</summary>
    public sealed record FillDisk([property: Within(0, 1_000_000)] int KilobytesLeft) : ModemCommand;

    /// <summary>So many more blocks of the root file system are worn out; it takes others in their place.</summary>
    public sealed record WearDisk([property: Within(1, 1_000)] int Blocks) : ModemCommand;

    /// <summary>
    /// Puts a file or a key of fskv into the module's flash, in place of what is there, or removes it. A script sees it
    /// when it next reads.
    /// </summary>
    /// <param name="IsKey">A key; else a file.</param>
    /// <param name="Name">The key, or the file's path.</param>
    /// <param name="Content">The file's bytes, or the key's value as JSON; null: it is removed.</param>
    public sealed record PutStored(bool IsKey, string Name, ReadOnlyMemory<byte>? Content) : ModemCommand;

    /// <summary>Reports a file or a key of fskv at once, and from now on at each change.</summary>
    /// <inheritdoc cref="PutStored"/>
    public sealed record WatchStored(bool IsKey, string Name) : ModemCommand;

    /// <summary>Reports the open files at once and at each change, or each write to flash, from now on.</summary>
    public sealed record WatchStorage(StorageWatch What) : ModemCommand;

    /// <summary>Puts the module into flight mode, or takes it out, as mobile.flymode does.</summary>
    public sealed record SetFlightMode(bool IsOn) : ModemCommand;

    /// <summary>Changes what an analogue input sees. It stays so over resets and without supply.</summary>
    /// <param name="Input">What is changed.</param>
    /// <param name="Value">Volts, or °C, within <see cref="AnalogRange"/>.</param>
    public sealed record SetAnalog(
        AnalogInput Input, [property: Within(AnalogRange.Least, AnalogRange.Most)] double Value) : ModemCommand;

    /// <summary>
    /// Connects, changes or disconnects a device of a bus. It stays so over resets and without supply. What the device
    /// does is the rig's affair: the module asks (<see cref="BusRequest"/>) where one is connected.
    /// </summary>
    public sealed record TellDevice(DeviceSpot Spot, DeviceOrder Order) : ModemCommand;
}
