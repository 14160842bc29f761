namespace AirHil.Benchmarks;

/// <summary>One deliberate defect of the model: a text that occurs once in a file, and what it becomes.</summary>
internal sealed record Mutation(string What, string File, string Before, string After)
{
    private const string Modem = "src/VirtualModem/";

    /// <summary>
    /// Defects of the kinds that a model gets wrong: delays, lost events, swapped arguments, missing effects.
    /// </summary>
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("the reconnect delay is 100 ms short", Modem + "WebSocket/WebSocketClient.cs",
            "_reconnect.Start(delay);", "_reconnect.Start(delay - TimeSpan.FromMilliseconds(100));"),
        new("no disconnect event when the socket closes", Modem + "WebSocket/WebSocketClient.cs",
            "_user.Raise(WebSocketEventKind.Disconnect, default, 0, 0);", ""),
        new("send returns true on success", Modem + "WebSocket/WebSocketClient.cs",
            "data[..length])))\n        {\n            return false;",
            "data[..length])))\n        {\n            return true;"),
        new("no sent event", Modem + "WebSocket/WebSocketClient.cs",
            "_user.Raise(WebSocketEventKind.Sent, default, 0, 0);", ""),
        new("header values are not escaped", Modem + "WebSocket/WebSocketHeaders.cs",
            "(byte)' ' => \"%20\",", "(byte)'\\0' => \"%20\","),
        new("a frame glued to the 101 survives", Modem + "WebSocket/WebSocketParser.cs",
            "_used = 0;\n        IsUpgraded = true;\n        user.Upgraded();\n        return Outcome.NeedsMore;",
            "var rest = data[(data.IndexOf(\"\\r\\n\\r\\n\"u8) + 4)..].ToArray();\n" +
            "        rest.CopyTo(_buffer, 0);\n        _used = rest.Length;\n        IsUpgraded = true;\n" +
            "        user.Upgraded();\n        return rest.Length > 0 ? Outcome.Parsed : Outcome.NeedsMore;"),
        new("continuation frames are ignored instead of fatal", Modem + "WebSocket/WebSocketParser.cs",
            "case WebSocketFrame.Pong:", "case 0:\n            case WebSocketFrame.Pong:"),
        new("the receive buffer has a byte more", Modem + "WebSocket/WebSocketParser.cs",
            "private const int BufferSize = 4096;", "private const int BufferSize = 4098;"),
        new("pings are not answered", Modem + "WebSocket/WebSocketClient.cs",
            "PingFrame() => SendPacket(WebSocketFrame.Write(WebSocketFrame.Pong, []));",
            "PingFrame() => _parser.GetType();"),
        new("the keepalive ping comes at 30 s", Modem + "WebSocket/WebSocketClient.cs",
            "_keepalive = TimeSpan.FromSeconds(keepaliveSeconds);",
            "_keepalive = TimeSpan.FromSeconds(keepaliveSeconds) / 2;"),
        new("the opcode and the FIN argument of recv are swapped", Modem + "WebSocket/WebSocketClient.cs",
            "payload.ToArray(), firstByte != 0 ? 1 : 0, opcode);",
            "payload.ToArray(), opcode, firstByte != 0 ? 1 : 0);"),
        new("the VM exit reboots after 1 s", Modem + "Parameters/ModemParameters.cs",
            "VmExitDelay { get; init; } = TimeSpan.FromSeconds(15);",
            "VmExitDelay { get; init; } = TimeSpan.FromSeconds(1);"),
        new("the watchdog resets at its first expiry", Modem + "Watchdog/HardwareWatchdog.cs",
            "if (_busy && !_reset.IsSet) _reset.Set(_lastFeed + (2 * Timeout));",
            "if (_busy && !_reset.IsSet) _reset.Set(_lastFeed + Timeout);"),
        new("the watchdog never bites", Modem + "Watchdog/HardwareWatchdog.cs",
            "if (_busy && !_reset.IsSet) _reset.Set(_lastFeed + (2 * Timeout));", ""),
        new("the idle task does not feed", Modem + "Watchdog/HardwareWatchdog.cs",
            "_busy = false;\n        _reset.Cancel();", ""),
        new("wdt.init takes 61 seconds too", Modem + "Parameters/ModemParameters.cs",
            "WatchdogMaxSeconds { get; init; } = 60;", "WatchdogMaxSeconds { get; init; } = 61;"),
        new("the reason of the last start is always 0", Modem + "Firmware/Libraries/Core/PmLibrary.cs",
            "host.WakeUp?.StateNumber ?? 0, host.CauseNumber);", "host.WakeUp?.StateNumber ?? 0, 0);"),
        new("IP_LOSE is not published", Modem + "Registration/Cellular.cs",
            "Publish(\"NETIF_LINK_OFF -> IP_LOSE\", \"IP_LOSE\", AdapterNumber.Cellular);",
            ""),
        new("the radio never goes idle", Modem + "Parameters/ModemParameters.cs",
            "RrcSetupTime { get; init; } = TimeSpan.FromMilliseconds(620);",
            "RrcSetupTime { get; init; } = TimeSpan.Zero;"),
        new("DNS gives up after one server", Modem + "Network/DnsClient.cs",
            "lookup.Try = 0;\n                lookup.Server++;",
            "lookup.Try = 0;\n                lookup.Server = _servers.Length;"),
        new("the UART calls back once for all packets", Modem + "Parameters/ModemParameters.cs",
            "UartIdleGapMin { get; init; } = TimeSpan.FromMilliseconds(1);",
            "UartIdleGapMin { get; init; } = TimeSpan.FromMilliseconds(100);"),
        new("line errors drop nothing", Modem + "Uart/UartPort.cs",
            "if (arrival.LineErrors && arrival.Settings.DropOnLineError) _receiver.Clear();", ""),
        new("uart.rx writes at the start of the zbuff", Modem + "Firmware/Libraries/Serial/UartLibrary.cs",
            "buffer.Append(bytes);", "buffer.Used = 0;\n        buffer.Append(bytes);"),
        new("sys.wait(0) yields", Modem + "Firmware/Scripts/sys.lua",
            "log.debug(\"rtos.timer_start error\")\n        return",
            "log.debug(\"rtos.timer_start error\")\n        sys.wait(1)\n        return"),
        new("waitUntil sees what was published before", Modem + "Firmware/Scripts/sys.lua",
            "return message[1] ~= nil, unpack(message, 2, #message)", "return true, unpack(message, 2, #message)"),
        new("a task error exits the VM at once", Modem + "Firmware/Scripts/sys.lua",
            "sys.timerStart(assert, 500, false, report)", "sys.timerStart(assert, 1, false, report)"),
        new("there may be 65 timers", Modem + "Parameters/ModemParameters.cs",
            "TimerLimit { get; init; } = 64;", "TimerLimit { get; init; } = 65;"),
        new("the time zone is UTC", Modem + "Clock/Calendar.cs",
            "TimezoneQuarters / 4 * 3600;", "TimezoneQuarters / 4 * 0;"),
    ];
}
