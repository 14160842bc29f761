using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Files;
using AirHil.Rig.Scenarios;

namespace AirHil.Reports.Capture;

/// <summary>
/// A session as a capture file for Wireshark: the air as IP packets with DNS, TCP, HTTP and WebSocket in them; serial
/// lines, log and the rig's acts as exported PDUs beside it, each on an interface of its own. Faults carry comments.
/// </summary>
public static class PcapngExport
{
    private const uint Air = 0;
    private const uint Uart = 1;
    private const uint Log = 2;
    private const uint Rig = 3;

    /// <summary>Writes the file; folders on the way are made, a file of that name is replaced.</summary>
    /// <param name="startDate">Calendar time at the run's time 0; null: 1970.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SessionEvent> events, DateTimeOffset? startDate = null) =>
        WholeFile.Write(path, output => Write(output, events, startDate));

    /// <summary>Writes the capture; the events are read once.</summary>
    public static void Write(Stream output, IEnumerable<SessionEvent> events, DateTimeOffset? startDate = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        var writer = new PcapngWriter(output);
        writer.Section();
        writer.Interface(LinkType.Raw, "air");
        writer.Interface(LinkType.UpperPdu, "uart");
        writer.Interface(LinkType.UpperPdu, "log");
        writer.Interface(LinkType.UpperPdu, "rig");
        var zero = ((startDate ?? DateTimeOffset.UnixEpoch) - DateTimeOffset.UnixEpoch).Ticks;
        var now = zero;
        void Packet(PacketDirection direction, byte[] packet, string comment) =>
            writer.Packet(Air, now, direction, packet, comment);
        var air = new AirPackets(Packet);
        var service = new ServicePackets(air, Packet);
        foreach (var e in events)
        {
            now = zero + e.At.Ticks;
            switch (e.Lane)
            {
                case SessionLane.Network:
                    air.Take(e);
                    if (!IsPacket(e)) Pdu(writer, Rig, now, "NET", e, PacketDirection.Unknown);
                    break;
                case SessionLane.Service when !air.HasSeenTcp:
                    service.Take(e);
                    break;
                case SessionLane.Service:
                    break;
                case SessionLane.Uart:
                    var port = string.Create(CultureInfo.InvariantCulture, $"UART{((UartEvent)e).Port}");
                    Pdu(writer, Uart, now, port, e, e is UartOut ? PacketDirection.Outbound : PacketDirection.Inbound);
                    break;
                case SessionLane.Log:
                    Pdu(writer, Log, now, "LOG", e, PacketDirection.Outbound);
                    break;
                case SessionLane.Vitals:
                    break;
                default:
                    Pdu(writer, Rig, now, e.Lane == SessionLane.Power ? "POWER" : "RIG", e, PacketDirection.Unknown);
                    break;
            }
        }
    }

    /// <summary>Whether the packets show it themselves.</summary>
    private static bool IsPacket(SessionEvent e) =>
        e is TcpSent or TcpReceived or TcpOpening or TcpOpened or TcpClosed { Reset: false } or TcpEnded or TcpRefused
            or DnsAsked or DnsAnswered or UdpSent or UdpReceived;

    private static void Pdu(
        PcapngWriter writer, uint number, long now, string protocol, SessionEvent e, PacketDirection direction)
    {
        var content = e.Bytes.IsEmpty ? Encoding.UTF8.GetBytes($"{e.Kind} {e.Text}".TrimEnd()) : e.Bytes.ToArray();
        var said = e.Text.Length > 0 && number != Uart
            ? TextView.Visible(e.Text, 200)
            : TextView.Visible(e.Bytes.Span, 200);
        var arrow = direction == PacketDirection.Outbound ? "module → " : "→ module ";
        var pdu = number switch
        {
            Uart => ExportedPdu.OfBytes(protocol, arrow + said, direction, content),
            Log => ExportedPdu.OfLine(protocol, said, direction, content),
            _ => ExportedPdu.OfLine(protocol, $"{e.Kind} {said}".TrimEnd(), direction, content),
        };
        var comment = e switch
        {
            FaultBegan began => "Fault begins: " + began.Fault.Phrase,
            FaultEnded ended => "Fault ends: " + ended.Fault.Phrase,
            _ => "",
        };
        writer.Packet(number, now, direction, pdu, comment);
    }
}
