using System.Globalization;
using AirHil.Rig.Files;

namespace AirHil.Board.Emulator;

/// <summary>
/// The folder of a bench without hardware: links to its ports, named by their places on the bus as Linux names them,
/// and if wanted a tree like /sys beside them.
/// </summary>
internal sealed class EmulatedFolder : IDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly bool _describesUsb;

    public EmulatedFolder(string? path, bool describesUsb)
    {
        _own = path is null ? TemporaryFolder.Create("airhil-board-") : null;
        _describesUsb = describesUsb;
        Root = _own?.Path ?? Path.GetFullPath(path!);
        ByPath = Path.Combine(Root, "dev", "serial", "by-path");
        Directory.CreateDirectory(ByPath);
    }

    /// <summary>What stands for "/" here.</summary>
    public string Root { get; }

    private string ByPath { get; }

    /// <summary>The link to a port of a device with several interfaces (CDC).</summary>
    public string InterfaceLink(string location, int number) =>
        Path.Combine(ByPath, string.Create(CultureInfo.InvariantCulture, $"{Prefix(location)}:1.{number}"));

    /// <summary>The link to the port of an adapter.</summary>
    public string AdapterLink(string location) => Path.Combine(ByPath, $"{Prefix(location)}:1.0-port0");

    /// <summary>A USB device has come: its ports can be found by its place.</summary>
    /// <param name="location">Its place: "1-1".</param>
    /// <param name="ids">Vendor and product: "19d1", "0001".</param>
    /// <param name="texts">Maker and product in words.</param>
    /// <param name="ports">The interfaces and the device files behind them.</param>
    public void Describe(
        string location, (string Vendor, string Product) ids, (string Maker, string Product) texts,
        IEnumerable<(int Interface, string Device)> ports)
    {
        if (!_describesUsb) return;
        Forget(location); // left by an emulator that was killed
        var device = DeviceFolder(location);
        Directory.CreateDirectory(device);
        File.WriteAllText(Path.Combine(device, "idVendor"), ids.Vendor + "\n");
        File.WriteAllText(Path.Combine(device, "idProduct"), ids.Product + "\n");
        File.WriteAllText(Path.Combine(device, "manufacturer"), texts.Maker + "\n");
        File.WriteAllText(Path.Combine(device, "product"), texts.Product + "\n");
        foreach (var (number, target) in ports)
        {
            var one = Path.Combine(device, string.Create(CultureInfo.InvariantCulture, $"{location}:1.{number}"));
            var name = NameOf(location, number);
            Directory.CreateDirectory(one);
            File.WriteAllText(
                Path.Combine(one, "bInterfaceNumber"), number.ToString("x2", CultureInfo.InvariantCulture) + "\n");
            var entry = Path.Combine(Classes, name);
            Directory.CreateDirectory(entry);
            File.CreateSymbolicLink(Path.Combine(Root, "dev", name), target);
            File.CreateSymbolicLink(Path.Combine(entry, "device"), one);
        }
    }

    /// <summary>The device has gone.</summary>
    public void Forget(string location)
    {
        if (!_describesUsb || !Directory.Exists(DeviceFolder(location))) return;
        foreach (var folder in Directory.EnumerateDirectories(DeviceFolder(location)))
        {
            var number = int.Parse(folder.AsSpan(folder.LastIndexOf('.') + 1), CultureInfo.InvariantCulture);
            var name = NameOf(location, number);
            File.Delete(Path.Combine(Root, "dev", name));
            File.Delete(Path.Combine(Classes, name, "device"));
            Directory.Delete(Path.Combine(Classes, name));
        }

        Directory.Delete(DeviceFolder(location), recursive: true);
    }

    public void Dispose() => _own?.Dispose();

    private string Classes => Path.Combine(Root, "sys", "class", "tty");

    private static string Prefix(string location) =>
        $"platform-emulated-usb-0:{location[(location.IndexOf('-', StringComparison.Ordinal) + 1)..]}";

    /// <summary>
    /// Kernel names count up; here they tell the place, so that two boards in one folder do not meet.
    /// </summary>
    private static string NameOf(string location, int number) => string.Create(
        CultureInfo.InvariantCulture, $"ttyACM{location.Replace('-', '_').Replace('.', '_')}_{number}");

    private string DeviceFolder(string location) => Path.Combine(Root, "sys", "devices", "emulated", location);
}
