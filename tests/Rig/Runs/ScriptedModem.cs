using System.Text;
using AirHil.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Rig.Tests.Runs;

/// <summary>
/// A modem made of a table: prints its lines at their ticks after each start and sends back what it receives on a
/// serial line 2 ms later, with "E/uart noise" in the log where the line had errors.
/// </summary>
internal sealed class ScriptedModem(
    IReadOnlyList<(TimeSpan Tick, string Line)> lines) : ISansIoMachine<ModemInput, ModemOutput>
{
    private static readonly TimeSpan EchoDelay = TimeSpan.FromMilliseconds(2);
    private readonly PriorityQueue<ModemOutput, (TimeSpan Due, int Order)> _due = new();
    private readonly Queue<ModemOutput> _outputs = new();
    private TimeSpan _startedAt;
    private int _order;

    public TimeSpan? NextTimeout => _due.TryPeek(out _, out var at) ? at.Due : null;

    public void Handle(ModemInput input, TimeSpan now)
    {
        switch (input)
        {
            case ModemCommand.ApplyPower:
                Start(StartReason.Power, now);
                break;
            case ModemCommand.PullReset:
                Start(StartReason.ResetLine, now);
                break;
            case ModemCommand.CutPower:
                _due.Clear();
                _outputs.Enqueue(new ModemReport.PoweredOff());
                break;
            case ModemCommand.WriteUart { LineErrors: true }:
                Add(new ModemReport.LogLine(now - _startedAt, "E/uart noise"u8.ToArray()), now);
                break;
            case ModemCommand.WriteUart write when Encoding.UTF8.GetString(write.Bytes.Span) == "break":
                throw new InvalidOperationException("the model broke");
            case ModemCommand.WriteUart write:
                Add(new ModemReport.UartReceived(write.Port, write.Bytes), now + EchoDelay);
                break;
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
        while (_due.TryPeek(out var output, out var at) && at.Due <= now)
        {
            _due.Dequeue();
            _outputs.Enqueue(output);
        }
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    private void Start(StartReason reason, TimeSpan now)
    {
        _due.Clear();
        _startedAt = now;
        _outputs.Enqueue(new ModemReport.PoweredOn(reason));
        foreach (var (tick, line) in lines) Add(new ModemReport.LogLine(tick, Encoding.UTF8.GetBytes(line)),
            now + tick);
    }

    private void Add(ModemOutput output, TimeSpan due) => _due.Enqueue(output, (due, _order++));
}
