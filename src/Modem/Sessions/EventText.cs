using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.Units;

namespace AirHil.Modem.Sessions;

/// <summary>What people read of an event besides its kind and its bytes, made from its fields.</summary>
internal static class EventText
{
    public static string Of(SessionEvent e) => e switch
    {
        LogLine line => line.Line,
        UartIn { Peer.Length: > 0 } uart => "from " + uart.Peer,
        UartEvent => "",
        PinShared shared => string.Create(
            CultureInfo.InvariantCulture, $"{shared.Pin} by {shared.First} and {shared.Second}"),
        PinPulsed pulsed => string.Create(
            CultureInfo.InvariantCulture, $"{pulsed.Pin} {pulsed.Hertz} Hz {pulsed.Duty / 10.0} %") +
            (pulsed.Pulses > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pulsed.Pulses} pulses") : ""),
        AnalogSet { Input: AnalogInput.Temperature } set =>
            string.Create(CultureInfo.InvariantCulture, $"{set.Value} °C"),
        AnalogSet set => string.Create(CultureInfo.InvariantCulture, $"{set.Value} V"),
        PinHeld { Peer.Length: > 0 } held =>
            string.Create(CultureInfo.InvariantCulture, $"{held.Pin} by {held.Peer}"),
        PinEvent pin => pin.Pin.ToString(CultureInfo.InvariantCulture),
        DeviceTold told => $"{told.Spot} {told.Order}",
        I2cTransferred i2c => Of(i2c),
        SpiTransferred spi => $"{spi.Bus} out {Numerals.Hex(spi.Bytes.Span)} in {Numerals.Spaced(spi.Received)}",
        DisplayShown shown =>
            string.Create(CultureInfo.InvariantCulture, $"{shown.Name} {shown.Width}x{shown.Height}"),
        NetworkLaneEvent network => Of(network),
        ServiceEvent service => Of(service),
        DiskFilled disk => string.Create(CultureInfo.InvariantCulture, $"{disk.KilobytesLeft} KB left"),
        DiskWorn disk => string.Create(CultureInfo.InvariantCulture, $"{disk.Blocks} blocks"),
        StoredPut put => Stored(put.Name, put.IsGone),
        StoredWatched watched => watched.Name,
        StoredSeen seen => Stored(seen.Name, seen.IsGone),
        FilesOpen files => string.Create(CultureInfo.InvariantCulture, $"{files.Count}"),
        SimChanged { Card.Imsi: { } imsi } => imsi,
        ModuleLabelled { Label: var label } => $"{label.Number.Word()} {label.Value}",
        ModemStarted { Reason: StartReason.Unknown } => "",
        ModemStarted started => started.Reason.ToString(),
        ModemGone gone => gone.Reason,
        ModemNoticed noticed => noticed.Notice,
        ModemNotModelled { IsStubbed: true } called => $"{called.Function} at {called.Place} (stub)",
        ModemNotModelled { Place: "" } called => called.Function,
        ModemNotModelled called => $"{called.Function} at {called.Place}",
        CommandIgnored ignored => $"{ignored.Command}: {ignored.Why}",
        FaultBegan began => began.Fault.Phrase,
        FaultEnded ended => ended.Fault.Phrase,
        ScriptLogged logged => $"{logged.Name}: {logged.Line}",
        ScriptFailed failed => failed.Why,
        ServicePushed pushed => pushed.Url,
        ServicePinged pinged => pinged.Url,
        Marked marked => marked.Name,
        VitalsSampled sampled => sampled.Vitals.ToString(),
        _ => "",
    };

    private static string Stored(string name, bool isGone) => isGone ? name + ": none" : name;

    private static string Of(I2cTransferred e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Bus} 0x{e.Address:X2}") +
        (e.Writes ? $" out {Numerals.Hex(e.Bytes.Span)}".TrimEnd() : "") +
        (e.Read is { } read ? $" in {Numerals.Spaced(read)}" : "");

    private static string Of(NetworkLaneEvent e) => e switch
    {
        NetworkNoticed noticed => noticed.Notice,
        ClientActed { Move: ClientMove.Connect } act => string.Create(CultureInfo.InvariantCulture, $"port {act.Port}"),
        DnsAsked asked => asked.Host,
        DnsAnswered answered => answered.Address ?? "",
        UdpSent or UdpReceived => ((ConnectionEvent)e).Connection.Host,
        SmsGiven { Part: { } part } given => $"{given.Number}: {given.Message} ({part})",
        SmsGiven given => $"{given.Number}: {given.Message}",
        SmsDelivered sms => $"{sms.Number}: {sms.Message}",
        SmsSubmitted sms => $"{sms.Number}: {sms.Message}",
        SmsRefused sms => string.Create(CultureInfo.InvariantCulture, $"{sms.Number}: {sms.Code}"),
        SmsLost sms => $"{(sms.ToModule ? "from" : "to")} {sms.Number}: {sms.Message}",
        TcpOpening { Connection.Host: "" } opening => $"{opening.Address} {opening.Connection.Label}",
        TlsFailed failed => failed.Reason,
        ConnectionEvent other => other.Connection.Label,
        _ => "",
    };

    private static string Of(ServiceEvent e) => e switch
    {
        PushReachedNobody pushed => pushed.Message,
        ServiceAccepted accepted =>
            accepted.Connection.Place + (accepted.IsTls ? " tls " + accepted.ServerName : ""),
        ServiceLimited limited => limited.Limit,
        ClientGone gone => gone.Reset ? "reset" : "fin",
        DatagramIn datagram => datagram.Connection.Host,
        RawOut { IsText: true } sent => Encoding.UTF8.GetString(sent.Bytes.Span),
        UpgradeAsked asked => FirstLine(asked.Bytes.Span),
        UpgradeAccepted accepted => accepted.Url,
        UpgradeRefused refused => refused.Status.ToString(CultureInfo.InvariantCulture),
        UpgradeLimited limited => limited.Limit,
        FrameIn frame => Of(frame.Frame, frame.Bytes.Span, "1005"),
        FrameOut frame => Of(frame.Frame, frame.Bytes.Span, ""),
        HalfFrameOut half => Encoding.UTF8.GetString(half.Bytes.Span[Math.Min(2, half.Bytes.Length)..]),
        Withheld withheld => withheld.What,
        FrameViolated violated => violated.Rule,
        ServiceWithheld withheld => withheld.What,
        ServiceOverfull overfull => overfull.Limit,
        HttpRequested request => HttpHead.FirstLine(request.Head),
        HttpAnswered answer => HttpHead.FirstLine(answer.Head),
        HttpCut cut => string.Create(CultureInfo.InvariantCulture, $"after {cut.Sent} bytes of the body"),
        HttpViolated violated => violated.Rule,
        FtpCommanded command => command.Line,
        FtpReplied reply => reply.Line,
        FtpStored stored => stored.Path,
        FtpSent sent => sent.Path,
        MqttIn packet => packet.Fields.Describe(packet.Packet),
        MqttOut packet => packet.Fields.Describe(packet.Packet),
        MqttDropped dropped => dropped.Why,
        MqttMessage message => message.Topic,
        _ => "",
    };

    private static string Of(FrameKind frame, ReadOnlySpan<byte> payload, string withoutCode) => frame switch
    {
        FrameKind.Text => Encoding.UTF8.GetString(payload),
        FrameKind.Close when payload.Length < 2 => withoutCode,
        FrameKind.Close => BinaryPrimitives.ReadUInt16BigEndian(payload).ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string FirstLine(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\r');
        return Encoding.Latin1.GetString(end < 0 ? head : head[..end]);
    }
}
