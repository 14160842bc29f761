using System.Globalization;
using System.Text;
using AirHil.Board.Ports;

namespace AirHil.Board.BenchFile;

/// <summary>Writes a first bench file from what is plugged in.</summary>
public static class BenchDiscovery
{
    private const int LogInterface = 2;
    private const int VirtualUartInterface = 6;
    private const int VirtualUart = 32;

    /// <summary>The file's text; null where there is no module.</summary>
    /// <param name="ports">The serial ports of USB devices.</param>
    /// <param name="confirm">
    /// Listens to what may be a log port, and says in some words what was heard; null: nothing, so the port is a guess
    /// by its number alone.
    /// </param>
    public static string? Write(IReadOnlyList<UsbPort> ports, Func<UsbPort, string?> confirm)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(confirm);
        var modules = ports.Where(p => p.IsRunningModule || p.IsDownloadingModule).GroupBy(p => p.Location).ToArray();
        if (modules.Length == 0) return null;
        var text = new StringBuilder();
        text.Append("# A first bench file, written by 'airhil bench discover'; keep "
            + "it as ").Append(BenchFilePlace.FileName)
            .Append(".\n# 'airhil bench check' proves each part of it. What the keys mean: docs/bench.md.\nboards:\n");
        var number = 0;
        foreach (var module in modules) Module(text, $"board{++number}", [.. module], confirm);
        Adapters(text, [.. ports.Where(p => !p.IsRunningModule && !p.IsDownloadingModule)]);
        text.Append("# service:            # where boards reach this machine by the mobile network\n")
            .Append("#   address: rig.example.org\n#   listen: 0.0.0.0\n#   ports: { \"cloud.example:443\": 8443 }\n");
        return text.ToString();
    }

    private static void Module(StringBuilder text, string name, UsbPort[] ports, Func<UsbPort, string?> confirm)
    {
        var first = ports[0];
        if (first.IsDownloadingModule)
        {
            text.Append(CultureInfo.InvariantCulture, $"  # At {first.Location} a module is in download mode: ")
                .Append("switch its supply off and on. Its log will be\n");
            text.Append(CultureInfo.InvariantCulture, $"  {name}:\n    log: usb:{first.Location}:{LogInterface}\n");
            return;
        }

        var log = ports.FirstOrDefault(p => p.Interface == LogInterface);
        var heard = log is null ? null : confirm(log);
        text.Append(CultureInfo.InvariantCulture, $"  {name}:                   # {Describe(first)}\n");
        text.Append(CultureInfo.InvariantCulture, $"    log: usb:{first.Location}:{LogInterface}");
        text.Append(log is null ? "       # this interface is missing: is it a module with other firmware?\n"
            : heard is null ? $"       # {log.Device}, by its number alone: it was silent\n"
            : $"       # {log.Device}, confirmed: {heard}\n");
        if (ports.Any(p => p.Interface == VirtualUartInterface))
        {
            text.Append("    uarts:\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"      {VirtualUart}: usb:{first.Location}:{VirtualUartInterface}      # uart.VUART_0\n");
        }

        text.Append("    reset: log-port         # or at, power, prompt\n")
            .Append("    # power: { uhubctl: { location: \"1-1\", port: 1 } }\n")
            .Append("    # firmware: V1112\n")
            .Append("    deploy: prompt          # or a command with {dir} or {image}\n");
    }

    private static void Adapters(StringBuilder text, UsbPort[] adapters)
    {
        if (adapters.Length == 0) return;
        text.Append("# Other USB serial ports. One that is wired to a module's UART1 goes below its uarts as \"1:\", "
            + "a relay ")
            .Append("below its power:\n");
        foreach (var port in adapters)
        {
            text.Append(CultureInfo.InvariantCulture, $"#   {port.Address}  {port.Device}, {Describe(port)}\n");
        }
    }

    // A device says what it likes; the file is one line of YAML comment.
    private static string Describe(UsbPort port)
    {
        var name = $"{port.Manufacturer} {port.Product}".Trim();
        var clean = new string([.. name.Where(c => !char.IsControl(c)).Take(60)]);
        return $"{(clean.Length == 0 ? "no name" : clean)} ({port.VendorId}:{port.ProductId})";
    }
}
