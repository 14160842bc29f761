using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

/// <summary>On folders laid out as Linux lays out sysfs for a module, an adapter and a console.</summary>
public sealed class UsbTopologyTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("airhil-sys-");
    private readonly UsbTopology _usb;

    public UsbTopologyTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sysfs is Linux's");
        _usb = new UsbTopology(_root.FullName);
        var module = Device("1-2.3", "19d1", "0001", "AirM2M", "AirM2M Compo");
        Cdc(module, "1-2.3", 2, "ttyACM1");
        Cdc(module, "1-2.3", 4, "ttyACM0");
        Cdc(module, "1-2.3", 6, "ttyACM2");
        Adapter(Device("3-1", "1a86", "7523", "", "USB Serial"), "3-1", "ttyUSB0");
        Link("sys/class/tty/tty0", "../../devices/virtual/tty/tty0");
    }

    public void Dispose() => _root.Delete(true);

    [Fact]
    public void Ports_are_listed_by_place_and_interface_and_not_by_their_numbers()
    {
        _usb.List().ShouldBe(
        [
            new UsbPort("1-2.3", 2, Dev("ttyACM1"), "19d1", "0001", "AirM2M", "AirM2M Compo"),
            new UsbPort("1-2.3", 4, Dev("ttyACM0"), "19d1", "0001", "AirM2M", "AirM2M Compo"),
            new UsbPort("1-2.3", 6, Dev("ttyACM2"), "19d1", "0001", "AirM2M", "AirM2M Compo"),
            new UsbPort("3-1", 0, Dev("ttyUSB0"), "1a86", "7523", "", "USB Serial"),
        ]);
        _usb.List()[0].IsRunningModule.ShouldBeTrue();
        _usb.List()[0].Address.ShouldBe(new PortAddress.Usb("1-2.3", 2));
    }

    [Fact]
    public void A_port_is_found_by_its_place()
    {
        _usb.Find(new PortAddress.Usb("1-2.3", 2)).ShouldBe(Dev("ttyACM1"));
        _usb.Find(new PortAddress.Usb("3-1", 0)).ShouldBe(Dev("ttyUSB0"));
        _usb.Find(new PortAddress.Usb("1-2.3", 0)).ShouldBeNull();
        _usb.Find(new PortAddress.Usb("1-2", 2)).ShouldBeNull();
    }

    [Fact]
    public void A_device_file_that_belongs_to_another_place_now_is_not_the_port()
    {
        var place = new PortAddress.Usb("1-2.3", 2);
        _usb.IsAt(place, Dev("ttyACM1")).ShouldBeTrue();
        _usb.IsAt(place, Dev("ttyACM0")).ShouldBeFalse();
        File.Delete(Dev("ttyACM1"));
        _usb.IsAt(place, Dev("ttyACM1")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1-2.3", 8, "no such serial port; it has the interfaces 2, 4, 6")]
    [InlineData("7-7", 2, "no USB serial device at 7-7; there are some at 1-2.3, 3-1")]
    public void What_is_missing_is_explained(string location, int number, string part) =>
        _usb.WhyMissing(new PortAddress.Usb(location, number)).ShouldContain(part);

    [Fact]
    public void A_module_in_download_mode_is_recognised()
    {
        Cdc(Device("5-1", "17d1", "0001", "", ""), "5-1", 0, "ttyACM5");
        _usb.List().Single(p => p.Location == "5-1").IsDownloadingModule.ShouldBeTrue();
        _usb.WhyMissing(new PortAddress.Usb("5-1", 2)).ShouldContain("is in download mode");
    }

    [Fact]
    public void Opening_an_absent_port_says_that_it_may_come()
    {
        var problem = Should.Throw<PortNotOpenException>(
            () => PortOpener.Open(new PortAddress.Usb("7-7", 2), usb: _usb));
        problem.Absent.ShouldBeTrue();
        problem.Message.ShouldContain("usb:7-7:2");
    }

    private string Dev(string name) => Path.Combine(_root.FullName, "dev", name);

    private string Device(string place, string vendor, string product, string maker, string name)
    {
        var folder = $"sys/devices/pci0/usb1/{place}";
        Text($"{folder}/idVendor", vendor);
        Text($"{folder}/idProduct", product);
        if (maker.Length > 0) Text($"{folder}/manufacturer", maker);
        if (name.Length > 0) Text($"{folder}/product", name);
        return folder;
    }

    private void Cdc(string device, string place, int number, string tty)
    {
        var face = $"{device}/{place}:1.{number}";
        Text($"{face}/bInterfaceNumber", $"{number:x2}");
        Directory.CreateDirectory(Path.Combine(_root.FullName, $"{face}/tty/{tty}"));
        Link($"{face}/tty/{tty}/device", $"../../../{place}:1.{number}");
        Link($"sys/class/tty/{tty}", $"../../../{face}/tty/{tty}");
        Text($"dev/{tty}", "");
    }

    /// <summary>The tty of an adapter's driver lies one folder deeper.</summary>
    private void Adapter(string device, string place, string tty)
    {
        var face = $"{device}/{place}:1.0";
        Text($"{face}/bInterfaceNumber", "00");
        Directory.CreateDirectory(Path.Combine(_root.FullName, $"{face}/{tty}/tty/{tty}"));
        Link($"{face}/{tty}/tty/{tty}/device", $"../../../{tty}");
        Link($"sys/class/tty/{tty}", $"../../../{face}/{tty}/tty/{tty}");
        Text($"dev/{tty}", "");
    }

    private void Text(string path, string text)
    {
        var full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text + "\n");
    }

    private void Link(string path, string target)
    {
        var full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        Directory.CreateSymbolicLink(full, target);
    }
}
