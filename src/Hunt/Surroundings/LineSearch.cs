using System.Globalization;
using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;

namespace AirHil.Hunt.Surroundings;

/// <summary>
/// What may be on a UART on which a script waits, by what it sends there and by the texts that are written in it.
/// </summary>
internal static class LineSearch
{
    private const string Slave = "modbus-slave.lua";
    private const string SetUp = "Uart_BaseInitEx ";
    private const int LongestText = 24;
    private const int MostAsked = 4;
    private const int RequestBytes = 8;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly string[] Usual = ["R,{n},21.5\r\n", "{\"n\":{n}}\r\n", "OK\r\n"];

    /// <summary>The UARTs that the script has set up, as the log tells; UART 0 is the firmware's own.</summary>
    public static IEnumerable<int> Ports(ProbeOutcome outcome) => outcome.Events.OfType<LogLine>()
        .Where(line => line.Line.StartsWith(SetUp, StringComparison.Ordinal))
        .Select(line => line.Line[(line.Line.IndexOf(":uart", StringComparison.Ordinal) + 5)..].Trim().Split(' ')[0])
        .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port : -1)
        .Where(port => port > 0).Distinct();

    /// <summary>What the script sent on a UART; the boot ROM has its own word.</summary>
    public static IEnumerable<byte[]> Sent(ProbeOutcome outcome, int port) => outcome.Events.OfType<UartOut>()
        .Where(e => e.Port == port && !e.Bytes.Span.StartsWith("^boot.rom"u8)).Select(e => e.Bytes.ToArray());

    /// <summary>A line that nobody expects: it shows what the script does with any.</summary>
    public static Neighbour Any(int port) => Line(port, "{n}\r\n");

    /// <summary>Lines that functions of the script may look for, the likeliest first.</summary>
    public static IEnumerable<Neighbour> Lines(int port, IEnumerable<ScriptFunction> functions)
    {
        var all = functions.SelectMany(f => f.Texts).Distinct(StringComparer.Ordinal).ToArray();
        var patterns = all.Select(PatternLine.Of).OfType<string>().Where(text => text.Length > 0).ToArray();
        var plain = all.Where(text => text.Length is > 0 and <= LongestText && PatternLine.Of(text) is null
            && text.All(c => c is >= ' ' and < (char)0x7F));
        foreach (var text in patterns.Concat(plain).Concat(Usual))
        {
            if (text.EndsWith('\n')) yield return Line(port, text);
            else
            {
                yield return Line(port, text + "\r\n");
                yield return Line(port, text);
            }
        }
    }

    /// <summary>Devices that answer what the script sends there.</summary>
    public static IEnumerable<Neighbour> Devices(
        int port, ProbeOutcome outcome, IEnumerable<ScriptFunction> functions, Func<string, PeerScript?> peers)
    {
        var sent = Sent(outcome, port).ToArray();
        if (Modbus(sent, peers) is { } slave) yield return new Neighbour.Peer(slave, port);
        var asked = sent.Select(Encoding.Latin1.GetString).Select(text => text.TrimEnd('\r', '\n'))
            .Where(text => text.Length > 0 && text.All(c => c is >= ' ' and < (char)0x7F))
            .Distinct(StringComparer.Ordinal).Take(MostAsked).ToArray();
        var answers = functions.SelectMany(f => f.Texts).Select(PatternLine.Of).OfType<string>().Append("OK")
            .Select(text => text.Replace("{n}", "7", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .ToArray();
        foreach (var line in asked)
        {
            foreach (var answer in answers)
            {
                yield return new Neighbour.Answer(new AnswerUart(port, line, answer.TrimEnd('\r', '\n') + "\r\n"));
            }
        }
    }

    private static Neighbour.Line Line(int port, string text) => new(port, text, Every);

    /// <summary>A slave that has the registers that are asked for; null: what is sent is no Modbus.</summary>
    private static PeerScript? Modbus(byte[][] sent, Func<string, PeerScript?> peers)
    {
        var requests = sent.Where(s => s.Length == RequestBytes && s[1] is 3 or 4 or 6 && Crc(s) == 0).ToArray();
        if (requests.Length == 0 || peers(Slave) is not { } slave) return null;
        var registers = requests.Where(r => r[0] == requests[0][0]).SelectMany(r => Enumerable.Range(
            (r[2] << 8) | r[3], r[1] == 6 ? 1 : Math.Min((r[4] << 8) | r[5], 125))).Distinct().Order();
        return slave with
        {
            Parameters =
            [
                new("unit", requests[0][0].ToString(CultureInfo.InvariantCulture)),
                .. registers.Select(r => new KeyValuePair<string, string>($"register {r}", $"{230 + (r % 10)}")),
            ],
        };
    }

    /// <summary>CRC-16 of Modbus; 0 where the last two bytes are that of those before.</summary>
    private static int Crc(byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }

        return crc;
    }
}
