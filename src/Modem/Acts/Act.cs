using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.ShortMessages;

namespace AirHil.Modem.Acts;

/// <summary>
/// One thing that a rig does to a module, its air or its services, as a value: it can be written, read, compared,
/// generated from a seed and printed as a phrase (<see cref="ActPhrase"/>). It says what, never when: that is
/// <see cref="ScheduledAct"/>.
/// </summary>
public abstract record Act
{
    private protected Act()
    {
    }

    /// <summary>To which module; null: to the only one. Of network faults: whose link; null: every link.</summary>
    public string? Modem { get; init; }

    /// <summary>The capability that a target must have for it (<see cref="Capability"/>); null: none.</summary>
    public virtual string? Needs => null;

    /// <summary>How long it acts; zero: for one moment, or until something else ends it.</summary>
    public virtual TimeSpan Lasts => TimeSpan.Zero;

    /// <summary>The same for another time; itself where it has none.</summary>
    public virtual Act Lasting(TimeSpan time) => this;

    public sealed override string ToString() => ActPhrase.Format(this);
}

/// <summary>The supply comes.</summary>
public sealed record SwitchOn : Act;

/// <summary>The supply goes.</summary>
/// <param name="For">Then it comes again; null: it stays off.</param>
public sealed record SwitchOff(TimeSpan? For = null) : Act
{
    public override string Needs => Capability.Power;

    public override TimeSpan Lasts => For ?? TimeSpan.Zero;

    public override Act Lasting(TimeSpan time) => this with { For = time };
}

/// <summary>The supply goes in the middle of the next write to flash, of a file or of a key.</summary>
/// <param name="For">Then it comes again; null: it stays off.</param>
public sealed record CutAtWrite(TimeSpan? For = null) : Act
{
    public override string Needs => Capability.Disk;

    public override TimeSpan Lasts => For ?? TimeSpan.Zero;

    public override Act Lasting(TimeSpan time) => this with { For = time };
}

/// <summary>The open files are shown now and at each change from now on, or each write to flash.</summary>
public sealed record WatchStorage(StorageWatch What) : Act
{
    public override string Needs => Capability.Disk;
}

/// <summary>The module is put into flight mode, or taken out of it, as by mobile.flymode.</summary>
public sealed record SetFlightMode(bool IsOn) : Act
{
    public override string Needs => Capability.FlightMode;
}

/// <summary>The reset line is pulled.</summary>
public sealed record PullReset : Act;

/// <summary>Packets to the module: the first at once, the others after their pauses.</summary>
/// <param name="Port">0 to 63; 32 is the USB virtual UART.</param>
public sealed record WriteUart(int Port, UartStimulus Stimulus) : Act
{
    public override string? Needs => Stimulus.Packets.Any(p => p.LineErrors) ? Capability.LineErrors : null;
}

/// <summary>A device on a serial line: it answers a line of the module at once.</summary>
/// <param name="Asked">The line, without its line end.</param>
/// <param name="Answer">As it is sent; nothing is added.</param>
public sealed record AnswerUart(int Port, string Asked, string Answer) : Act;

/// <summary>A pin of the module is held, or released.</summary>
/// <param name="Pin">The GPIO number, 0 to 35.</param>
/// <param name="For">Then it is as before; null: it stays so.</param>
public sealed record HoldPin(int Pin, PinHold Hold, TimeSpan? For = null) : Act
{
    public override string Needs => Capability.Pins;

    public override TimeSpan Lasts => For ?? TimeSpan.Zero;

    public override Act Lasting(TimeSpan time) => this with { For = time };
}

/// <summary>An analogue input of the module sees another value.</summary>
/// <param name="Value">Volts, or °C, within <see cref="AnalogRange"/>.</param>
public sealed record SetAnalog(AnalogInput Input, double Value) : Act
{
    public override string Needs => Capability.Analog;
}

/// <summary>
/// A brown-out: the supply sinks and comes back. Where it sinks below what the module needs, the module is off for that
/// time.
/// </summary>
/// <param name="Volts">0 to 5.</param>
/// <param name="For">Then it is as before.</param>
public sealed record SinkSupply(double Volts, TimeSpan For) : Act
{
    /// <summary>The highest voltage, in volts.</summary>
    internal const double Most = 5;

    public override string Needs => Capability.Analog;

    public override TimeSpan Lasts => For;

    public override Act Lasting(TimeSpan time) => this with { For = time };
}

/// <summary>USB is plugged in, or pulled out.</summary>
public sealed record PlugUsb(bool IsIn) : Act
{
    public override string Needs => Capability.Sleep;
}

/// <summary>The module's file system is filled.</summary>
/// <param name="KilobytesLeft">What a script can still write, in blocks of 4.</param>
public sealed record FillDisk(int KilobytesLeft) : Act
{
    public override string Needs => Capability.Disk;
}

/// <summary>Blocks of the module's file system wear out.</summary>
public sealed record WearDisk(int Blocks) : Act
{
    public override string Needs => Capability.Disk;
}

/// <summary>A file or a key of fskv is put into the module's flash, or removed.</summary>
/// <param name="IsKey">A key; else a file.</param>
/// <param name="Name">The key, or the file's path.</param>
/// <param name="Content">The file's bytes, or the key's value as JSON; null: it is removed.</param>
public sealed record PutStored(bool IsKey, string Name, ReadOnlyMemory<byte>? Content) : Act
{
    public override string Needs => Capability.Disk;

    public bool Equals(PutStored? other) =>
        other is not null && base.Equals(other) && (IsKey, Name) == (other.IsKey, other.Name)
        && Content.HasValue == other.Content.HasValue
        && Content.GetValueOrDefault().Span.SequenceEqual(other.Content.GetValueOrDefault().Span);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), IsKey, Name);
}

/// <summary>A file or a key of fskv is shown now, and at each change from now on.</summary>
/// <inheritdoc cref="PutStored"/>
public sealed record WatchStored(bool IsKey, string Name) : Act
{
    public override string Needs => Capability.Disk;
}

/// <summary>Another SIM card is put in, or the card is taken out.</summary>
/// <param name="Card">Null: it is taken out.</param>
public sealed record ChangeSim(SimCard? Card) : Act
{
    public override string Needs => Capability.Sim;
}

/// <summary>The module gets another number of its own, from its next start on.</summary>
public sealed record LabelModule(ModuleLabel Label) : Act
{
    public override string Needs => Capability.Identity;
}

/// <summary>Somebody sends a text message to the module.</summary>
/// <param name="From">Digits, with "+" before them where it is an international number.</param>
/// <param name="Text">A long one comes in parts.</param>
/// <param name="Part">It is a part of a longer one by itself; null: it is whole.</param>
public sealed record SendSms(string From, string Text, MessagePart? Part = null) : Act
{
    public override string Needs => Capability.Sms;
}

/// <summary>A device on a bus of the module is connected, changed or disconnected.</summary>
public sealed record TellDevice(DeviceSpot Spot, DeviceOrder Order) : Act
{
    public override string Needs => Capability.Buses;
}

/// <summary>A fault begins.</summary>
/// <param name="For">How long it acts; null for a fault of one moment, or until it is ended.</param>
public sealed record BeginFault(Fault Fault, TimeSpan? For = null) : Act
{
    public override string Needs => Fault.Needs;

    public override TimeSpan Lasts => For ?? TimeSpan.Zero;

    public override Act Lasting(TimeSpan time) => this with { For = time };
}

/// <summary>A fault ends.</summary>
/// <param name="Place">Which of the faults of equal value, in the order in which they began, from 0; null: the first.
/// </param>
public sealed record EndFault(Fault Fault, int? Place = null) : Act
{
    public override string Needs => Fault.Needs;
}

/// <summary>The service sends a message to every open connection.</summary>
/// <param name="Url">Of this endpoint; null: of every endpoint.</param>
/// <param name="IsText">It is sent as a text; else as a binary message.</param>
public sealed record PushMessage(string? Url, bool IsText, ReadOnlyMemory<byte> Bytes) : Act
{
    public override string Needs => Capability.Service;

    public bool Equals(PushMessage? other) => other is not null && Modem == other.Modem && Url == other.Url
        && IsText == other.IsText && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => HashCode.Combine(Modem, Url, IsText, Bytes.Length);
}

/// <summary>The service pings every open WebSocket.</summary>
/// <param name="Url">Of this endpoint; null: of every endpoint.</param>
/// <param name="Bytes">125 at most (RFC 6455 §5.5).</param>
public sealed record PingClients(string? Url, ReadOnlyMemory<byte> Bytes) : Act
{
    public override string Needs => Capability.Service;

    public bool Equals(PingClients? other) => other is not null && Modem == other.Modem && Url == other.Url
        && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => HashCode.Combine(Modem, Url, Bytes.Length);
}

/// <summary>This place in the session gets a name.</summary>
public sealed record SetMark(string Name) : Act;
