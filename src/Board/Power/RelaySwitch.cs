using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Ports;

namespace AirHil.Board.Power;

/// <summary>
/// A relay of the LCUS kind on a serial line at 9600 baud: A0, channel, 1 or 0, and the sum of the three as the check
/// byte. It does not answer.
/// </summary>
internal sealed class RelaySwitch(PowerDescription.SerialRelay relay) : IPowerSwitch
{
    private const int Baud = 9600;

    /// <summary>Four bytes take 4 ms on the line; the port is closed well after them.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a relay may be on its way, as when its adapter was just plugged in or is in use.</summary>
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(100);

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"serial relay, channel {relay.Channel} on {relay.Port}{(relay.Inverted ? ", inverted" : "")}");

    /// <summary>The frame that pulls or releases a relay.</summary>
    public static byte[] Frame(int channel, bool pulled)
    {
        byte[] frame = [0xA0, (byte)channel, pulled ? (byte)1 : (byte)0, 0];
        frame[3] = (byte)(frame[0] + frame[1] + frame[2]);
        return frame;
    }

    public Task SwitchAsync(bool on, CancellationToken cancel) => Task.Run(
        async () =>
        {
            try
            {
                using var port = await OpenAsync(cancel);
                port.Write(Frame(relay.Channel, on != relay.Inverted));
                await Task.Delay(Settle, cancel);
            }
            catch (Exception problem) when (problem is IOException or TimeoutException)
            {
                throw new PowerSwitchException(
                    $"the relay that should switch the supply {(on ? "on" : "off")} ({Description}) was not reached: "
                    + $"{problem.Message}", problem);
            }
        }, cancel);

    private async Task<IBytePort> OpenAsync(CancellationToken cancel)
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return PortOpener.Open(relay.Port, Baud);
            }
            catch (PortNotOpenException) when (time.Elapsed < OpenLimit)
            {
                await Task.Delay(OpenPause, cancel);
            }
        }
    }
}
