using System.Globalization;
using System.Text;
using AirHil.Modem.Units;

namespace AirHil.Modem.Acts;

/// <summary>
/// A workload: something comes at once and then again and again, as long as the run lasts. "{n}" in its text is a
/// number that counts from 1.
/// </summary>
/// <param name="Of">A text to a UART, a whole text message, or a message of the service.</param>
/// <param name="Every">From 1 ms on.</param>
public sealed record Repeat(Act Of, TimeSpan Every) : Act
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public TimeSpan Every { get; } = Every >= Shortest
        ? Every
        : throw new FormatException(
            $"'{DurationText.Format(Every)}' is too short; something comes every 1ms at the most");

    public override string? Needs => Of.Needs;

    /// <summary>A text to a UART.</summary>
    /// <param name="port">0 to 63; 32 is the USB virtual UART.</param>
    public static Repeat Uart(int port, string text, TimeSpan every) =>
        new(new WriteUart(port, UartStimulus.Of(text)), every);

    /// <summary>What comes at the n-th time; n counts from 1.</summary>
    public Act Nth(int n)
    {
        var number = n.ToString(CultureInfo.InvariantCulture);
        Act act = Of switch
        {
            WriteUart write => write with { Stimulus = UartStimulus.Of(Numbered(write.Stimulus.Packets[0].Bytes)) },
            SendSms sms => sms with { Text = sms.Text.Replace("{n}", number, StringComparison.Ordinal) },
            PushMessage push => push with { Bytes = Numbered(push.Bytes) },
            _ => throw new NotSupportedException($"'{Of}' is nothing that comes again and again"),
        };
        return act with { Modem = Modem };

        // Bytes that are no UTF-8 stay as they are.
        ReadOnlyMemory<byte> Numbered(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(bytes.Span).Replace("{n}", number, StringComparison.Ordinal));
    }
}
