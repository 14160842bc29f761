using System.Globalization;
using System.Runtime.InteropServices;

namespace AirHil.Board.Ports;

/// <summary>
/// The serial ports of USB devices by their places on the bus. All modules carry the same serial number, so nothing but
/// the place tells two of them apart (reference bench §1.1).
/// </summary>
/// <param name="root">The root folder below which "sys" and "dev" are; "/" but in tests.</param>
public sealed class UsbTopology(string root)
{
    private readonly string _classes = Path.Combine(root, "sys", "class", "tty");

    /// <summary>This machine's.</summary>
    public static UsbTopology System { get; } = new("/");

    /// <summary>Whether ports can be found by their places here: on Linux, by sysfs.</summary>
    public bool IsSupported => Directory.Exists(_classes);

    /// <summary>All serial ports of USB devices, by place and interface.</summary>
    public IReadOnlyList<UsbPort> List()
    {
        if (!IsSupported) return [];
        var found = new List<UsbPort>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(_classes))
        {
            if (Read(entry) is { } port) found.Add(port);
        }

        return
        [
            .. found.OrderBy(p => p.Location, StringComparer.Ordinal).ThenBy(p => p.Interface)
                .ThenBy(p => p.Device, StringComparer.Ordinal),
        ];
    }

    /// <summary>The device file of a port; null while there is none.</summary>
    public string? Find(PortAddress.Usb place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!IsSupported) return null;
        foreach (var entry in Directory.EnumerateFileSystemEntries(_classes))
        {
            if (IsAt(entry, place) && DeviceOf(entry) is var device && File.Exists(device)) return device;
        }

        return null;
    }

    /// <summary>Whether a device file is, still, that of a port.</summary>
    public bool IsAt(PortAddress.Usb place, string device)
    {
        ArgumentNullException.ThrowIfNull(place);
        return File.Exists(device) && IsAt(Path.Combine(_classes, Path.GetFileName(device)), place);
    }

    /// <summary>Why <see cref="Find"/> found nothing, and what to do.</summary>
    public string WhyMissing(PortAddress.Usb place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!IsSupported)
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
                ? $"{place}: USB ports cannot be found by their places, for there is no {_classes}; name a device file"
                : $"{place}: USB ports are found by their places on Linux only; name the port instead (COM7). The "
                    + "Device Manager shows it under the properties of the port whose hardware id ends in "
                    + string.Create(CultureInfo.InvariantCulture, $"MI_{place.Interface:D2}");
        }

        var here = List().Where(p => p.Location == place.Location).ToArray();
        if (here.Any(p => p.IsDownloadingModule))
        {
            return $"{place}: the module there is in download mode (17d1:0001); switch its supply off and on";
        }

        if (here.Length > 0)
        {
            return $"{place}: the device there has no such serial port; it has the interfaces "
                + string.Join(", ", here.Select(p => p.Interface.ToString(CultureInfo.InvariantCulture)));
        }

        var places = List().Select(p => p.Location).Distinct().ToArray();
        return $"{place}: there is no USB serial device at {place.Location}; "
            + (places.Length == 0 ? "there is none at all" : $"there are some at {string.Join(", ", places)}")
            + ". Is the board on, and its power key strapped? 'airhil bench discover' lists what there is";
    }

    /// <summary>The interface's folder says where it is, so that nothing is read of ports elsewhere.</summary>
    private static bool IsAt(string entry, PortAddress.Usb place) =>
        FolderOf(entry) is { } folder && PlaceOf(folder) == place.Location && InterfaceOf(folder) == place.Interface;

    private UsbPort? Read(string entry)
    {
        if (FolderOf(entry) is not { } folder || PlaceOf(folder) is not { } place
            || InterfaceOf(folder) is not { } number)
        {
            return null;
        }

        var device = Path.GetDirectoryName(folder)!;
        return new UsbPort(
            place, number, DeviceOf(entry), TextOf(device, "idVendor"), TextOf(device, "idProduct"),
            TextOf(device, "manufacturer"), TextOf(device, "product"));
    }

    private string DeviceOf(string entry) => Path.Combine(root, "dev", Path.GetFileName(entry));

    /// <summary>
    /// The folder of the USB interface, named BUS-PORTS:CONFIGURATION.INTERFACE. A CDC port hangs directly below it, an
    /// adapter's port one level deeper.
    /// </summary>
    private static string? FolderOf(string entry)
    {
        try
        {
            var link = Path.Combine(RealPathOf(entry), "device");
            if (Directory.ResolveLinkTarget(link, true)?.FullName is not { } folder) return null;
            if (PlaceOf(folder) is not null) return folder;
            var above = Path.GetDirectoryName(folder);
            return above is not null && PlaceOf(above) is not null ? above : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null; // it vanished while it was looked at
        }
    }

    private static string RealPathOf(string entry) =>
        Directory.ResolveLinkTarget(entry, true)?.FullName ?? entry;

    private static string? PlaceOf(string folder)
    {
        var name = Path.GetFileName(folder);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && dash < colon
            ? name[..colon]
            : null;
    }

    private static int? InterfaceOf(string folder)
    {
        if (int.TryParse(
            TextOf(folder, "bInterfaceNumber"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var name = Path.GetFileName(folder);
        return int.TryParse(
            name.AsSpan(name.LastIndexOf('.') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? number
            : null;
    }

    private static string TextOf(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
