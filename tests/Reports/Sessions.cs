using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Tests;

/// <summary>Sessions made up for a purpose.</summary>
internal static class Sessions
{
    /// <summary>What a busy module leaves behind: log lines that all differ, frames, bytes and samples.</summary>
    public static IEnumerable<SessionEvent> Busy(int count)
    {
        yield return new SessionEvent(TimeSpan.Zero, SessionLane.Power, "power.apply", "");
        yield return new SessionEvent(TimeSpan.Zero, SessionLane.Power, "power.on", "Power");
        for (var i = 2; i < count; i++)
        {
            var at = TimeSpan.FromTicks(i * 13_337L);
            var number = i.ToString(CultureInfo.InvariantCulture);
            yield return (i % 10) switch
            {
                0 => Bytes(at, SessionLane.Uart, "uart1.rx", "", $"T={i % 90}.{i % 7};seq={number}\r\n"),
                1 => Bytes(at, SessionLane.Uart, "uart1.tx", "", $"ack {number}\r\n"),
                2 => Bytes(at, SessionLane.Service, "ws.text.in", $"{{\"seq\":{number}}}", $"{{\"seq\":{number}}}"),
                3 => Bytes(at, SessionLane.Service, "ws.text.out", "ok", "ok"),
                4 => Bytes(at, SessionLane.Network, "tcp.tx", "#1 echo.example:443", $"frame {number}"),
                5 => new SessionEvent(at, SessionLane.Vitals, "vitals",
                    $"heap={40_000 + (i % 9_973 * 20)} peak=240000 limit=262136 " +
                    $"cpu={(i % 100 / 100.0).ToString(CultureInfo.InvariantCulture)} wdt=18 wdtfull=18"),
                _ => Log(at, $"{(i % 997 == 0 ? 'E' : 'I')}/user.sensor\treading {number} of channel {i % 16}"),
            };
        }
    }

    public static SessionEvent Log(TimeSpan at, string text) =>
        Bytes(at, SessionLane.Log, "log", text, text) with { Tick = at };

    public static SessionEvent Bytes(TimeSpan at, SessionLane lane, string kind, string text, string bytes) =>
        new(at, lane, kind, text, Encoding.UTF8.GetBytes(bytes));
}
