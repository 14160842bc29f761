using AirHil.Modem.Buses;

namespace AirHil.Modem.Sessions;

/// <summary>A bus of the module, or a device on it.</summary>
public abstract record BusEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Bus;
}

/// <summary>A display shows another picture.</summary>
/// <param name="Name">The display: a peer's script, or a library of the module.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">
/// Line by line from the top: a bit for each pixel, the most significant first and 1 where it is lit, each line in
/// whole bytes; or two bytes for each pixel, RGB565 with the red first.
/// </param>
public sealed record DisplayShown(TimeSpan At, string Name, int Width, int Height, ReadOnlyMemory<byte> Bytes)
    : BusEvent(At, Bytes)
{
    /// <summary>Most pixels of a line, and most lines.</summary>
    public const int MostPixels = 1024;

    /// <summary>The bytes of a picture with one bit for each pixel.</summary>
    public static int BitBytes(int width, int height) => (width + 7) / 8 * height;

    /// <summary>The bytes of a picture with colours.</summary>
    public static int ColourBytes(int width, int height) => width * height * 2;

    /// <summary>Whether a pixel is lit; in colours, whether it is anything but black. False outside.</summary>
    public bool IsLit(int x, int y)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height) return false;
        var bytes = Bytes.Span;
        if (bytes.Length == BitBytes(Width, Height))
        {
            return (bytes[((Width + 7) / 8 * y) + (x / 8)] & (0x80 >> (x % 8))) != 0;
        }

        var at = ((Width * y) + x) * 2;
        return (bytes[at] | bytes[at + 1]) != 0;
    }
}

/// <summary>The rig connects, changes or disconnects a device.</summary>
public sealed record DeviceTold(TimeSpan At, DeviceSpot Spot, DeviceOrder Order) : BusEvent(At), IActEvent;

/// <summary>A transaction of I2C; its time is its start.</summary>
/// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
/// <param name="Address">0 to 0x7F.</param>
/// <param name="Writes">It has a writing part, which may have no bytes.</param>
/// <param name="Bytes">The bytes written.</param>
/// <param name="Read">The bytes read, in hexadecimal; null: it has no reading part.</param>
/// <param name="Took">From start to stop.</param>
public sealed record I2cTransferred(
    TimeSpan At, string Bus, int Address, bool Writes, ReadOnlyMemory<byte> Bytes, string? Read,
    I2cResult Result, TimeSpan Took) : BusEvent(At, Bytes);

/// <summary>Bytes that were clocked through SPI; the time is that of the first.</summary>
/// <param name="Bus">As <see cref="DeviceSpot"/> names buses.</param>
/// <param name="Bytes">On MOSI.</param>
/// <param name="Received">On MISO, in hexadecimal.</param>
/// <param name="Took">From the first clock to the last.</param>
public sealed record SpiTransferred(
    TimeSpan At, string Bus, ReadOnlyMemory<byte> Bytes, string Received, TimeSpan Took)
    : BusEvent(At, Bytes);
