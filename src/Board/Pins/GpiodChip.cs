using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AirHil.Board.Pins;

/// <summary>Opens GPIO chips of this machine by libgpiod, of version 1 or 2, whichever the system has.</summary>
internal static class GpiodChip
{
    private const string NamePrefix = "gpiochip";
    private const string Version1 = "libgpiod.so.2";
    private const string Version2 = "libgpiod.so.3";

    /// <summary>What can open chips, in the order in which it is looked for.</summary>
    public static IReadOnlyList<string> Libraries { get; } = [Version1, Version2];

    /// <param name="chip">Its number, name or label.</param>
    /// <exception cref="PinException">libgpiod or the chip is not there, or the chip is not ours.</exception>
    public static GpioDriver Open(string chip)
    {
        if (Libraries.FirstOrDefault(IsHere) is { } library) return Open(chip, library);
        throw new PinException(
            $"the GPIO chip '{chip}' cannot be used: this system has neither {Version1} nor {Version2}. Install it (on "
            + "Debian: apt install libgpiod2, from Debian 13 on libgpiod3; it exists for Linux only), or wire the pin "
            + "by a 'command' in the bench file");
    }

    /// <param name="library">One of <see cref="Libraries"/> that is here.</param>
    /// <inheritdoc cref="Open(string)"/>
    public static GpioDriver Open(string chip, string library)
    {
        try
        {
            return library == Version1
                ? new LibGpiodDriver(NumberOf(chip, LibGpiodDriver.GetAvailableChips))
                : new LibGpiodV2Driver(NumberOf(chip, LibGpiodV2Driver.GetAvailableChips));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or NotSupportedException)
        {
            throw Missing(chip, e.Message.Trim().TrimEnd('.'), e);
        }
    }

    public static bool IsHere(string library) => NativeLibrary.TryLoad(library, out _);

    private static int NumberOf(string chip, Func<IList<GpioChipInfo>> all)
    {
        var digits = chip.StartsWith(NamePrefix, StringComparison.Ordinal) ? chip[NamePrefix.Length..] : chip;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return File.Exists($"/dev/{NamePrefix}{number}")
                ? number
                : throw Missing(chip, $"there is no file /dev/{NamePrefix}{number}");
        }

        var labelled = all().Where(c => c.Label == chip).ToArray();
        return labelled.Length == 1
            ? labelled[0].Id
            : throw Missing(chip, labelled.Length == 0 ? "no chip has this label" : "several chips have this label");
    }

    private static PinException Missing(string chip, string why, Exception? inner = null)
    {
        var files = Directory.Exists("/dev") ? Directory.GetFiles("/dev", NamePrefix + "*") : [];
        var names = string.Join(", ", files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        return new PinException(
            $"the GPIO chip '{chip}' cannot be opened: {why}. This machine has: {(names.Length == 0 ? "none" : names)}"
            + ". 'gpiodetect' lists their labels; your user needs the right to read and write the file in /dev (on "
            + "many systems: the group gpio)",
            inner);
    }
}
