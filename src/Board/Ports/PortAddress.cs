using System.Globalization;

namespace AirHil.Board.Ports;

/// <summary>Where a serial port is. It is named by what does not change when ports are renumbered.</summary>
public abstract record PortAddress
{
    private PortAddress()
    {
    }

    /// <summary>A USB interface by its place on the bus.</summary>
    /// <param name="Location">The hub path as Linux and Windows write it: "1-2.3", "3-1".</param>
    /// <param name="Interface">Its number: 2 is the log, 6 the USB virtual UART (reference bench §1.2).</param>
    public sealed record Usb(string Location, int Interface) : PortAddress
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"usb:{Location}:{Interface}");
    }

    /// <summary>A device file or a COM port by its name.</summary>
    public sealed record Path(string Name) : PortAddress
    {
        public override string ToString() => Name;
    }

    /// <summary>A raw TCP socket: ser2net and its like.</summary>
    public sealed record Tcp(string Host, int Port) : PortAddress
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tcp://{Host}:{Port}");
    }

    /// <summary>Reads "usb:1-2.3:2", "tcp://host:port", a device file or a COM port.</summary>
    /// <exception cref="FormatException">
    /// The text is none of these forms; the message says what was expected.
    /// </exception>
    public static PortAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.StartsWith("usb:", StringComparison.Ordinal)) return ParseUsb(trimmed);
        if (trimmed.StartsWith("tcp://", StringComparison.Ordinal)) return ParseTcp(trimmed);
        return trimmed.Length > 0
            ? new Path(trimmed)
            : throw new FormatException(
                "a port is usb:LOCATION:INTERFACE, tcp://HOST:PORT, a device file or a COM port");
    }

    private static Usb ParseUsb(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 3 && parts[1].Length > 0
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 32
            ? new Usb(parts[1], number)
            : throw new FormatException($"'{text}' is no USB port; write usb:LOCATION:INTERFACE, as usb:1-2.3:2");
    }

    private static Tcp ParseTcp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Port is > 0 and < 65_536 && uri.Host.Length > 0
            && uri.AbsolutePath is "" or "/"
            ? new Tcp(uri.Host, uri.Port)
            : throw new FormatException($"'{text}' is no TCP port; write tcp://HOST:PORT, as tcp://lab-pi:4001");
}
