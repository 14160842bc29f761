using System.Diagnostics;
using System.Globalization;
using AirHil.Board.Deploy;
using AirHil.Board.Description;
using AirHil.Board.Download;
using AirHil.Board.Identity;
using AirHil.Board.Lease;
using AirHil.Board.Log;
using AirHil.Board.Ports;
using AirHil.Board.Power;

namespace AirHil.Board.BenchFile;

/// <summary>
/// Proves each part of a board: its lease, its ports, its log, its reset, its supply. What cannot be tried since
/// something before it failed is skipped, with the reason.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="tell">Hears each part as it is done.</param>
public sealed class BoardCheck(BoardDescription board, CheckOptions options, Action<CheckLine> tell)
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// From a module's start to the last of its ports, at most (reference bench §1.5: 1.4 s for all of them).
    /// </summary>
    private static readonly TimeSpan EnumerationTime = TimeSpan.FromSeconds(2);

    private readonly BoardIdentity _identity = new();

    /// <summary>Since the last start of the board, or the last sign of one.</summary>
    private readonly Stopwatch _sinceStart = new();

    private bool _failed;

    /// <summary>Whether another process held the board, so that nothing was looked at.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Looks at all of it; some of it takes seconds.</summary>
    /// <returns>Whether nothing failed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        BoardLease lease;
        try
        {
            lease = await BoardLease.AcquireAsync(board, TimeSpan.Zero, cancel, options.LeaseFolder);
            Tell("lease", CheckOutcome.Ok, "free, and held by this check now");
        }
        catch (BoardHeldException e)
        {
            IsHeld = true;
            Tell("lease", CheckOutcome.Failed, e.Message);
            Tell("everything else", CheckOutcome.Skipped, "the board is in use");
            return false;
        }

        using (lease)
        {
            using var log = new LogTap(() => PortOpener.Open(board.Log, usb: options.Usb))
            {
                Received = bytes => _identity.ReadPlain(bytes.Span),
                Heard = (_, text) => _identity.Read(text),
            };
            // The calls of a tap block, and a person may be asked meanwhile.
            await Task.Run(() => Look(log, cancel), CancellationToken.None);
            await PowerAsync(log, cancel);
            foreach (var (number, line) in board.Uarts)
            {
                await Task.Run(() => Uart(number, line, cancel), CancellationToken.None);
            }

            await PinsAsync(cancel);
            Deploy();
        }

        return !_failed;
    }

    private static bool IsBanner(string text) => text.StartsWith("I/main LuatOS@", StringComparison.Ordinal);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);

    private void Tell(string part, CheckOutcome outcome, string text)
    {
        _failed |= outcome == CheckOutcome.Failed;
        tell(new CheckLine(part, outcome, text));
    }

    private void Look(LogTap log, CancellationToken cancel)
    {
        try
        {
            OpenLog(log, cancel);
            Tell("log port", CheckOutcome.Ok, $"{log.PortName} opens");
        }
        catch (Exception e) when (e is PortNotOpenException or PowerSwitchException)
        {
            Tell("log port", CheckOutcome.Failed, e.Message);
            DownloadMode(cancel);
            Tell("log", CheckOutcome.Skipped, "its port does not open");
            Tell("reset", CheckOutcome.Skipped, "the log port does not open");
            return;
        }

        Log(log, cancel);
        Reset(log, cancel);
    }

    /// <summary>
    /// The port may be away since the supply is off, which is switched on then, or since the module has just started.
    /// </summary>
    private void OpenLog(LogTap log, CancellationToken cancel)
    {
        var power = options.MayReset && board.Power is not null
            ? PowerSwitch.For(board.Power, board.Name, options.Person)
            : null;
        _sinceStart.Restart();
        InTime(Open, cancel);
        _sinceStart.Restart();

        void Open()
        {
            try
            {
                log.Open();
            }
            catch (PortNotOpenException e) when (e.Absent && power is not null)
            {
                power.SwitchAsync(true, cancel).GetAwaiter().GetResult();
                power = null;
                _sinceStart.Restart();
                throw;
            }
        }
    }

    /// <summary>
    /// Opens a port, which for some time after a start may be on its way, or not be ours yet (reference bench §1.3).
    /// </summary>
    private void InTime(Action open, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                open();
                return;
            }
            catch (PortNotOpenException) when (_sinceStart.Elapsed < EnumerationTime)
            {
                cancel.WaitHandle.WaitOne(SettleTime);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private void Log(LogTap log, CancellationToken cancel)
    {
        var heard = log.WaitFor(_ => true, options.LogLimit, cancel);
        var counters = log.Counters;
        if (heard)
        {
            log.WaitFor(_ => false, SettleTime, cancel);
            counters = log.Counters;
            Tell("log", CheckOutcome.Ok, $"{counters.Frames} frames, {counters.Malformed} malformed pieces");
            if (counters.Guessed > 0)
            {
                Tell(
                    "log format", CheckOutcome.Failed,
                    $"{counters.Guessed} frames had no known format, and their text is a guess; keep the bytes and "
                        + "report them");
            }

            return;
        }

        if (AskAt(log, cancel))
        {
            Tell("log", CheckOutcome.Failed, _identity.WrongFirmware(board)!);
            return;
        }

        Tell(
            "log",
            options.MayReset ? CheckOutcome.Skipped : CheckOutcome.Failed,
            counters.Bytes > 0
                ? $"{counters.Bytes} bytes came and no frame; is this interface 2? Interface 4 is the low-level log, "
                + "6 the "
                    + "virtual UART"
                : $"open, and silent for {Seconds(options.LogLimit)}: a script that prints nothing, another interface "
                + "than 2, "
                    + "or a program that reads it too; "
                    + (options.MayReset ? "the reset below will tell" : "allow the reset to tell them apart"));
    }

    /// <summary>Whether AT firmware answers, which sends no frames.</summary>
    private bool AskAt(LogTap log, CancellationToken cancel)
    {
        try
        {
            log.Write(HostCommands.AtIdentify);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return false;
        }

        log.WaitFor(_ => _identity.AtFirmware is not null, TimeSpan.FromSeconds(1), cancel);
        return _identity.AtFirmware is not null;
    }

    private void Reset(LogTap log, CancellationToken cancel)
    {
        if (!options.MayReset)
        {
            Tell("reset", CheckOutcome.Skipped, "not wanted");
            return;
        }

        if (board.Reset is ResetMethod.PowerCycle)
        {
            Tell("reset", CheckOutcome.Skipped, "it is the supply, see below");
            return;
        }

        var person = options.Person ?? TerminalPerson.Instance;
        if (board.Reset is ResetMethod.Prompt && !person.IsThere)
        {
            Tell("reset", CheckOutcome.Skipped, "somebody has to press the button, and there is no terminal to ask at");
            return;
        }

        var clock = Stopwatch.StartNew();
        try
        {
            if (board.Reset is ResetMethod.LogPortCommand) log.Write(HostCommands.Reboot);
            else if (board.Reset is ResetMethod.AtCommand) log.Write(HostCommands.AtRestart);
            else person.AskAsync($"Press the reset button of the board "
                + $"'{board.Name}'", cancel).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or TimeoutException or PowerSwitchException)
        {
            Tell("reset", CheckOutcome.Failed, e.Message);
            return;
        }

        Boot("reset", log, clock, cancel);
    }

    private void Boot(string part, LogTap log, Stopwatch clock, CancellationToken cancel)
    {
        var before = log.Losses;
        if (!log.WaitFor(IsBanner, options.BootLimit, cancel))
        {
            Tell(
                part, CheckOutcome.Failed,
                $"no banner (I/main LuatOS@…) within {Seconds(options.BootLimit)}"
                    + (log.Losses > before ? "; the port went away meanwhile" : "; the port did not go away")
                    + (part == "reset" ? "; try another method (key reset): log-port, at, power" : "; is PWRKEY "
                    + "strapped low?"));
            DownloadMode(cancel);
            return;
        }

        _sinceStart.Restart();
        Tell(part, CheckOutcome.Ok, $"the banner came after {Seconds(clock.Elapsed)}");
        if (part == "reset" || board.Reset is ResetMethod.PowerCycle) Firmware(log, cancel);
    }

    private void Firmware(LogTap log, CancellationToken cancel)
    {
        var wrong = _identity.WrongFirmware(board);
        Tell("firmware", wrong is null ? CheckOutcome.Ok : CheckOutcome.Failed, wrong ?? _identity.Banner!);
        log.WaitFor(_ => _identity.Script is not null, options.AgentLimit, cancel);
        Tell(
            "script", _identity.Script is null ? CheckOutcome.Skipped : CheckOutcome.Ok,
            _identity.Script is { } script
                ? $"the agent says {script}"
                : _identity.HasAgent
                    ? "the agent is there and knows no script; 'airhil test' deploys one that it knows"
                    : "no word from the rig's agent; without it the rig cannot tell which script runs (docs/bench.md)");
    }

    private async Task PowerAsync(LogTap log, CancellationToken cancel)
    {
        if (board.Power is null || !options.MayReset)
        {
            Tell("power", CheckOutcome.Skipped, board.Power is null ? "the bench file names no switch" : "not wanted");
            return;
        }

        if (PowerSwitch.For(board.Power, board.Name, options.Person) is not { } power)
        {
            Tell("power", CheckOutcome.Skipped, "a person switches it, and there is no terminal to ask at");
            return;
        }

        try
        {
            await power.SwitchAsync(false, cancel);
            // Capacitors empty, and whatever was on its way arrives; afterwards nothing may come any more.
            await Task.Run(() => log.WaitFor(_ => false, options.OffTime / 2, cancel), CancellationToken.None);
            var frames = log.Counters.Frames;
            await Task.Run(() => log.WaitFor(_ => false, options.OffTime, cancel), CancellationToken.None);
            if (log.Counters.Frames > frames)
            {
                Tell("power", CheckOutcome.Failed, $"switched off ({power.Description}), and the log goes on; is it "
                    + "this board?");
                await power.SwitchAsync(true, cancel);
                return;
            }

            var clock = Stopwatch.StartNew();
            await power.SwitchAsync(true, cancel);
            _sinceStart.Restart();
            await Task.Run(() => Boot("power", log, clock, cancel), CancellationToken.None);
        }
        catch (PowerSwitchException e)
        {
            Tell("power", CheckOutcome.Failed, e.Message);
        }
    }

    private void Uart(int number, SerialLine line, CancellationToken cancel)
    {
        try
        {
            InTime(Open, cancel);
        }
        catch (PortNotOpenException e)
        {
            Tell($"UART {number}", CheckOutcome.Failed, e.Message);
        }

        void Open()
        {
            using var port = PortOpener.Open(line.Port, line.Baud, options.Usb);
            Tell(
                $"UART {number}", CheckOutcome.Ok,
                $"{port.Name} opens at {line.Baud} baud; whether it is wired, a scenario tells");
        }
    }

    private async Task PinsAsync(CancellationToken cancel)
    {
        if (board.Pins.Count == 0) return;
        var (text, failed) = await new PinCheck().RunAsync(board.Pins, Directory.GetCurrentDirectory(), cancel);
        Tell("pins", failed ? CheckOutcome.Failed : CheckOutcome.Ok, text);
    }

    private void Deploy()
    {
        var reason = new Deployment(board, ".", options.Person).Impossible;
        Tell("deploy", CheckOutcome.Skipped, reason ?? $"not tried: {board.Deploy}");
    }

    /// <summary>A board that is parked in download mode has another port, and answers to a sync.</summary>
    private void DownloadMode(CancellationToken cancel)
    {
        if (board.Log is not PortAddress.Usb place) return;
        var usb = options.Usb ?? UsbTopology.System;
        var here = usb.List().Where(p => p.Location == place.Location);
        if (here.FirstOrDefault(p => p.IsDownloadingModule) is not { } parked) return;
        const string Parked = "the board is parked in download mode (17d1:0001)";
        const string Cure = "switch its supply off and on, and see that nothing holds its BOOT line high";
        try
        {
            using var port = PortOpener.Open(parked.Address, usb: usb);
            var who = Ask(port, cancel) switch
            {
                DownloadAnswer.Synchronised => "its boot ROM answers",
                DownloadAnswer.OtherStage => "the agent of an earlier tool is resident",
                _ => "nothing in it answers",
            };
            Tell("download mode", CheckOutcome.Failed, $"{Parked}, and {who}; {Cure}");
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            Tell("download mode", CheckOutcome.Failed, $"{Parked}; {Cure} ({e.Message})");
        }
    }

    private static DownloadAnswer Ask(IBytePort port, CancellationToken cancel)
    {
        var buffer = new byte[64];
        var answer = DownloadAnswer.Silent;
        // Twice, as the ROM wants it (reference bench §5.5).
        for (var i = 0; i < 10 && answer is DownloadAnswer.Silent or DownloadAnswer.Unknown; i++)
        {
            cancel.ThrowIfCancellationRequested();
            port.Write(DownloadSync.For(DownloadStage.DownloadBoot));
            port.Write(DownloadSync.For(DownloadStage.DownloadBoot));
            var count = port.Read(buffer);
            answer = DownloadSync.Read(buffer.AsSpan(0, count), DownloadStage.DownloadBoot);
        }

        return answer;
    }
}
