using System.Buffers;
using System.Text;
using AirHil.Board.Description;
using AirHil.Board.Log;
using AirHil.Board.Modem;
using AirHil.Board.Ports;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Modem;

public sealed class BoardMachineTests
{
    private const int Log = BoardLine.Log;
    private static readonly BoardDescription Board = new("bench", new PortAddress.Path("log"))
    {
        Uarts = new Dictionary<int, SerialLine> { [1] = new(new PortAddress.Path("uart")) },
    };

    private BoardMachine _machine = new(Board, hasSwitch: true, new BoardTimings());
    private readonly Dictionary<string, byte[]> _texts = [];
    private TimeSpan _now;

    [Fact]
    public void At_first_the_supply_is_switched_off_whatever_it_was_and_nothing_is_said()
    {
        Wait(0).ShouldBe([new BoardAct.Switch(false)]);
        In(new BoardInput.Switched(false, _now, null)).ShouldBeEmpty();
    }

    [Fact]
    public void Supply_comes_on_only_after_it_was_off_for_a_while()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldNotContain(new BoardAct.Switch(true));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
        _now.ShouldBe(Ms(1000));
    }

    [Fact]
    public void The_first_frame_of_a_start_reports_it_before_the_line()
    {
        var on = PowerUp();
        Pass(300);
        Told(Frame(250, "hello")).ShouldBe(
        [
            new ModemReport.PoweredOn { HappenedAt = on },
            Line(on + Ms(250), 250, "hello"),
        ]);
    }

    [Fact]
    public void Lines_carry_the_time_at_which_they_happened()
    {
        var on = PowerUp();
        Pass(100);
        Told(Frame(90, "a"));
        Pass(1000);
        Told(Frame(1070, "b")).ShouldBe([Line(on + Ms(1070), 1070, "b")]);
    }

    [Fact]
    public void Ends_of_lines_and_the_zero_of_the_C_side_are_cut_off()
    {
        PowerUp();
        Told(Frame(0, "x\r\n\0")).OfType<ModemReport.LogLine>().Single().Text.ShouldBe("x");
    }

    [Fact]
    public void What_a_script_prints_ends_as_it_was_printed()
    {
        PowerUp();
        Told(Frame(0, "I/user.rx\techo\r\n\0")).OfType<ModemReport.LogLine>().Single().Text
            .ShouldBe("I/user.rx\techo\r\n");
    }

    [Fact]
    public void The_log_is_asked_for_when_its_port_opens_and_every_second_while_it_is_silent()
    {
        PowerUp(logOpen: false);
        In(new BoardInput.Opened(Log, "log")).ShouldContain(a => IsAsking(a));
        var asked = 0;
        for (var i = 0; i < 50; i++) asked += Pass(100).Count(IsAsking);
        asked.ShouldBe(5);
        for (var i = 0; i < 50; i++)
        {
            Told(Frame(100 + i * 100, "x"));
            Pass(100).ShouldNotContain(a => IsAsking(a));
        }
    }

    [Fact]
    public void A_port_that_is_open_and_silent_is_spoken_of_once_with_causes()
    {
        PowerUp();
        Notices(Pass(30_000)).ShouldContain(n => n.Contains("is silent: another port than interface 2"));
        Notices(Pass(30_000)).ShouldNotContain(n => n.Contains("is silent"));
    }

    [Fact]
    public void A_port_that_gives_bytes_and_no_frame_is_another_case()
    {
        PowerUp();
        In(Received(Log, "OK\r\nATI\r\n"u8.ToArray()));
        Notices(Pass(30_000)).ShouldContain(n => n.Contains("without one log frame"));
    }

    [Fact]
    public void A_start_that_does_not_come_is_spoken_of()
    {
        PowerUp();
        Notices(Pass(30_000)).ShouldContain(n => n.StartsWith("no start was seen 15 s after its supply"));
    }

    [Fact]
    public void After_the_supply_was_cut_nothing_counts_and_that_is_on_record()
    {
        Running();
        In(new BoardInput.Told(new ModemCommand.CutPower())).ShouldBe(
        [
            new BoardAct.Tell(new ModemReport.PoweredOff { HappenedAt = _now }),
            new BoardAct.Switch(false),
        ]);
        Told(Frame(5000, "late")).ShouldBeEmpty();
        In(Received(1, "late"u8.ToArray())).ShouldBeEmpty();
        Notices(Pass(60_000)).ShouldHaveSingleItem()
            .ShouldContain("bytes that came after its supply was cut do not count");
    }

    [Fact]
    public void What_was_in_the_lines_before_the_start_does_not_count()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        In(new BoardInput.Opened(1, "uart"));
        In(Received(1, "stale"u8.ToArray())).OfType<BoardAct.Tell>().ShouldBeEmpty();
        var acts = Pass(2000);
        acts.ShouldContain(new BoardAct.Switch(true));
        Notices(acts).ShouldContain("5 bytes that came before the board was started do not count");
        Answer(acts);
        Told(Received(1, "fresh"u8.ToArray())).OfType<ModemReport.UartReceived>().Single().Bytes.ToArray()
            .ShouldBe("fresh"u8.ToArray());
    }

    [Fact]
    public void The_reset_sequence_goes_to_the_log_port_and_the_start_is_dated_by_it()
    {
        Running();
        Pass(5000);
        var at = _now;
        In(new BoardInput.Told(new ModemCommand.PullReset())).OfType<BoardAct.Write>()
            .ShouldContain(w => w.Line == Log && IsReboot(w));
        In(new BoardInput.Lost(Log, "gone"));
        Pass(600);
        In(new BoardInput.Opened(Log, "log"));
        Pass(100);
        var told = Told((byte[])[.. Frame(16, "first").ToArray(), .. Frame(680, "second").ToArray()]);
        told.ShouldBe(
        [
            new ModemReport.PoweredOn { HappenedAt = at },
            Line(at + Ms(16), 16, "first"),
            Line(at + Ms(680), 680, "second"),
        ]);
    }

    [Fact]
    public void A_reset_while_the_port_is_away_is_sent_when_it_is_back_or_given_up_on_record()
    {
        Running();
        In(new BoardInput.Lost(Log, "gone"));
        In(new BoardInput.Told(new ModemCommand.PullReset())).OfType<BoardAct.Write>().ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log")).OfType<BoardAct.Write>().ShouldContain(w => IsReboot(w));

        In(new BoardInput.Lost(Log, "gone again"));
        In(new BoardInput.Told(new ModemCommand.PullReset()));
        Notices(Pass(4000)).ShouldContain(
            n => n.Contains("4 bytes for the log port are dropped") && n.Contains("gone again"));
    }

    [Fact]
    public void Bytes_wait_for_a_uart_that_re_enumerates()
    {
        Running();
        In(new BoardInput.Lost(1, "gone"));
        In(Write("one")).OfType<BoardAct.Write>().ShouldBeEmpty();
        In(Write("two")).OfType<BoardAct.Write>().ShouldBeEmpty();
        Orders(In(new BoardInput.Opened(1, "uart"))).ShouldBe(["one", "two"]);
        In(Write("three")).ShouldHaveSingleItem().ShouldBeOfType<BoardAct.Write>();
    }

    [Fact]
    public void Bytes_that_waited_too_long_or_are_too_many_are_dropped_on_record()
    {
        Running();
        In(new BoardInput.Lost(1, "unplugged"));
        In(Write("one"));
        Notices(Pass(4000)).ShouldContain(
            n => n.StartsWith("3 bytes for UART 1 are dropped") && n.Contains("unplugged"));
        In(new BoardInput.Told(new ModemCommand.WriteUart(1, new byte[60_000])));
        Notices(In(new BoardInput.Told(new ModemCommand.WriteUart(1, new byte[6_000])))).ShouldHaveSingleItem()
            .ShouldBe("6000 bytes for UART 1 are dropped: 60000 wait for its port already");
    }

    [Fact]
    public void Bytes_for_a_line_that_the_board_has_not_are_told_of()
    {
        Running();
        Notices(In(new BoardInput.Told(new ModemCommand.WriteUart(2, "x"u8.ToArray())))).ShouldHaveSingleItem()
            .ShouldContain("no such line; it has: 1");
    }

    [Fact]
    public void A_write_that_failed_is_told_of()
    {
        Running();
        Notices(In(new BoardInput.NotWritten(1, 12, "it is gone"))).ShouldHaveSingleItem()
            .ShouldBe("12 bytes for UART 1 were not sent, or not for certain: it is gone");
    }

    [Fact]
    public void A_log_port_that_stays_away_means_the_board_is_lost_and_a_frame_that_it_is_back()
    {
        Running();
        In(new BoardInput.Lost(Log, "unplugged"));
        Pass(19_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        Pass(2_000).ShouldContain(
            new BoardAct.Tell(new ModemReport.ModemLost("the log port is away for 20 s: unplugged")));
        Pass(10_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log"));
        Pass(100);
        Told(Frame(40_000, "still running"))[0].ShouldBeOfType<ModemReport.PoweredOn>();
    }

    [Fact]
    public void A_lost_board_is_started_again_by_its_supply()
    {
        Running();
        In(new BoardInput.Lost(Log, "unplugged"));
        Pass(21_000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldContain(new BoardAct.Switch(false));
        In(new BoardInput.Switched(false, _now, null));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
    }

    [Fact]
    public void A_crashed_board_that_is_silent_for_forty_seconds_is_not_lost()
    {
        Running();
        Pass(40_000).OfType<BoardAct.Tell>().ShouldNotContain(t => t.Output is ModemReport.ModemLost);
    }

    [Fact]
    public void A_short_absence_is_on_record_and_no_more()
    {
        Running();
        In(new BoardInput.Lost(Log, "re-enumerates"));
        Pass(1400).OfType<BoardAct.Tell>().ShouldBeEmpty();
        Notices(In(new BoardInput.Opened(Log, "log"))).ShouldBe(["the log port is back after 1.40 s; re-enumerates"]);
        Pass(60_000).OfType<BoardAct.Tell>().ShouldNotContain(t => t.Output is ModemReport.ModemLost);
    }

    [Fact]
    public void A_person_may_take_any_time_to_switch_the_supply()
    {
        Off();
        In(new BoardInput.Waiting(Log, "absent"));
        In(new BoardInput.Waiting(1, "absent"));
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Pass(300_000).OfType<BoardAct.Tell>().ShouldBeEmpty();
        In(new BoardInput.Switched(true, _now, null));
        Pass(21_000).OfType<BoardAct.Tell>().ShouldContain(
            t => t.Output == new ModemReport.ModemLost("the log port is away for 20 s: absent"));
    }

    [Fact]
    public void A_switch_that_tells_later_than_the_board_changes_nothing()
    {
        Off();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        var began = _now;
        Pass(500);
        Told(Frame(300, "first"))[0].ShouldBe(new ModemReport.PoweredOn { HappenedAt = began + Ms(200) });
        Pass(500);
        In(new BoardInput.Switched(true, _now, null));
        Notices(Pass(60_000)).ShouldNotContain(n => n.Contains("no start was seen"));
    }

    [Fact]
    public void A_serial_line_that_is_not_there_is_spoken_of_once_the_board_runs()
    {
        Off();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Waiting(1, "permission denied"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        In(new BoardInput.Switched(true, _now, null));
        Told(Frame(0, "up"));
        Notices(Pass(10_000)).ShouldBe(["UART 1 is not there: permission denied"]);
    }

    [Fact]
    public void A_board_that_restarts_by_itself_reports_it()
    {
        Running();
        Pass(60_000);
        Told(Frame(60_000, "still"));
        Pass(1_000);
        Told(Frame(16, "again")).Count(o => o is ModemReport.PoweredOn).ShouldBe(1);
    }

    [Fact]
    public void A_switch_that_fails_loses_the_board_with_its_reason()
    {
        Off();
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Answer(Pass(2000), problem: "relay on fire").OfType<BoardAct.Tell>().Select(t => t.Output).ShouldBe(
            [new ModemReport.ModemLost("the supply could not be switched on: relay on fire")]);
    }

    [Fact]
    public void A_board_without_a_switch_is_started_by_a_reset_and_what_it_says_until_then_does_not_count()
    {
        _machine = new BoardMachine(Board, hasSwitch: false, new BoardTimings());
        Wait(0).ShouldBeEmpty();
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(1000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).OfType<BoardAct.Write>()
            .ShouldContain(w => IsReboot(w));
        Pass(10);
        Told(Frame(70_000_000, "the start before")).ShouldBeEmpty();
        var at = _now;
        Pass(600);
        Told(Frame(250, "new")).Where(o => o is not ModemReport.Noticed).ShouldBe(
            [new ModemReport.PoweredOn { HappenedAt = at }, Line(at + Ms(250), 250, "new")]);
    }

    [Fact]
    public void A_board_without_a_switch_cannot_be_cut_off_and_says_so_once()
    {
        _machine = new BoardMachine(Board, hasSwitch: false, new BoardTimings());
        In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Told(new ModemCommand.ApplyPower()));
        Pass(2000);
        Told(Frame(250, "x"));
        Notices(In(new BoardInput.Told(new ModemCommand.CutPower())))
            .ShouldContain(n => n.Contains("has no power switch"));
        var said = 0;
        for (var i = 0; i < 100; i++) said += Told(Frame(1000 + i, "goes on")).Length + Notices(Pass(500)).Count;
        said.ShouldBe(1);
    }

    [Fact]
    public void Reset_by_the_supply_switches_it_off_and_on()
    {
        _machine = new BoardMachine(Board with { Reset = ResetMethod.PowerCycle }, hasSwitch: true, new BoardTimings());
        Running();
        In(new BoardInput.Told(new ModemCommand.PullReset())).ShouldContain(new BoardAct.Switch(false));
        In(new BoardInput.Switched(false, _now, null));
        RunUntil<BoardAct.Switch>().ShouldBe(new BoardAct.Switch(true));
        In(new BoardInput.Switched(true, _now, null));
        var at = _now;
        Pass(100);
        Told(Frame(20, "x"))[0].ShouldBe(new ModemReport.PoweredOn { HappenedAt = at });
    }

    [Fact]
    public void Reset_by_hand_asks_a_person()
    {
        _machine = new BoardMachine(Board with { Reset = ResetMethod.Prompt }, hasSwitch: true, new BoardTimings());
        Running();
        In(new BoardInput.Told(new ModemCommand.PullReset())).ShouldContain(new BoardAct.AskForReset());
        Notices(In(new BoardInput.ResetByHand(_now, "nobody is there")))
            .ShouldBe(["the board was not reset: nobody is there"]);
    }

    [Fact]
    public void Coverage_is_switched_by_the_agent_in_the_script()
    {
        WithAgent();
        Told(Frame(5, "x")).ShouldContain(new AirRequest.Radio(true));
        Told(Frame(300, "I/user.airhil\tscript 0123456789ab"));
        In(Covered(true)).ShouldBeEmpty();
        Orders(In(Covered(false))).ShouldBe(["airhil radio off\n"]);
        Told(Frame(400, "I/user.airhil\tradio off"));
        Orders(Pass(60_000)).ShouldBeEmpty();
        Orders(In(Covered(true))).ShouldBe(["airhil radio on\n"]);
    }

    [Fact]
    public void An_order_for_the_radio_waits_for_the_agent_to_start()
    {
        WithAgent();
        Told(Frame(5, "x"));
        Orders(In(Covered(false))).ShouldBeEmpty();
        Orders(Pass(1000)).ShouldBeEmpty();
        Orders(In(Received(Log, Frame(1010, "I/user.airhil script 0123456789ab").ToArray())))
            .ShouldBe(["airhil radio off\n"]);
    }

    [Fact]
    public void An_agent_that_does_not_answer_is_asked_again_and_then_spoken_of()
    {
        WithAgent();
        Told(Frame(5, "x"));
        In(Covered(false));
        var acts = Pass(60_000);
        Orders(acts).ShouldBe(["airhil radio off\n", "\nairhil radio off\n", "\nairhil radio off\n"]);
        Notices(acts).ShouldContain(n => n.Contains("has not answered 'airhil radio off' 3 times"));
    }

    [Fact]
    public void After_a_start_the_radio_is_on_again_and_the_network_asked_anew()
    {
        WithAgent();
        Told(Frame(300, "I/user.airhil\tscript 0123456789ab"));
        In(Covered(false));
        Told(Frame(400, "I/user.airhil\tradio off"));
        Pass(5_000);
        Told(Frame(5, "again")).ShouldContain(new AirRequest.Radio(true));
        In(Covered(false));
        Orders(In(Received(Log, Frame(300, "I/user.airhil\tscript 0123456789ab").ToArray())))
            .ShouldBe(["airhil radio off\n"]);
    }

    [Fact]
    public void Faster_than_the_wall_the_hosts_own_times_grow_with_the_speed()
    {
        _machine = new BoardMachine(Board, hasSwitch: true, new BoardTimings(), speed: 10);
        PowerUp();
        Pass(60_000).Count(IsAsking).ShouldBe(6);
    }

    /// <summary>Any order of anything: never an exception, and every deadline is met by progress.</summary>
    [Fact]
    public void It_stands_whatever_happens_in_whatever_order()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var chance = new SplitMix64(seed);
            _now = default;
            _machine = new BoardMachine(
                Board with { Reset = (ResetMethod)chance.Below(4), Radio = new RadioDescription(1) },
                chance.Below(2) == 0, new BoardTimings());
            for (var step = 0; step < 200; step++)
            {
                Answer(Pass(chance.Below(3000)));
                BoardInput input = chance.Below(14) switch
                {
                    0 => new BoardInput.Told(new ModemCommand.ApplyPower()),
                    1 => new BoardInput.Told(new ModemCommand.CutPower()),
                    2 => new BoardInput.Told(new ModemCommand.PullReset()),
                    3 => new BoardInput.Told(new ModemCommand.WriteUart(chance.Below(3), new byte[chance.Below(9000)])),
                    4 => new BoardInput.Opened(chance.Below(2), "port"),
                    5 => new BoardInput.Lost(chance.Below(2), "gone"),
                    6 => new BoardInput.Waiting(chance.Below(2), "busy"),
                    7 => new BoardInput.NotWritten(chance.Below(2), 3, "gone"),
                    8 => new BoardInput.Told(new AirEvent.CoverageChanged(chance.Below(2) == 0)),
                    9 => Received(1, new byte[chance.Below(100)]),
                    10 => new BoardInput.ResetByHand(_now, null),
                    11 => Received(Log, Frame(chance.Below(100_000), "I/main LuatOS@EC618").ToArray()),
                    _ => Received(Log, Frame(chance.Below(100_000), "x").ToArray()),
                };
                Answer(In(input));
            }
        }
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static bool IsAsking(BoardAct act) =>
        act is BoardAct.Write { Line: Log } write && write.Bytes.Span.SequenceEqual(HostCommands.StartLog);

    private static bool IsReboot(BoardAct.Write write) => write.Bytes.Span.SequenceEqual(HostCommands.Reboot);

    private static ReadOnlyMemory<byte> Frame(int tickMs, string text)
    {
        var frame = new ArrayBufferWriter<byte>();
        LogFrameWriter.Write(frame, (uint)tickMs, Encoding.UTF8.GetBytes(text));
        return frame.WrittenMemory;
    }

    /// <summary>Equal bytes are one object here, since memory is compared by place.</summary>
    private ModemReport.LogLine Line(TimeSpan at, int tickMs, string text)
    {
        if (!_texts.TryGetValue(text, out var bytes)) _texts[text] = bytes = Encoding.UTF8.GetBytes(text);
        return new ModemReport.LogLine(Ms(tickMs), bytes) { HappenedAt = at };
    }

    private static List<string> Notices(IEnumerable<BoardAct> acts) =>
    [
        .. acts.OfType<BoardAct.Tell>().Select(t => t.Output).OfType<ModemReport.Noticed>().Select(n => n.Text),
    ];

    private static BoardInput.Told Write(string text) =>
        new(new ModemCommand.WriteUart(1, Encoding.ASCII.GetBytes(text)));

    private BoardInput.Received Received(int line, byte[] bytes) => new(line, bytes, _now);

    private ModemOutput[] Told(ReadOnlyMemory<byte> log) =>
        Told(Received(Log, log.ToArray()));

    private ModemOutput[] Told(BoardInput input) =>
        [.. In(input).OfType<BoardAct.Tell>().Select(t => Comparable(t.Output))];

    private ModemOutput Comparable(ModemOutput output) =>
        output is ModemReport.LogLine line
            ? Line(line.HappenedAt!.Value, (int)line.Tick.TotalMilliseconds, line.Text)
            : output;

    private static BoardInput.Told Covered(bool covered) => new(new AirEvent.CoverageChanged(covered));

    private static string[] Orders(IEnumerable<BoardAct> acts) =>
    [
        .. acts.OfType<BoardAct.Write>().Where(w => w.Line == 1).Select(w => Encoding.ASCII.GetString(w.Bytes.Span)),
    ];

    private void WithAgent()
    {
        _machine = new BoardMachine(
            Board with { Radio = new RadioDescription(1) }, hasSwitch: true, new BoardTimings());
        PowerUp();
    }

    private List<BoardAct> In(BoardInput input)
    {
        _machine.Handle(input, _now);
        return Take();
    }

    private List<BoardAct> Wait(double ms)
    {
        _now += Ms(ms);
        _machine.HandleTimeout(_now);
        return Take();
    }

    /// <summary>Lets time pass from deadline to deadline.</summary>
    private List<BoardAct> Pass(double ms)
    {
        var acts = new List<BoardAct>();
        var end = _now + Ms(ms);
        for (var wakes = 0; _machine.NextTimeout is { } due && due <= end; wakes++)
        {
            wakes.ShouldBeLessThan(10_000, "it asks to be woken without end");
            _now = due > _now ? due : _now;
            acts.AddRange(Wait(0));
        }

        _now = end;
        acts.AddRange(Wait(0));
        return acts;
    }

    private T RunUntil<T>()
        where T : BoardAct
    {
        for (var i = 0; i < 100; i++)
        {
            _now = _machine.NextTimeout ?? throw new InvalidOperationException("nothing is due");
            if (Wait(0).OfType<T>().FirstOrDefault() is { } act) return act;
        }

        throw new InvalidOperationException($"no {typeof(T).Name} came");
    }

    private List<BoardAct> Take()
    {
        var acts = new List<BoardAct>();
        while (_machine.TryTake(out var act)) acts.Add(act);
        return acts;
    }

    /// <summary>Does what the machine wants done to the supply.</summary>
    private List<BoardAct> Answer(IEnumerable<BoardAct> acts, string? problem = null)
    {
        var more = new List<BoardAct>();
        foreach (var act in acts.OfType<BoardAct.Switch>().ToArray())
        {
            more.AddRange(In(new BoardInput.Switched(act.On, _now, problem)));
        }

        return more.OfType<BoardAct.Switch>().Any() ? Answer(more) : more;
    }

    private void Off()
    {
        Wait(0);
        In(new BoardInput.Switched(false, _now, null));
    }

    /// <summary>To where the supply has come on; gives that time.</summary>
    private TimeSpan PowerUp(bool logOpen = true)
    {
        Off();
        if (logOpen) In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldContain(new BoardAct.Switch(true));
        In(new BoardInput.Switched(true, _now, null));
        return _now;
    }

    private void Running()
    {
        PowerUp();
        Pass(20);
        Told(Frame(10, "up")).Length.ShouldBe(2);
    }
}
