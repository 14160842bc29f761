using System.Globalization;
using System.Text;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.ShortMessages;
using AirHil.Modem.Units;

namespace AirHil.Modem.Acts;

/// <summary>
/// The short phrases for acts, as the command line, the features and recorded sessions use them: a form of the
/// <see cref="Catalogue"/>. "modem 'ID'" may precede each.
/// </summary>
public static class ActPhrase
{
    private const int DefaultPort = 1;
    private const int LastPort = 63;

    /// <summary>Every form and what it means, in the order to show them; the faults come last.</summary>
    public static IReadOnlyList<(string Form, string Meaning)> Catalogue { get; } =
    [
        ("uart 'TEXT'", "bytes to UART 1, back to back; escapes \\r \\n \\t \\0 \\\\ \\' \\xHH"),
        ("uart PORT 'TEXT'", "the same to another port; 32 is the USB virtual UART"),
        ("uart 'TEXT' pause DURATION 'TEXT'", "packets with silence between; \"errors\" before a text: line errors"),
        ("uart 'TEXT' every DURATION", "the text again and again; {n} in it counts from 1; so of sms and push"),
        ("uart 'ASKED' gets 'ANSWER'", "a device answers this line of the module"),
        ("pin NUMBER low|high|released", "the rig holds or releases a pin; \"for DURATION\" behind it: then as before"),
        ("analog adc0|adc1|supply VOLTS", "an input of the module, or its supply, has this voltage"),
        ("analog temperature DEGREES", "the chip has this temperature, in °C"),
        ("supply VOLTS for DURATION", "a brown-out: the supply sinks to that; below 3 V the module is off meanwhile"),
        ("usb in|out", "USB is plugged in, or pulled out; it is in at first"),
        ("disk left KILOBYTES", "the module's file system is filled until so much is left"),
        ("disk worn BLOCKS", "so many more blocks of 4 KB of it are worn out"),
        ("file 'PATH' holds 'TEXT'|removed", "a file is put into the module's flash, or removed"),
        ("key 'NAME' holds 'JSON'|removed", "a key of fskv: 3, true, \"text\" or {\"a\":1}"),
        ("file|key 'NAME' watched", "the session shows it now and at each change"),
        ("files watched", "the session shows how many files a script has open, now and at each change"),
        ("writes watched", "the session shows when something is written to flash"),
        ("sim in|out", "a SIM card is put in, or is out; behind \"in\": imsi, pin, iccid, number, each with DIGITS"),
        ("module imei|serial|muid|unique-id VALUE", "the module has this number from its next start on"),
        ("flight mode on|off", "as by mobile.flymode"),
        ("sms 'NUMBER' 'TEXT'", "a text message for the module; \"part 1 of 3 ref 17\" behind it: a part"),
        ("client connects to PORT", "a client of the rig connects to a port of the module"),
        ("client sends 'TEXT'", "the last client sends that to the module"),
        ("client closes|resets", "the last client ends its connection, by FIN or by RST"),
        .. DeviceOrder.Catalogue.Select(c => ($"device i2c BUS ADDRESS {c.Form}", c.Meaning)),
        ("device spi BUS PIN …", "the same of a device on SPI by its chip select"),
        ("noise BYTES", "random bytes with frame and parity errors to UART 1"),
        ("push 'TEXT'", "the service sends a text to every open connection; \"to URL\" behind it: of one endpoint"),
        ("push binary 'TEXT'", "the same with a binary message"),
        ("ping 'TEXT'", "the service pings every open WebSocket"),
        ("reset", "the reset line"),
        ("power off", "the supply goes; \"for DURATION\" behind it: then it comes again"),
        ("power off at write", "in the middle of the next write to flash; \"for DURATION\" behind it: as above"),
        ("power on", "the supply comes"),
        ("mark 'NAME'", "this place in the session gets a name"),
        ("end FAULT", "a fault that was begun ends"),
        .. FaultPhrase.Catalogue,
    ];

    /// <summary>Reads a phrase.</summary>
    /// <param name="seed">What noise is drawn from.</param>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static Act Parse(string phrase, ulong seed = 0)
    {
        var text = phrase.Trim();
        var (word, rest) = PhraseWords.First(text);
        if (word != "modem") return Body(text, seed);
        (var modem, rest) = PhraseWords.Quoted(rest);
        return Body(rest, seed) with { Modem = Encoding.UTF8.GetString(modem) };
    }

    /// <summary>Writes a phrase that <see cref="Parse"/> reads back to an equal value.</summary>
    public static string Format(Act act) =>
        (act.Modem is null ? "" : $"modem {Escapes.Quote(act.Modem)} ") + act switch
        {
            SwitchOn => "power on",
            SwitchOff { For: { } time } => $"power off for {FaultPhrase.Duration(time)}",
            SwitchOff => "power off",
            CutAtWrite { For: { } time } => $"power off at write for {FaultPhrase.Duration(time)}",
            CutAtWrite => "power off at write",
            SetFlightMode flight => flight.IsOn ? "flight mode on" : "flight mode off",
            WatchStorage watch => watch.What == StorageWatch.Writes ? "writes watched" : "files watched",
            PullReset => "reset",
            WriteUart write => Format(write),
            Repeat repeat => $"{Format(repeat.Of)} every {FaultPhrase.Duration(repeat.Every)}",
            AnswerUart answer =>
                $"uart {Port(answer.Port)}{Escapes.Quote(answer.Asked)} gets {Escapes.Quote(answer.Answer)}",
            HoldPin pin => Format(pin),
            SetAnalog set => string.Create(
                CultureInfo.InvariantCulture, $"analog {set.Input.ToString().ToLowerInvariant()} {set.Value}"),
            SinkSupply sink => string.Create(
                CultureInfo.InvariantCulture, $"supply {sink.Volts} for {FaultPhrase.Duration(sink.For)}"),
            PlugUsb usb => usb.IsIn ? "usb in" : "usb out",
            FillDisk disk => string.Create(CultureInfo.InvariantCulture, $"disk left {disk.KilobytesLeft}"),
            WearDisk disk => string.Create(CultureInfo.InvariantCulture, $"disk worn {disk.Blocks}"),
            PutStored put => StoredPhrase.Format(put),
            WatchStored watch => $"{StoredPhrase.Of(watch.IsKey, watch.Name)} watched",
            ChangeSim { Card: null } => "sim out",
            ChangeSim { Card: { } card } => "sim in" + (card.Imsi is null ? "" : " imsi " + card.Imsi) +
                (card.Pin is null ? "" : " pin " + card.Pin) + (card.Iccid is null ? "" : " iccid " + card.Iccid) +
                (card.Number is null ? "" : " number " + card.Number),
            LabelModule label => $"module {label.Label.Number.Word()} {label.Label.Value}",
            SendSms sms => $"sms {Escapes.Quote(sms.From)} {Escapes.Quote(sms.Text)}" +
                (sms.Part is { } part ? $" {part}" : ""),
            ConnectClient client => string.Create(CultureInfo.InvariantCulture, $"client connects to {client.Port}"),
            SendFromClient client => $"client sends {Escapes.Quote(client.Bytes.Span)}",
            CloseClient client => client.IsReset ? "client resets" : "client closes",
            TellDevice tell => $"device {tell.Spot} {tell.Order}",
            BeginFault begin => FaultPhrase.Format(begin.Fault, begin.For),
            EndFault end => $"end {end.Fault.Phrase}",
            PushMessage push =>
                $"push {(push.IsText ? "" : "binary ")}{Escapes.Quote(push.Bytes.Span)}{To(push.Url)}",
            PingClients ping => $"ping {Escapes.Quote(ping.Bytes.Span)}{To(ping.Url)}",
            SetMark mark => $"mark {Escapes.Quote(mark.Name)}",
            _ => throw new NotSupportedException($"{act.GetType().Name} has no phrase"),
        };

    private static string Port(int port) =>
        port == DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $"{port} ");

    private static string To(string? url) => url is null ? "" : $" to {url}";

    private static string Format(WriteUart write)
    {
        var text = new StringBuilder("uart");
        if (write.Port != DefaultPort) text.Append(CultureInfo.InvariantCulture, $" {write.Port}");
        for (var i = 0; i < write.Stimulus.Packets.Count; i++)
        {
            var packet = write.Stimulus.Packets[i];
            if (i > 0) text.Append(" pause ").Append(FaultPhrase.Duration(packet.Pause));
            if (packet.LineErrors) text.Append(" errors");
            text.Append(' ').Append(Escapes.Quote(packet.Bytes.Span));
        }

        return text.ToString();
    }

    private static Act Body(string phrase, ulong seed)
    {
        var (verb, rest) = PhraseWords.First(phrase);
        switch (verb)
        {
            case "uart":
                return Uart(rest);
            case "pin":
                return Pin(rest);
            case "analog":
                return Analog(rest);
            case "supply":
                return Supply(rest);
            case "usb" when rest is "in" or "out":
                return new PlugUsb(rest == "in");
            case "disk":
                return Disk(rest);
            case "file" or "key":
                return StoredPhrase.Parse(verb == "key", rest);
            case "files" or "writes" when rest == "watched":
                return new WatchStorage(verb == "files" ? StorageWatch.OpenFiles : StorageWatch.Writes);
            case "flight" when rest is "mode on" or "mode off":
                return new SetFlightMode(rest == "mode on");
            case "sim":
                return Sim(rest);
            case "module":
                var (which, value) = PhraseWords.First(rest);
                return new LabelModule(ModuleLabel.Checked(ModuleNumbers.Parse(which), value));
            case "sms":
                return Sms(rest);
            case "client":
                return Client(rest);
            case "device":
                var (spot, order) = DeviceSpot.Parse(rest);
                return new TellDevice(spot, DeviceOrder.Parse(order));
            case "noise":
                return new WriteUart(DefaultPort, UartStimulus.Noise(
                    PhraseWords.Number(rest, 1, 100_000, "a number of bytes"), SplitMix64.For(seed, phrase)));
            case "push" when PhraseWords.First(rest) is ("binary", var binary):
                var (raw, behindRaw) = PhraseWords.Quoted(binary);
                return Push(false, raw, behindRaw);
            case "push":
                var (text, behindText) = PhraseWords.Quoted(rest);
                return Push(true, text, behindText);
            case "ping":
                var (payload, behind) = PhraseWords.Quoted(rest);
                return new PingClients(Url(behind), payload);
            case "mark":
                var (name, _) = PhraseWords.Quoted(rest);
                return new SetMark(Encoding.UTF8.GetString(name));
            case "reset" when rest.Length == 0:
                return new PullReset();
            case "power" when Power(rest) is { } switched:
                return switched;
            case "end":
                return new EndFault(FaultPhrase.Parse(rest).Fault);
            default:
                if (verb.Length > 0 && !FaultPhrase.FirstWords.Contains(verb)) throw Unknown(phrase);
                var (fault, duration) = FaultPhrase.Parse(phrase);
                return new BeginFault(fault, duration);
        }
    }

    private static FormatException Unknown(string phrase)
    {
        var words = Catalogue.SelectMany(one => PhraseWords.First(one.Form).Word.Split('|')).Distinct();
        return new FormatException(
            $"'{phrase}' is nothing that a rig can do; expected a phrase that begins with {string.Join(", ", words)}");
    }

    private static Act? Power(string rest)
    {
        const string off = "off for ";
        const string atWrite = "off at write for ";
        return rest switch
        {
            "on" => new SwitchOn(),
            "off" => new SwitchOff(),
            "off at write" => new CutAtWrite(),
            _ when rest.StartsWith(off, StringComparison.Ordinal) =>
                new SwitchOff(DurationText.Parse(rest[off.Length..])),
            _ when rest.StartsWith(atWrite, StringComparison.Ordinal) =>
                new CutAtWrite(DurationText.Parse(rest[atWrite.Length..])),
            _ => null,
        };
    }

    private static Act Uart(string rest)
    {
        var port = DefaultPort;
        if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            (var number, rest) = PhraseWords.First(rest);
            port = PhraseWords.Number(number, 0, LastPort, "a port");
        }

        var (stimulus, left) = Packet(rest);
        var (verb, operand) = PhraseWords.First(left);
        var text = Encoding.UTF8.GetString(stimulus.Packets[0].Bytes.Span);
        if (verb == "every") return Repeated(new WriteUart(port, stimulus), left);
        if (verb == "gets")
        {
            var (answer, _) = PhraseWords.Quoted(operand);
            return new AnswerUart(port, text, Encoding.UTF8.GetString(answer));
        }

        while (left.Length > 0)
        {
            var (word, behind) = PhraseWords.First(left);
            if (word != "pause") throw new FormatException($"'pause DURATION' is expected here, got: {left}");
            (var pause, behind) = PhraseWords.First(behind);
            (var next, left) = Packet(behind);
            stimulus = stimulus.Then(DurationText.Parse(pause), next);
        }

        return new WriteUart(port, stimulus);
    }

    /// <summary>The act again and again, where "every DURATION" is behind it.</summary>
    private static Act Repeated(Act act, string behind)
    {
        if (behind.Length == 0) return act;
        var (word, every) = PhraseWords.First(behind);
        return word == "every"
            ? new Repeat(act, DurationText.Parse(every))
            : throw new FormatException($"nothing or 'every DURATION' is expected here, got: {behind}");
    }

    private static (UartStimulus Stimulus, string Behind) Packet(string text)
    {
        var (word, behind) = PhraseWords.First(text);
        var withErrors = word == "errors";
        var (bytes, rest) = PhraseWords.Quoted(withErrors ? behind : text);
        return (UartStimulus.Of(bytes, withErrors), rest);
    }

    private static string Format(HoldPin pin) => string.Create(
        CultureInfo.InvariantCulture,
        $"pin {pin.Pin} {pin.Hold.ToString().ToLowerInvariant()}" +
        $"{(pin.For is { } time ? " for " + FaultPhrase.Duration(time) : "")}");

    private static HoldPin Pin(string rest)
    {
        var (number, behind) = PhraseWords.First(rest);
        var (level, time) = PhraseWords.First(behind);
        var hold = level switch
        {
            "low" => PinHold.Low,
            "high" => PinHold.High,
            "released" => PinHold.Released,
            _ => throw new FormatException($"low, high or released is expected here, got: {behind}"),
        };
        if (time.Length == 0) return new HoldPin(ModulePin.Parse(number), hold);
        var (word, duration) = PhraseWords.First(time);
        return word == "for"
            ? new HoldPin(ModulePin.Parse(number), hold, DurationText.Parse(duration))
            : throw new FormatException($"nothing or 'for DURATION' is expected here, got: {time}");
    }

    private static SetAnalog Analog(string rest)
    {
        var (name, number) = PhraseWords.First(rest);
        if (!Enum.TryParse<AnalogInput>(name, ignoreCase: true, out var input) || char.IsAsciiDigit(name[0]))
        {
            throw new FormatException($"adc0, adc1, supply or temperature is expected here, got: {rest}");
        }

        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= AnalogRange.Least and <= AnalogRange.Most
            ? new SetAnalog(input, value)
            : throw new FormatException(
                $"'{number}' is no value of {name}; it is a number from {AnalogRange.Least} to {AnalogRange.Most}");
    }

    private static SinkSupply Supply(string rest)
    {
        var (volts, behind) = PhraseWords.First(rest);
        var (word, time) = PhraseWords.First(behind);
        return word == "for" && double.TryParse(volts, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= SinkSupply.Most
            ? new SinkSupply(value, DurationText.Parse(time))
            : throw new FormatException($"'VOLTS for DURATION' is expected here, with 0 to 5 V, got: {rest}");
    }

    private static Act Client(string rest)
    {
        var (verb, behind) = PhraseWords.First(rest);
        var (to, port) = PhraseWords.First(behind);
        if (verb == "connects" && to == "to") return new ConnectClient(PhraseWords.Number(port, 1, 65_535, "a port"));
        if (verb == "sends" && PhraseWords.Quoted(behind) is (var bytes, "")) return new SendFromClient(bytes);
        if (behind.Length == 0 && verb is "closes" or "resets") return new CloseClient(verb == "resets");
        throw new FormatException($"'connects to PORT', 'sends', 'closes' or 'resets' is expected here, got: {rest}");
    }

    private static Act Push(bool isText, byte[] bytes, string behind)
    {
        var (word, rest) = PhraseWords.First(behind);
        if (word == "every") return Repeated(new PushMessage(null, isText, bytes), behind);
        var (url, every) = PhraseWords.First(rest);
        return Repeated(new PushMessage(Url($"{word} {url}".Trim()), isText, bytes), every);
    }

    private static Act Sms(string rest)
    {
        var (from, behindFrom) = PhraseWords.Quoted(rest);
        var (text, behind) = PhraseWords.Quoted(behindFrom);
        var number = PhoneNumber.Checked(Encoding.UTF8.GetString(from));
        var sms = new SendSms(number, Encoding.UTF8.GetString(text));
        return PhraseWords.First(behind).Word == "part" ? sms with { Part = Part(behind) } : Repeated(sms, behind);
    }

    private static Act Disk(string rest) => PhraseWords.First(rest) switch
    {
        ("left", var kilobytes) => new FillDisk(PhraseWords.Number(kilobytes, 0, 1_000_000, "a number of KB")),
        ("worn", var blocks) => new WearDisk(PhraseWords.Number(blocks, 1, 1_000, "a number of blocks")),
        _ => throw new FormatException($"'left KILOBYTES' or 'worn BLOCKS' is expected here, got: {rest}"),
    };

    private static ChangeSim Sim(string rest)
    {
        if (rest == "out") return new ChangeSim(null);
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var card = new SimCard();
        if (words is not ["in", ..]) throw new FormatException($"in or out is expected here, got: {rest}");
        for (var i = 1; i < words.Length; i += 2)
        {
            card = (words[i], i + 1 < words.Length ? words[i + 1] : "") switch
            {
                ("imsi", var imsi) => card with { Imsi = SimCard.CheckedImsi(imsi) },
                ("pin", var pin) => card with { Pin = SimCard.CheckedPin(pin) },
                ("iccid", var iccid) => card with { Iccid = SimCard.CheckedIccid(iccid) },
                ("number", var number) => card with { Number = PhoneNumber.Checked(number) },
                _ => throw new FormatException(
                    $"nothing, or 'imsi', 'pin', 'iccid' or 'number' with digits is expected here, got: {rest}"),
            };
        }

        return new ChangeSim(card);
    }

    private static MessagePart Part(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["part", var number, "of", var of, "ref", var reference])
        {
            throw new FormatException($"nothing or 'part NUMBER of COUNT ref NUMBER' is expected here, got: {text}");
        }

        return new MessagePart(
            PhraseWords.Number(reference, 0, 255, "a reference"), PhraseWords.Number(number, 1, 255, "a part"),
            PhraseWords.Number(of, 1, 255, "a count of parts"));
    }

    private static string? Url(string rest)
    {
        if (rest.Length == 0) return null;
        var (word, url) = PhraseWords.First(rest);
        return word == "to" && url.Length > 0
            ? url
            : throw new FormatException($"nothing or 'to URL' is expected behind the text, got: {rest}");
    }
}
