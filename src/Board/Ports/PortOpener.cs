namespace AirHil.Board.Ports;

/// <summary>Opens ports by their addresses.</summary>
public static class PortOpener
{
    /// <summary>How long a read waits for bytes.</summary>
    public static readonly TimeSpan ReadLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long the system may take nothing of a write. A USB port whose module has stopped reading takes nothing for
    /// ever.
    /// </summary>
    public static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(2);

    /// <summary>Opens a port: 8 data bits, no parity, one stop bit.</summary>
    /// <param name="baud">Without meaning on USB ports of the module and on sockets.</param>
    /// <param name="usb">Where USB ports are looked for; null: in this machine.</param>
    /// <exception cref="PortNotOpenException">It is absent, busy or forbidden; the message says what to do.</exception>
    public static IBytePort Open(PortAddress address, int baud = 115_200, UsbTopology? usb = null) =>
        address switch
        {
            PortAddress.Tcp tcp => TcpBytePort.Connect(tcp),
            PortAddress.Path path => OpenDevice(path.Name, path.Name, baud),
            PortAddress.Usb place => OpenUsb(place, baud, usb ?? UsbTopology.System),
            _ => throw new ArgumentException($"'{address}' is no port address", nameof(address)),
        };

    private static IBytePort OpenDevice(string name, string device, int baud, Func<bool>? stillThere = null) =>
        OperatingSystem.IsLinux()
            ? TerminalBytePort.Open(name, device, baud, stillThere)
            : SerialBytePort.Open(name, device, baud, stillThere);

    private static IBytePort OpenUsb(PortAddress.Usb place, int baud, UsbTopology usb)
    {
        var device = usb.Find(place) ?? throw new PortNotOpenException(usb.WhyMissing(place), absent: true);
        return OpenDevice($"{place} ({device})", device, baud, () => usb.IsAt(place, device));
    }
}
