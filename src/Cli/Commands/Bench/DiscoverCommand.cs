using System.CommandLine;
using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Board.Log;
using AirHil.Board.Ports;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench discover`: a first bench file from what is plugged in.</summary>
internal static class DiscoverCommand
{
    private static readonly TimeSpan ListenTime = TimeSpan.FromSeconds(3);

    public static Command Create(Terminal terminal)
    {
        var root = BenchArguments.Root();
        var closed = new Option<bool>("--no-open")
        {
            Description = "Open no port: use only the USB interface numbers.",
        };
        var command = new Command("discover", "Write a first bench file for what is plugged in to standard output.")
        {
            root, closed,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            terminal, BenchArguments.Usb(parsed.GetValue(root)), parsed.GetValue(closed), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, UsbTopology usb, bool closed, CancellationToken cancel)
    {
        if (!usb.IsSupported)
        {
            terminal.Error.WriteLine(
                "airhil: boards are found by their place on the bus on Linux alone. On Windows the Device Manager "
                    + "shows the\n"
                    + "ports: of the device USB\\VID_19D1&PID_0001, the port with MI_02 in its hardware id is the "
                    + "log, MI_06 the\n"
                    + "virtual UART. In PowerShell:\n"
                    + "  Get-CimInstance Win32_PnPEntity | Where-Object PNPDeviceID -like 'USB\\VID_19D1&PID_0001*' |\n"
                    + "    Select-Object Name, PNPDeviceID\n"
                    + "Write them into a bench file as COM numbers (docs/bench.md has one), then: airhil bench check");
            return ExitCode.TargetNotAvailable;
        }

        var ports = usb.List();
        var heard = new Dictionary<UsbPort, string?>();
        foreach (var port in ports.Where(p => p.IsRunningModule && p.Interface == 2 && !closed))
        {
            heard[port] = await ListenAsync(terminal.Error, port, usb, cancel);
        }

        if (BenchDiscovery.Write(ports, p => heard.GetValueOrDefault(p)) is { } text)
        {
            terminal.Out.Write(text);
            return ExitCode.Passed;
        }

        terminal.Error.WriteLine(
            "airhil: no module is plugged in: no USB device is 19d1:0001 (running) or 17d1:0001 (download mode)"
                + (ports.Count == 0 ? "; there is no USB serial port at all" : $"; other USB serial ports: "
                + $"{ports.Count}")
                + "\nairhil: factory boards stay off when USB is plugged: hold the power key for 2 s, or strap it "
                + "low; a board on\n"
                + "airhil: ser2net (tcp://HOST:PORT) is not found this way and is written into the bench file by hand");
        return ExitCode.TargetNotAvailable;
    }

    /// <summary>What the log says; null: nothing. A board that a run holds is left alone.</summary>
    private static async Task<string?> ListenAsync(
        TextWriter error, UsbPort port, UsbTopology usb, CancellationToken cancel)
    {
        var board = new BoardDescription(port.Location, port.Address);
        try
        {
            using var lease = await BoardLease.AcquireAsync(board, TimeSpan.Zero, cancel);
            string? banner = null;
            using var tap = new LogTap(() => PortOpener.Open(port.Address, usb: usb))
            {
                Heard = (_, text) => banner = text.StartsWith("I/main "
                    + "LuatOS@", StringComparison.Ordinal) ? text[7..] : banner,
            };
            tap.Open();
            await Task.Run(() => tap.WaitFor(_ => banner is not null, ListenTime, cancel), CancellationToken.None);
            return banner ?? (tap.Counters.Frames > 0 ? $"{tap.Counters.Frames} log frames" : null);
        }
        catch (BoardHeldException e)
        {
            error.WriteLine($"airhil: {e.Message}");
            return null;
        }
        catch (PortNotOpenException e)
        {
            error.WriteLine($"airhil: {e.Message}");
            return null;
        }
    }
}
