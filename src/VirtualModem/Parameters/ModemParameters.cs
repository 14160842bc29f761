using AirHil.Modem.Units;

namespace AirHil.VirtualModem.Parameters;

/// <summary>
/// Every number of the virtual Air780E that a bench could measure, with the values of V1112 (reference §12).
/// Marks: R read in the firmware's source, V seen on a device, I inferred (those carry <see cref="GuessAttribute"/>).
/// </summary>
public sealed record ModemParameters
{
    /// <summary>
    /// Functions that only note that they were called, one a line: "lcd" for a library, "lcd.init = true" for a
    /// function with what it returns.
    /// </summary>
    public string Stubs { get; init; } = "";

    // ---- the world ----

    /// <summary>
    /// The calendar's date at the run's time 0, in UTC. Default: shortly before the first beat of the golden trace
    /// (§2.9).
    /// </summary>
    public DateTimeOffset StartDate { get; init; } = new(2024, 10, 12, 13, 29, 47, TimeSpan.Zero);

    // ---- firmware and CPU ----

    /// <summary>The number of the firmware's release (<see cref="FirmwareRelease"/>).</summary>
    [Within(1112, 1120)]
    public int Firmware { get; init; } = FirmwareRelease.Modelled;

    /// <summary>32 as V1112 is delivered (§1.1, V), or 64 for a cloud build.</summary>
    [Within(32, 64, Step = 32)]
    public int Bits { get; init; } = 32;

    /// <summary>
    /// False: scripts were compiled by Luatools and show as "main.lua"; true: plain files, "/luadb/main.lua" (§1.5).
    /// </summary>
    public bool PlainFileChunkNames { get; init; }

    /// <summary>Whether changes of the core that <c>fota</c> gets are for this firmware.</summary>
    [Guess("The check of the core's changes is in a closed library. A package that was made for the firmware fits.")]
    public bool TakesCoreUpdates { get; init; } = true;

    /// <summary>Lua heap in bytes (§1.3, V).</summary>
    [Within(65_536, 1 << 30)]
    public int HeapBytes { get; init; } = 262_136;

    /// <summary>"D/main loadlibs luavm" prints this as used, bytes (§2.9, V); our own count is coarser.</summary>
    [Within(0, 65_536)]
    public int HeapUsedAfterLibraries { get; init; } = 14_360;

    /// <summary>"D/main loadlibs luavm" prints this as peak, bytes (§2.9, V).</summary>
    [Within(0, 1 << 30)]
    public int HeapPeakAfterLibraries { get; init; } = 14_392;

    /// <summary>Total of the system heap, bytes (§1.3, V).</summary>
    [Within(65_536, 1 << 30)]
    public int SystemHeapBytes { get; init; } = 277_872;

    /// <summary>Used system heap at boot, bytes; 53860 to 53984 were seen (§1.3, V).</summary>
    [Within(0, 1 << 30)]
    public int SystemHeapUsed { get; init; } = 53_984;

    /// <summary>Peak of the system heap at boot, bytes (§1.3, V).</summary>
    [Within(0, 1 << 30)]
    public int SystemHeapPeak { get; init; } = 81_264;

    /// <summary>Lua instructions a second (§12, I).</summary>
    [Guess("No source states the speed of Lua on the EC618. It must be measured on a board.")]
    [Within(10_000, 10_000_000_000)]
    public long InstructionsPerSecond { get; init; } = 1_500_000;

    /// <summary>Whether <c>os.date</c> counts days without a sign (S:interface/src/__wrap.c).</summary>
    [Guess("The calendar is in a closed library. The open one of the Air105, by the same vendor, counts so.")]
    public bool HasUnsignedDates { get; init; } = true;

    /// <summary>What an input without a pull reads while nothing holds its wire (I).</summary>
    [Guess("The level of a floating input depends on its surroundings.")]
    public bool FloatingPinIsHigh { get; init; }

    /// <summary>What ADC0 and ADC1 see while nothing is connected, volts (hardware reference §3.1, V).</summary>
    [Within(0, 60)]
    public double OpenInputVolts { get; init; } = 0.026;

    /// <summary>The supply at the start, volts.</summary>
    [Guess("A usual voltage of a charged cell.")]
    [Within(0, 60)]
    public double SupplyVolts { get; init; } = 3.9;

    /// <summary>A supply that sinks below this stops the chip, volts.</summary>
    [Guess("The module is specified from 3.3 V on; at which voltage its chip stops is not documented.")]
    [Within(0, 60)]
    public double LeastSupplyVolts { get; init; } = 3.0;

    /// <summary>The chip's temperature at the start, °C (hardware reference §3.1, V: 39 and 40 were seen).</summary>
    [Within(-60, 150)]
    public double ChipTemperature { get; init; } = 34;

    /// <summary>The voltage of the largest code of the converter, volts.</summary>
    [Guess("3 V without a divider gave 1100 mV on a board, and the vendor names the range 1.2 V.")]
    [Within(0.1, 10)]
    public double AdcFullScale { get; init; } = 1.2;

    /// <summary>A signature with a key of 2,048 bits. Shorter keys are faster by the cube of their length.</summary>
    [Guess("No trace shows it. Processors of this kind and clock take about a second and a half.")]
    public TimeSpan RsaPrivateTime { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>A signature with a curve of 256 bits. Others differ by the cube of their length.</summary>
    [Guess("No trace shows it. mbedTLS, built for 32 bits, takes a quarter of the time of 2,048 bits of RSA.")]
    public TimeSpan CurvePrivateTime { get; init; } = TimeSpan.FromMilliseconds(375);

    /// <summary>One conversion; open, get and close together took 2 ms on a board (§3.1, V).</summary>
    [Guess("A trace shows the sum of open, get and close, but not the part of the conversion.")]
    public TimeSpan AdcConversionTime { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>A step of the busy loop between two bits of <c>gpio.pulse</c> (I).</summary>
    [Guess("The source of the driver is closed, and its header gives the delay no unit.")]
    public TimeSpan PulseLoop { get; init; } = TimeSpan.FromMicroseconds(0.1);

    /// <summary>One setup of a timer for PWM, which <c>sensor.ws2812b_pwm</c> does for every bit.</summary>
    [Guess("Nobody measured it: its pad, its clock and a dozen registers are set.")]
    [Within(0.000_001, 0.001)]
    public TimeSpan PwmSetupTime { get; init; } = TimeSpan.FromMicroseconds(5);

    /// <summary>Messages that the Lua task's mailbox holds (§1.3, R).</summary>
    [Within(1, 100_000)]
    public int MailboxCapacity { get; init; } = 32;

    /// <summary>RTOS timers that may run at once (§2.2, R).</summary>
    [Within(1, 100_000)]
    public int TimerLimit { get; init; } = 64;

    // ---- power and boot ----

    /// <summary>How long the power key is pressed at least to start a module that was shut down.</summary>
    [Guess("The vendor's page gives 1 to 1.5 s.")]
    [Within(0, 60)]
    public TimeSpan PowerKeyTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tick at which the boot ROM has sent its banner on UART1 (§2.9).</summary>
    [Guess("A trace shows the banner, but not its time. 16 bytes at 115200 baud take 1.4 ms.")]
    public TimeSpan BootBannerAt { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Tick of the first SDK line (§2.9, V).</summary>
    public TimeSpan ServiceInitAt { get; init; } = TimeSpan.FromMilliseconds(9);

    /// <summary>Tick of the log UART's line (§2.9, V: 20 to 23 ms).</summary>
    public TimeSpan LogUartAt { get; init; } = TimeSpan.FromMilliseconds(21);

    /// <summary>Tick of the firmware banner (§2.9, V: 210 to 240 ms).</summary>
    public TimeSpan BannerAt { get; init; } = TimeSpan.FromMilliseconds(240);

    /// <summary>Tick of the loadlibs lines (§2.9, V: 219 to 248 ms).</summary>
    public TimeSpan LibrariesAt { get; init; } = TimeSpan.FromMilliseconds(248);

    /// <summary>Tick at which main.lua starts (§12, V: first user line at 0.227 to 0.315 s).</summary>
    public TimeSpan ScriptAt { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>From "Lua VM exit!!" to the reset (§2.6, R).</summary>
    [Within(0.001, 864_000_000)]
    public TimeSpan VmExitDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between two hints when there is no main.lua (§1.5, R).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan MissingMainHintPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many hints are printed before the VM exits.</summary>
    [Guess("The source prints the hint once a second. The reference does not say how many times.")]
    [Within(0, 1_000)]
    public int MissingMainHints { get; init; } = 3;

    /// <summary>
    /// From the watchdog's second expiry to the restart; about 5.4 s with the PC tool attached (§7.1, V).
    /// </summary>
    [Guess("Without the PC tool there is no RAM dump. The short time to write the crash record is not known.")]
    public TimeSpan CrashDumpTime { get; init; } = TimeSpan.Zero;

    /// <summary>The platform's own watchdog (§7.1, R).</summary>
    [Within(0.1, 864_000_000)]
    public TimeSpan WatchdogTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What wdt.init accepts at least, whole seconds; from V1113 on it is 20 at least (§7.1, R).</summary>
    [Within(1, 1_000)]
    public int WatchdogMinSeconds { get; init; } = 1;

    /// <summary>What wdt.init accepts at most, whole seconds (§7.1, R).</summary>
    [Within(1, 1_000_000)]
    public int WatchdogMaxSeconds { get; init; } = 60;

    // ---- sleep ----

    /// <summary>From the moment that every task waits to the sleep (hardware reference §8.5).</summary>
    [Guess("The closed platform decides it. A tick of the idle task and the check of the votes take less than 0.1 s.")]
    [Within(0.001, 60)]
    public TimeSpan SleepEntryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From what wakes a light sleep to the script.</summary>
    [Guess("The clocks start and the memory is powered; some milliseconds are usual.")]
    [Within(0, 10)]
    public TimeSpan LightWakeTime { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the chip stays awake after UART 1 has woken it and lost the bytes (§8.5).</summary>
    [Guess("The vendor's guide says that the peer sends again after some seconds.")]
    [Within(0, 3_600)]
    public TimeSpan UartWakeStay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What the first downlink packet waits in pm.WORK_MODE 1 while the radio is idle (§8.5: up to 2 s).
    /// </summary>
    [Guess("The mean of what the vendor's guide allows.")]
    [Within(0, 3_600)]
    public TimeSpan WorkMode1Paging { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same in pm.WORK_MODE 2 (§8.5: up to 2 minutes).</summary>
    [Guess("A usual extended DRX cycle.")]
    [Within(0, 3_600)]
    public TimeSpan WorkMode2Paging { get; init; } = TimeSpan.FromSeconds(10.24);

    /// <summary>Without traffic for this long in pm.WORK_MODE 3 the modem saves power and leaves the network.</summary>
    [Guess("The modem's software is closed. The vendor's demos expect the sleep within 5 s.")]
    [Within(0.001, 3_600)]
    public TimeSpan PowerSavingEntry { get; init; } = TimeSpan.FromSeconds(2);

    // ---- clock ----

    /// <summary>The date of a clock that nobody has set (§1.4).</summary>
    [Guess("The closed platform defines it. The value is an obviously old date.")]
    public DateTimeOffset UnsetDate { get; init; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From IP_READY to TIME_SYNC (§2.9, V: -5 to +180 ms).</summary>
    public TimeSpan TimeSyncAfterIpReady { get; init; } = TimeSpan.FromMilliseconds(52);

    /// <summary>From the network's word of another time to a module that is registered to TIME_SYNC.</summary>
    [Guess("Networks may tell the time at any moment (3GPP TS 24.301, 5.4.5); no trace shows one that did.")]
    public TimeSpan LateTimeSync { get; init; } = TimeSpan.FromMilliseconds(52);

    // ---- registration ----

    /// <summary>Tick of IP_READY after a cold power-on with coverage (§2.9, V: 4.448 and 5.956 s).</summary>
    public TimeSpan ColdIpReady { get; init; } = TimeSpan.FromMilliseconds(4_448);

    /// <summary>Earliest tick of IP_READY after a quick reboot (reference-net §6.3, V: ten traces).</summary>
    public TimeSpan WarmIpReadyMin { get; init; } = TimeSpan.FromMilliseconds(1_350);

    /// <summary>Latest tick of IP_READY after a quick reboot (reference-net §6.3, V: ten traces).</summary>
    public TimeSpan WarmIpReadyMax { get; init; } = TimeSpan.FromMilliseconds(2_060);

    /// <summary>
    /// From radio on to a SIM that can be read: the mean of 0.665 and 0.707 s in two recordings of restarts
    /// (hardware reference §10.3, reference-net §9). A cold start takes the same here.
    /// </summary>
    public TimeSpan SimInitTime { get; init; } = TimeSpan.FromMilliseconds(686);

    /// <summary>From a SIM that can be read to its number, which may be empty (reference-net §9, trace 12).</summary>
    public TimeSpan SimNumberTime { get; init; } = TimeSpan.FromMilliseconds(207);

    /// <summary>From a request for the counter of writes to the SIM to SIM_WC.</summary>
    [Guess("A trace of an Air780EHM, which has another chip, shows 3 ms.")]
    public TimeSpan SimWriteCounterTime { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>From a found cell to the PDP context: attach and default bearer.</summary>
    [Guess("A usual time of an LTE attach.")]
    public TimeSpan AttachTime { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>What an attach takes longer that asks for IPv6 (§4.2).</summary>
    [Guess("The vendor's documentation says 2 to 3 s.")]
    public TimeSpan Ipv6AttachTime { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>From a failed attach to the next try: T3411 (3GPP TS 24.301, 10.2).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan AttachRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same after <see cref="AttachAttempts"/> tries: T3402 (3GPP TS 24.301, 10.2).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan AttachPause { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>Tries in a row before a pause (3GPP TS 24.301, 5.5.1.2.6).</summary>
    [Within(1, 1_000)]
    public int AttachAttempts { get; init; } = 5;

    /// <summary>From mobile.reqCellInfo to CELL_INFO_UPDATE (hardware reference §10.1, V: about 3 s).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan CellSearchTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From coverage that returned to a found cell.</summary>
    [Guess("Time of a stored-cell search. It depends on the search period that the modem has reached.")]
    public TimeSpan RecoverySearchTime { get; init; } = TimeSpan.FromMilliseconds(1_600);

    /// <summary>From lost coverage to IP_LOSE. Shorter gaps go unnoticed.</summary>
    [Guess("The out-of-sync timers and the failed re-establishment take a few seconds.")]
    public TimeSpan CoverageLossDetection { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Without traffic for this long the radio goes idle (§12, V: between 0.1 and 15 s).</summary>
    [Within(0.001, 864_000_000)]
    public TimeSpan RrcInactivity { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What the first uplink packet out of idle waits. It is the network's: 620 ms in the tutorial's (§12, V), about
    /// 0.2 s in that of recording 10 of the reference of network clients, §9.
    /// </summary>
    public TimeSpan RrcSetupTime { get; init; } = TimeSpan.FromMilliseconds(620);

    /// <summary>What the first downlink packet to an idle radio waits: paging and setup.</summary>
    [Guess("Half of a DRX cycle of 1.28 s. No trace shows a downlink transfer from idle.")]
    public TimeSpan RrcPagingTime { get; init; } = TimeSpan.FromMilliseconds(640);

    /// <summary>Signal that the module reports, dBm.</summary>
    [Guess("A plausible value for any place.")]
    [Within(Modem.Air.Cell.LeastRsrpDbm, Modem.Air.Cell.MostRsrpDbm)]
    public int RsrpDbm { get; init; } = -85;

    /// <summary>From sms.send, with the radio connected, to the message's arrival in the network.</summary>
    [Guess("No trace shows it. A text message over NAS takes about a second.")]
    [Within(0, 600)]
    public TimeSpan SmsSubmitTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the modem waits for the network's answer to a text message.</summary>
    [Guess("The sum of the timers of 3GPP TS 24.011 for a submission; the modem's software is closed.")]
    [Within(0.1, 3_600)]
    public TimeSpan SmsTimeout { get; init; } = TimeSpan.FromSeconds(45);

    // ---- network ----

    /// <summary>Sockets of the whole module, as its clients take them (§4.4, R).</summary>
    [Within(1, 1_000)]
    public int SocketLimit { get; init; } = 8;

    /// <summary>Sockets of the IP stack, taken by connections (net §1.3, R: MAX_SOCK_NUM).</summary>
    [Within(1, 1_000)]
    public int StackSockets { get; init; } = 8;

    /// <summary>From an orderly close to the word that it is done (net §1.8, V: 13.626 to 13.629 s).</summary>
    public TimeSpan TcpCloseTime { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>
    /// Processor time of websocket.create for wss (§2.9, V: 8 ms from IP_READY to the connect's line).
    /// </summary>
    [Guess("The trace shows the 8 ms, but not their cause. The TLS context with its seeded generator is the only " +
        "slow work at that point.")]
    public TimeSpan TlsClientSetupTime { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>An unanswered SYN and its repetitions (§3.6: TCP_SYNMAXRTX 5).</summary>
    [Guess("lwIP repeats a SYN every 3 s without back-off: 6 × 3 s.")]
    public TimeSpan TcpConnectTimeout { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>Unacknowledged data gives up (net §0.3, R: TCP_DEFRTX 6).</summary>
    [Guess("Six repetitions are read in the source. That they wait 1 s at first and twice as long each time is " +
        "inferred.")]
    public TimeSpan TcpGiveUp { get; init; } = TimeSpan.FromSeconds(127);

    /// <summary>
    /// How long the network task stands still for the keys of a TLS handshake, at most (net §1.1, V: 5.640 to 7.276 s).
    /// It ends when the air says that the handshake is over.
    /// </summary>
    [Within(0, 60)]
    public TimeSpan TlsComputeTime { get; init; } = TimeSpan.FromMilliseconds(1_636);

    /// <summary>
    /// From the client's hello to the server's certificates and key, after which the module computes; a longer round
    /// trip counts in its place.
    /// </summary>
    [Guess("In the tutorial's trace a datagram is answered 0.56 s after the connect, in the middle of the handshake: " +
        "the network task stands still later than that.")]
    public TimeSpan TlsFlightTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// System heap of a TLS connection besides its two record buffers, bytes (net §7, V: 36 KB in all).
    /// </summary>
    [Within(0, 1 << 24)]
    public int TlsSessionBytes { get; init; } = 2_600;

    /// <summary>
    /// System heap that a TLS handshake takes besides, bytes (net §7, V: 146,800 of use at its peak, 96,400 after it).
    /// </summary>
    [Within(0, 1 << 24)]
    public int TlsHandshakeBytes { get; init; } = 50_384;

    /// <summary>Tries per DNS server (§4.3, R).</summary>
    [Within(1, 100)]
    public int DnsTries { get; init; } = 3;

    /// <summary>Try n of a DNS query waits (n + 1) times this (§4.3, R).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan DnsTryUnit { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>The timer that checks for late DNS answers (§4.3, R).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan DnsCheckPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What socket.sntp waits for one server, with link and name (net §6.2, R).</summary>
    [Within(0.001, 86_400)]
    public TimeSpan SntpTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From errDump.config or a new record to its upload (§7.3, R).</summary>
    public TimeSpan ErrDumpDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>errDump gives a connection up (§7.3, R).</summary>
    public TimeSpan ErrDumpConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>errDump waits for the answer to one packet (§7.3, R).</summary>
    public TimeSpan ErrDumpReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From audio.playStop to the end: what the driver has already is still played.</summary>
    [Guess("The player's source is closed. Its blank pieces take 0.1 s.")]
    public TimeSpan AudioStopTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a second audio.play ends what is being played; otherwise it gives false.</summary>
    [Guess("The player's source is closed. Its header has a call of its own to end what is played.")]
    public bool AudioPlayReplaces { get; init; }

    /// <summary>Whether the blank pieces come before each file of a list, not before the first only.</summary>
    [Guess("The player's source is closed. It may tell the start of decoding for each file or once.")]
    public bool AudioBlanksEachFile { get; init; }

    /// <summary>Whether a stream tells audio.MORE_DATA behind each piece, not behind its last one only.</summary>
    [Guess("The player's source is closed. Its header tells of more data behind a part that was played.")]
    public bool AudioAsksEachPiece { get; init; } = true;

    /// <summary>Whether a stream tells audio.DONE behind its last piece; otherwise it waits for more.</summary>
    [Guess("The player's source is closed. Its header tells of an end behind all that was played.")]
    public bool AudioStreamEnds { get; init; } = true;

    // ---- UART ----

    /// <summary>
    /// The line is idle after this many character times (§5.3), but at least <see cref="UartIdleGapMin"/>.
    /// </summary>
    [Guess("The source of the driver is closed. A few character times are usual.")]
    [Within(0, 1_000_000)]
    public double UartIdleGapCharacters { get; init; } = 3;

    /// <summary>The shortest idle gap (§5.3, §12: 1 to 5 ms).</summary>
    [Guess("The source of the driver is closed.")]
    public TimeSpan UartIdleGapMin { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Bytes between two "new data" events of the driver (§5.2, V: dma 512).</summary>
    [Within(1, 1 << 24)]
    public int UartDmaBytes { get; init; } = 512;

    /// <summary>
    /// The receive buffer grows to this many times bufsz; further bytes are lost (hardware reference §7.3: 131,072
    /// bytes with a bufsz of 2048).
    /// </summary>
    [Guess("The log of a V1107 device shows it; no log of V1112 does. It is also not known that the buffer doubles.")]
    [Within(1, 1_000)]
    public int UartCacheFactor { get; init; } = 64;

    /// <summary>
    /// Whether bytes that wait to leave a UART may be more than the 1,024 of the driver's cache: then they take system
    /// heap. A write that has no room is refused as a whole, and uart.write returns 0.
    /// </summary>
    [Guess("The source of the driver is closed. Its header calls the 1,024 bytes an initial cache. The driver of a " +
        "sister chip, Air105, lets its cache grow on the heap.")]
    public bool UartTransmitCacheGrows { get; init; } = true;

    /// <summary>Time of one poll of uart.wait485, which gives their number.</summary>
    [Guess("Nobody measured the loop; a few dozen clocks of the processor at 204 MHz.")]
    [Within(0.000_000_1, 0.001)]
    public TimeSpan UartPollTime { get; init; } = TimeSpan.FromTicks(2);

    /// <summary>Time of one packet on the USB virtual UART.</summary>
    [Guess("The length of a frame of full-speed USB.")]
    [Within(0.000_1, 10)]
    public TimeSpan UsbPacketTime { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>One search for Wi-Fi that finds nothing (S:project/luatos/src/luat_wlan_ec618.c:10-18).</summary>
    [Guess("The request gives a round 5 s and the search 10 s. The modem's software is closed.")]
    [Within(0.1, 60)]
    public TimeSpan WifiScanTime { get; init; } = TimeSpan.FromSeconds(5);

    // ---- storage ----

    /// <summary>
    /// Bytes of the root file system, littlefs (S:PLAT/device/target/board/ec618_0h00/common/inc/mem_map.h:89-91). It
    /// is empty at first; which files the radio's own software keeps there, no source tells.
    /// </summary>
    [Within(65_536, 1 << 28)]
    public int FileSystemBytes { get; init; } = 288 * 1024;

    /// <summary>Time of one commit of littlefs: a file that is made, closed after a write, moved or removed.</summary>
    [Guess("No source tells it. NOR flash programs a page in 0.4 to 3 ms.")]
    [Within(0, 1)]
    public TimeSpan FlashCommitTime { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Time of one commit of fskv. A vendor's log shows 3 to 6 ms for a set and a get
    /// (DP:docs/air780e/luatos/docs/service/fskv/image/IoUfb4AhqohEEEx7VUIcaOTMnob.png).
    /// </summary>
    [Within(0, 1)]
    public TimeSpan KeyCommitTime { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>All parameters that no source states, for <c>docs/fidelity.md</c>.</summary>
    public static IReadOnlyList<ParameterGuess> Guesses { get; } =
        GuessAttribute.In(typeof(ModemParameters), new ModemParameters());
}
