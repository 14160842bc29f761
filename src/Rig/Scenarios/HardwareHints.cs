using System.Globalization;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Scenarios;

/// <summary>What most likely is wrong where a module does not do with its hardware what was expected.</summary>
internal static class HardwareHints
{
    /// <summary>What the boot ROM sends on UART 1, before any script.</summary>
    private static ReadOnlySpan<byte> BootText => "^boot.rom"u8;

    /// <summary>Why a module does not fall asleep; null: it did.</summary>
    public static string? OfSleep(Bench bench)
    {
        var last = bench.Events.LastOrDefault(e => e is KeptAwake or SleepChanged or ModemStarted);
        return last switch
        {
            KeptAwake { By: WakeVote.Usb } => "USB is plugged in and keeps it awake: add `Given USB is unplugged`",
            KeptAwake { By: WakeVote.Uart } => "what is on a UART keeps it awake",
            KeptAwake { By: WakeVote.Radio } => "its radio is busy and keeps it awake; in flight mode it would not",
            KeptAwake { By: WakeVote.Key } => "the power key is pressed and keeps it awake",
            SleepChanged => null,
            _ => "its script never waits, or has not asked for sleep by pm.request, pm.force or pm.WORK_MODE",
        };
    }

    /// <summary>Why a pin does not change.</summary>
    public static string OfPin(Bench bench, int pin)
    {
        if (SinceStart(bench).OfType<PinDriven>().LastOrDefault(e => e.Pin == pin) is { } last)
        {
            return $"what the script did last with it: {last.Kind} at {DurationText.Say(last.At)}";
        }

        var driven = SinceStart(bench).OfType<PinDriven>().Select(e => e.Pin).Distinct().Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"the script has not set up pin {pin}; ") +
            (driven.Length == 0 ? "it has set up no pin" : $"it has set up: {string.Join(", ", driven)}");
    }

    /// <summary>Why nothing is seen on a UART; null: the module sends there.</summary>
    public static string? OfUart(Bench bench, int port)
    {
        var sent = SinceStart(bench).OfType<UartOut>().Where(e => !e.Bytes.Span.StartsWith(BootText))
            .Select(e => e.Port).Distinct().Order().ToArray();
        if (sent.Contains(port)) return null;
        var others = sent.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $": does it call uart.setup({port}, …) and uart.write?")
            : $"; it has on UART {string.Join(", ", sent)}";
        return string.Create(CultureInfo.InvariantCulture, $"the script has sent nothing on UART {port}") + others;
    }

    /// <summary>Why a device on I2C is not spoken to as expected; null: nobody knows.</summary>
    public static string? OfDevice(Bench bench, DeviceSpot spot)
    {
        if (spot is not DeviceSpot.I2c i2c) return null;
        var transfers = SinceStart(bench).OfType<I2cTransferred>().Where(e => e.Bus == i2c.Bus).ToArray();
        if (transfers.Length == 0) return $"the script has not used I2C {i2c.Bus}";
        if (transfers.LastOrDefault(e => e.Address == i2c.Address) is { } last)
        {
            return $"what it did last with this device: {last.Kind} {last.Text}";
        }

        var others = transfers.Select(e => e.Address).Distinct().Order()
            .Select(address => string.Create(CultureInfo.InvariantCulture, $"0x{address:X2}"));
        return $"the script has not used this address; on I2C {i2c.Bus} it has used {string.Join(", ", others)}";
    }

    /// <summary>Why no display shows anything; null: one does.</summary>
    public static string? OfDisplay(Bench bench) => bench.Events.Any(e => e is DisplayShown)
        ? null
        : "no display has shown anything: is there a peer such as ssd1306.lua at the address that the script uses?";

    /// <summary>What happened since the module's last start; before it another script may have run.</summary>
    private static IEnumerable<SessionEvent> SinceStart(Bench bench)
    {
        var events = bench.Events;
        var start = events.Count - 1;
        while (start > 0 && events[start] is not ModemStarted) start--;
        return events.Skip(start);
    }
}
