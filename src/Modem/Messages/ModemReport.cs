using System.Globalization;
using System.Text;
using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Units;

namespace AirHil.Modem.Messages;

/// <summary>What a module on a bench lets a rig see.</summary>
public abstract record ModemReport : ModemOutput
{
    private ModemReport()
    {
    }

    /// <summary>
    /// When it happened, in the run's time, where the modem knows it better than by when it was heard; null: now. A
    /// board's log lines are dated by their tick.
    /// </summary>
    public TimeSpan? HappenedAt { get; init; }

    /// <summary>The supply came on, or the module started again after a reset; its tick starts at 0 here.</summary>
    /// <param name="Reason">Why, where the modem can tell (capability start-reason); a board on a bench cannot.</param>
    /// <param name="WokenBy">Of a wake-up: by what, such as "timer 3" or "pin 32"; "" else.</param>
    public sealed record PoweredOn(StartReason Reason = StartReason.Unknown, string WokenBy = "") : ModemReport;

    /// <summary>The module falls asleep, or wakes up. A bench would see it by its current.</summary>
    public sealed record SleepChanged(SleepMode Mode) : ModemReport;

    /// <summary>The script has asked for sleep and waits, but the module stays awake. Only models tell.</summary>
    public sealed record KeptAwake(WakeVote By) : ModemReport;

    /// <summary>The supply is off.</summary>
    public sealed record PoweredOff : ModemReport;

    /// <summary>One record of the log port.</summary>
    /// <param name="Tick">The module's own time since its last start, as the log frame carries it (whole ms).</param>
    /// <param name="Bytes">The record as sent, without line end; it may hold line breaks and any bytes.</param>
    public sealed record LogLine(TimeSpan Tick, ReadOnlyMemory<byte> Bytes) : ModemReport
    {
        /// <summary>The record as text: UTF-8, with bytes that are none replaced by U+FFFD.</summary>
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    /// <summary>Bytes that the module sent on a serial line, reported when the last of them has left.</summary>
    public sealed record UartReceived([property: Within(0, 63)] int Port, ReadOnlyMemory<byte> Bytes)
        : ModemReport;

    /// <summary>The module drives a pin, or makes it an input; until the first report it is as after a reset.</summary>
    /// <param name="Pin">The GPIO number.</param>
    /// <param name="Drive">From now on.</param>
    public sealed record PinDriven([property: Within(0, ModulePin.Count - 1)] int Pin, PinDrive Drive) : ModemReport;

    /// <summary>A timer of the module begins to pulse a pin, or pulses it in another way.</summary>
    /// <param name="Pin">The GPIO number.</param>
    /// <param name="Hertz">1 to 13,000,000.</param>
    /// <param name="Duty">Thousandths of a period that the pin is high, 1 to 999.</param>
    /// <param name="Pulses">How many periods; 0: until it is changed.</param>
    public sealed record PinPulsed(
        [property: Within(0, ModulePin.Count - 1)] int Pin, [property: Within(1, 13_000_000)] long Hertz,
        [property: Within(1, 999)] int Duty, [property: Within(0, uint.MaxValue)] long Pulses) : ModemReport;

    /// <summary>Two drive one pin, or use one pad. Only models report it, once for each pair.</summary>
    /// <param name="Pin">The GPIO number.</param>
    /// <param name="First">Who had it: "UART 1", "I2C 0", "the module".</param>
    /// <param name="Second">Who takes it, too: "gpio", "the rig".</param>
    public sealed record PinShared(
        [property: Within(0, ModulePin.Count - 1)] int Pin, string First, string Second) : ModemReport;

    /// <summary>What is in the module's flash under a name that the rig watches. Only models tell.</summary>
    /// <param name="IsKey">A key of fskv; else a file.</param>
    /// <param name="Name">The key, or the file's path.</param>
    /// <param name="Content">The file's bytes, or the key's value as JSON; null: there is none.</param>
    public sealed record StoredSeen(bool IsKey, string Name, ReadOnlyMemory<byte>? Content) : ModemReport;

    /// <summary>How many files a script has open, where the rig watches that. Only models tell.</summary>
    public sealed record FilesOpen([property: Within(0, 16)] int Count) : ModemReport;

    /// <summary>The module begins to write to flash, where the rig watches that. Only models tell.</summary>
    /// <param name="Took">The time until the flash has it whole.</param>
    public sealed record FlashWritten(TimeSpan Took) : ModemReport;

    /// <summary>The module enters flight mode, or leaves it. Only models tell.</summary>
    public sealed record FlightModeChanged(bool IsOn) : ModemReport;

    /// <summary>A transaction of I2C, told at its start with how it ends.</summary>
    /// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
    /// <param name="Address">0 to 0x7F.</param>
    /// <param name="Written">The bytes out; null: it has no writing part.</param>
    /// <param name="Read">The bytes in; null: it has no reading part.</param>
    /// <param name="Took">From start to stop.</param>
    public sealed record I2cTransferred(
        string Bus, [property: Within(0, 0x7F)] int Address, ReadOnlyMemory<byte>? Written, ReadOnlyMemory<byte>? Read,
        I2cResult Result, TimeSpan Took) : ModemReport;

    /// <summary>Bytes that are clocked through SPI, told at the first of them.</summary>
    /// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
    /// <param name="Sent">On MOSI.</param>
    /// <param name="Received">On MISO.</param>
    /// <param name="Took">From the first clock to the last.</param>
    public sealed record SpiTransferred(
        string Bus, ReadOnlyMemory<byte> Sent, ReadOnlyMemory<byte> Received, TimeSpan Took) : ModemReport;

    /// <summary>
    /// What a developer should know although no bench shows it: a queue that overflowed, an act whose effect on a real
    /// module is undefined. Only models report it.
    /// </summary>
    public sealed record Noticed(string Text) : ModemReport;

    /// <summary>
    /// The script called a function of the firmware that the model does not have. The call raised an error with the
    /// function's name, which the script may have caught. Only models report it.
    /// </summary>
    /// <param name="Function">As the script called it: "gpio.setup", or with the argument that is not modelled:
    /// "pm.request(pm.LIGHT)".</param>
    /// <param name="Place">The nearest line of the script, "main.lua:9"; "" where no Lua function called it.</param>
    /// <param name="Count">
    /// How often it was called from there since the module's start. The first 64 calls are reported, later ones when
    /// the count is a power of two, so that a polling script does not flood the session.
    /// </param>
    /// <param name="IsStubbed">It is a stub: no error was raised, and the script got what a table says.</param>
    public sealed record NotModelled(string Function, string Place, int Count, bool IsStubbed = false) : ModemReport;

    /// <summary>
    /// How the module fares inside, which no bench shows. Only models tell, and only when asked; sampled when the
    /// module next does something after the interval has passed, so that the sampling itself changes nothing.
    /// </summary>
    /// <param name="HeapUsed">Bytes of the Lua heap in use.</param>
    /// <param name="HeapPeak">The most that ever was in use since the start, bytes.</param>
    /// <param name="HeapLimit">Bytes of Lua heap that there are.</param>
    /// <param name="SystemHeapUsed">Bytes of the system heap in use.</param>
    /// <param name="SystemHeapPeak">The most that ever was in use since the start, bytes.</param>
    /// <param name="SystemHeapTotal">Bytes of system heap that there are.</param>
    /// <param name="CpuBusy">Share of the time since the sample before in which Lua ran, 0 to 1.</param>
    /// <param name="WatchdogLeft">Time until the watchdog resets the chip if nobody feeds it.</param>
    /// <param name="WatchdogFull">The same just after a feed.</param>
    public sealed record Vitals(
        [property: Within(0, long.MaxValue)] long HeapUsed, [property: Within(0, long.MaxValue)] long HeapPeak,
        [property: Within(0, long.MaxValue)] long HeapLimit,
        int SystemHeapUsed, int SystemHeapPeak, int SystemHeapTotal,
        [property: Within(0, 1)] double CpuBusy, TimeSpan WatchdogLeft, TimeSpan WatchdogFull) : ModemReport
    {
        /// <summary>As sessions hold it: words "name=value" with a space between.</summary>
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"heap={HeapUsed} peak={HeapPeak} limit={HeapLimit} sys={SystemHeapUsed} syspeak={SystemHeapPeak} " +
            $"systotal={SystemHeapTotal} cpu={CpuBusy:0.####} wdt={WatchdogLeft.TotalSeconds:0.###} " +
            $"wdtfull={WatchdogFull.TotalSeconds:0.###}");
    }

    /// <summary>
    /// The modem itself is gone (unplugged, connection lost); nothing more will come until it is back.
    /// </summary>
    public sealed record ModemLost(string Reason) : ModemReport;
}
