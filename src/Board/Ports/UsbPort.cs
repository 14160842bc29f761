namespace AirHil.Board.Ports;

/// <summary>A serial port that a USB device offers, as the system describes it.</summary>
/// <param name="Location">The hub path: "1-2.3".</param>
/// <param name="Interface">The number of its control interface.</param>
/// <param name="Device">The device file: "/dev/ttyACM0".</param>
/// <param name="VendorId">As "19d1".</param>
/// <param name="ProductId">As "0001".</param>
/// <param name="Manufacturer">"" where the device says nothing.</param>
/// <param name="Product">"" where the device says nothing.</param>
public sealed record UsbPort(
    string Location, int Interface, string Device, string VendorId, string ProductId, string Manufacturer,
    string Product)
{
    /// <summary>How a bench file names it.</summary>
    public PortAddress.Usb Address => new(Location, Interface);

    /// <summary>A module of the EC618 or EC718 family with its system running (reference bench §1.1).</summary>
    public bool IsRunningModule => VendorId == "19d1" && ProductId == "0001";

    /// <summary>A module in download mode (reference bench §1.1).</summary>
    public bool IsDownloadingModule => VendorId == "17d1" && ProductId == "0001";
}
