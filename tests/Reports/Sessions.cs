using System.Globalization;
using System.Text;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Tests;

/// <summary>Sessions made up for a purpose.</summary>
internal static class Sessions
{
    /// <summary>What a busy module leaves behind: log lines that all differ, frames, bytes and samples.</summary>
    public static IEnumerable<SessionEvent> Busy(int count)
    {
        yield return new PowerApplied(TimeSpan.Zero);
        yield return new ModemStarted(TimeSpan.Zero, StartReason.Power, "");
        var echo = new Connection(1, "echo.example", 443);
        for (var i = 2; i < count; i++)
        {
            var at = TimeSpan.FromTicks(i * 13_337L);
            var number = i.ToString(CultureInfo.InvariantCulture);
            yield return (i % 10) switch
            {
                0 => new UartIn(at, 1, Bytes($"T={i % 90}.{i % 7};seq={number}\r\n")),
                1 => new UartOut(at, 1, Bytes($"ack {number}\r\n")),
                2 => new FrameIn(at, echo, FrameKind.Text, Bytes($"{{\"seq\":{number}}}")),
                3 => new FrameOut(at, echo, FrameKind.Text, Bytes("ok")),
                4 => new TcpSent(at, echo, Bytes($"frame {number}")),
                5 => new VitalsSampled(at, new ModemReport.Vitals(
                    40_000 + (i % 9_973 * 20), 240_000, 262_136, 0, 0, 0, i % 100 / 100.0, TimeSpan.FromSeconds(18),
                    TimeSpan.FromSeconds(18))),
                _ => Log(at, $"{(i % 997 == 0 ? 'E' : 'I')}/user.sensor\treading {number} of channel {i % 16}"),
            };
        }
    }

    public static LogLine Log(TimeSpan at, string text)
    {
        var (boot, moment) = new LogInterpreter().Read(at, text);
        return new LogLine(at, at, Bytes(text), boot, moment);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
