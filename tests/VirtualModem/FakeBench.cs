using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests;

/// <summary>A module on a bench with the fake air, driven from deadline to deadline.</summary>
internal sealed class FakeBench
{
    private readonly PriorityQueue<ModemInput, (TimeSpan, int)> _stimuli = new();
    private int _order;

    public FakeBench(string script, ModemParameters? parameters = null, ulong seed = 1)
        : this(TestImage.FromMain(script), parameters, seed)
    {
    }

    public FakeBench(FirmwareImage image, ModemParameters? parameters = null, ulong seed = 1) =>
        Modem = new VirtualAir780E(image, parameters ?? new ModemParameters(), seed);

    public VirtualAir780E Modem { get; }
    public FakeAir Air { get; init; } = new() { Service = FakeAir.Echo };
    public TimeSpan Now { get; private set; }
    public List<LoggedLine> Log { get; } = [];
    public List<(TimeSpan At, string Port, byte[] Bytes)> Uart { get; } = [];
    public List<(TimeSpan At, ModemReport.PoweredOn Report)> Starts { get; } = [];
    public List<string> Notices { get; } = [];
    public List<ModemReport.NotModelled> NotModelled { get; } = [];
    public List<(TimeSpan At, ModemReport.PinDriven Report)> Pins { get; } = [];

    /// <summary>What it tells of its sleep, in words.</summary>
    public List<(TimeSpan At, string What)> Sleeps { get; } = [];

    public List<ModemReport.PinPulsed> Pulses { get; } = [];

    /// <summary>Of pins with two owners, flight mode, open files and writes to flash.</summary>
    public List<(TimeSpan At, ModemReport Report)> Reports { get; } = [];

    public List<ModemReport.I2cTransferred> I2c { get; } = [];
    public List<ModemReport.SpiTransferred> Spi { get; } = [];

    /// <summary>What the devices of the buses do; it is asked where one is connected.</summary>
    public Func<BusRequest, BusAnswer>? Devices { get; init; }

    /// <summary>One line with the run's time at which it came.</summary>
    public sealed record LoggedLine(TimeSpan At, TimeSpan Tick, string Text);

    public IEnumerable<string> Lines => Log.Select(line => line.Text);

    public IEnumerable<string> UserLines => Lines.Where(line => line.Contains("/user.", StringComparison.Ordinal));

    public FakeBench PowerOn()
    {
        At(Now, new ModemCommand.ApplyPower());
        return this;
    }

    public void At(TimeSpan time, ModemInput input) => _stimuli.Enqueue(input, (time, ++_order));

    public void At(double seconds, ModemInput input) => At(TimeSpan.FromSeconds(seconds), input);

    public void WriteUart(double seconds, string text, int port = 1) =>
        At(seconds, new ModemCommand.WriteUart(port, System.Text.Encoding.UTF8.GetBytes(text)));

    public FakeBench RunTo(double seconds)
    {
        var end = TimeSpan.FromSeconds(seconds);
        while (true)
        {
            Drain();
            var next = Min(Min(Modem.NextTimeout, Air.NextDue),
                _stimuli.TryPeek(out _, out var key) ? key.Item1 : null);
            if (next is not { } time || time > end) break;
            if (time > Now) Now = time;
            if (_stimuli.TryPeek(out var stimulus, out key) && key.Item1 <= Now)
            {
                _stimuli.Dequeue();
                Modem.Handle(stimulus, Now);
            }
            else if (Air.TryTake(Now, out var happened))
            {
                Modem.Handle(happened, Now);
            }
            else
            {
                Modem.HandleTimeout(Now);
            }
        }

        Now = end;
        return this;
    }

    public LoggedLine Line(string start) =>
        Log.FirstOrDefault(line => line.Text.StartsWith(start, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"No line starts with '{start}'. There are:\n{Dump()}");

    public string Dump() =>
        string.Join("\n", Log.Select(line => $"[{line.Tick.TotalSeconds:F3}] {line.Text}").Concat(Notices));

    private static TimeSpan? Min(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a < b ? a : b;

    private void Drain()
    {
        while (Modem.TryTake(out var output))
        {
            switch (output)
            {
                case AirRequest request:
                    Air.Handle(request, Now);
                    break;
                case ModemReport.LogLine line:
                    Log.Add(new LoggedLine(Now, line.Tick, line.Text));
                    break;
                case ModemReport.UartReceived received:
                    Uart.Add(
                        (Now, received.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                            received.Bytes.ToArray()));
                    break;
                case ModemReport.PoweredOn started:
                    Starts.Add((Now, started));
                    break;
                case ModemReport.Noticed noticed:
                    Notices.Add(noticed.Text);
                    break;
                case ModemReport.NotModelled call:
                    NotModelled.Add(call);
                    break;
                case ModemReport.PinDriven driven:
                    Pins.Add((Now, driven));
                    break;
                case BusRequest request:
                    Modem.Handle(Devices!(request), Now);
                    break;
                case ModemReport.I2cTransferred i2c:
                    I2c.Add(i2c);
                    break;
                case ModemReport.SpiTransferred spi:
                    Spi.Add(spi);
                    break;
                case ModemReport.PinPulsed pulsed:
                    Pulses.Add(pulsed);
                    break;
                case ModemReport.SleepChanged sleep:
                    Sleeps.Add((Now, sleep.Mode.ToString()));
                    break;
                case ModemReport.KeptAwake kept:
                    Sleeps.Add((Now, $"kept by {kept.By}"));
                    break;
                case ModemReport.PinShared or ModemReport.FlightModeChanged or ModemReport.FilesOpen
                    or ModemReport.FlashWritten:
                    Reports.Add((Now, (ModemReport)output));
                    break;
                case ModemReport.PoweredOff:
                    break;
                default:
                    throw new InvalidOperationException($"Unexpected {output}.");
            }
        }
    }
}
