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

/// <summary>A board's machine, and a rig that answers it.</summary>
public abstract class BoardMachineBench
{
    private protected const int Log = BoardLine.Log;

    private protected static readonly BoardDescription Board = new("bench", new PortAddress.Path("log"))
    {
        Uarts = new Dictionary<int, SerialLine> { [1] = new(new PortAddress.Path("uart")) },
    };

    private readonly Dictionary<string, byte[]> _texts = [];

    private protected BoardMachine Machine { get; set; } = new(Board, hasSwitch: true, new BoardTimings());

    private protected TimeSpan Now { get; set; }

    private protected static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private protected static bool IsAsking(BoardAct act) =>
        act is BoardAct.Write { Line: Log } write && write.Bytes.Span.SequenceEqual(HostCommands.StartLog);

    private protected static bool IsReboot(BoardAct.Write write) => write.Bytes.Span.SequenceEqual(HostCommands.Reboot);

    private protected static ReadOnlyMemory<byte> Frame(int tickMs, string text)
    {
        var frame = new ArrayBufferWriter<byte>();
        LogFrameWriter.Write(frame, (uint)tickMs, Encoding.UTF8.GetBytes(text));
        return frame.WrittenMemory;
    }

    /// <summary>Equal bytes are one object here, since memory is compared by place.</summary>
    private protected ModemReport.LogLine Line(TimeSpan at, int tickMs, string text)
    {
        if (!_texts.TryGetValue(text, out var bytes)) _texts[text] = bytes = Encoding.UTF8.GetBytes(text);
        return new ModemReport.LogLine(Ms(tickMs), bytes) { HappenedAt = at };
    }

    private protected static List<string> Notices(IEnumerable<BoardAct> acts) =>
    [
        .. acts.OfType<BoardAct.Tell>().Select(t => t.Output).OfType<ModemReport.Noticed>().Select(n => n.Text),
    ];

    private protected static BoardInput.Told Write(string text) =>
        new(new ModemCommand.WriteUart(1, Encoding.ASCII.GetBytes(text)));

    private protected BoardInput.Received Received(int line, byte[] bytes) => new(line, bytes, Now);

    private protected ModemOutput[] Told(ReadOnlyMemory<byte> log) =>
        Told(Received(Log, log.ToArray()));

    private protected ModemOutput[] Told(BoardInput input) =>
        [.. In(input).OfType<BoardAct.Tell>().Select(t => Comparable(t.Output))];

    private ModemOutput Comparable(ModemOutput output) =>
        output is ModemReport.LogLine line
            ? Line(line.HappenedAt!.Value, (int)line.Tick.TotalMilliseconds, line.Text)
            : output;

    private protected static BoardInput.Told Covered(bool covered) => new(new AirEvent.CoverageChanged(covered));

    private protected static string[] Orders(IEnumerable<BoardAct> acts) =>
    [
        .. acts.OfType<BoardAct.Write>().Where(w => w.Line == 1).Select(w => Encoding.ASCII.GetString(w.Bytes.Span)),
    ];

    private protected void WithAgent()
    {
        Machine = new BoardMachine(
            Board with { Radio = new RadioDescription(1) }, hasSwitch: true, new BoardTimings());
        PowerUp();
    }

    private protected List<BoardAct> In(BoardInput input)
    {
        Machine.Handle(input, Now);
        return Take();
    }

    private protected List<BoardAct> Wait(double ms)
    {
        Now += Ms(ms);
        Machine.HandleTimeout(Now);
        return Take();
    }

    /// <summary>Lets time pass from deadline to deadline.</summary>
    private protected List<BoardAct> Pass(double ms)
    {
        var acts = new List<BoardAct>();
        var end = Now + Ms(ms);
        for (var wakes = 0; Machine.NextTimeout is { } due && due <= end; wakes++)
        {
            wakes.ShouldBeLessThan(10_000, "it asks to be woken without end");
            Now = due > Now ? due : Now;
            acts.AddRange(Wait(0));
        }

        Now = end;
        acts.AddRange(Wait(0));
        return acts;
    }

    private protected T RunUntil<T>()
        where T : BoardAct
    {
        for (var i = 0; i < 100; i++)
        {
            Now = Machine.NextTimeout ?? throw new InvalidOperationException("nothing is due");
            if (Wait(0).OfType<T>().FirstOrDefault() is { } act) return act;
        }

        throw new InvalidOperationException($"no {typeof(T).Name} came");
    }

    private protected List<BoardAct> Take()
    {
        var acts = new List<BoardAct>();
        while (Machine.TryTake(out var act)) acts.Add(act);
        return acts;
    }

    /// <summary>Does what the machine wants done to the supply.</summary>
    private protected List<BoardAct> Answer(IEnumerable<BoardAct> acts, string? problem = null)
    {
        var more = new List<BoardAct>();
        foreach (var act in acts.OfType<BoardAct.Switch>().ToArray())
        {
            more.AddRange(In(new BoardInput.Switched(act.On, Now, problem)));
        }

        return more.OfType<BoardAct.Switch>().Any() ? Answer(more) : more;
    }

    private protected void Off()
    {
        Wait(0);
        In(new BoardInput.Switched(false, Now, null));
    }

    /// <summary>To where the supply has come on; gives that time.</summary>
    private protected TimeSpan PowerUp(bool logOpen = true)
    {
        Off();
        if (logOpen) In(new BoardInput.Opened(Log, "log"));
        In(new BoardInput.Opened(1, "uart"));
        Pass(2000);
        In(new BoardInput.Told(new ModemCommand.ApplyPower())).ShouldContain(new BoardAct.Switch(true));
        In(new BoardInput.Switched(true, Now, null));
        return Now;
    }

    private protected void Running()
    {
        PowerUp();
        Pass(20);
        Told(Frame(10, "up")).Length.ShouldBe(2);
    }
}
