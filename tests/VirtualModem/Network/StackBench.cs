using System.Text;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>The IP stack alone, on a clock of its own; what it sends and prints is kept with its time.</summary>
internal sealed class StackBench
{
    public StackBench(ModemParameters? parameters = null)
    {
        var log = new FirmwareLog(record => Log.Add((Seconds, Encoding.UTF8.GetString(record.Span))));
        Board = new Board(
            parameters ?? new ModemParameters(), TimeSpan.Zero,
            (output, due) => Sent.Add((due.TotalSeconds, (AirRequest)output)), Notices.Add)
        {
            Log = log,
        };
        Stack = new NetworkStack(Board, new AirCounters(), Heap) { ClockIsSet = () => ClockIsSet };
    }

    public bool ClockIsSet { get; set; } = true;

    public Board Board { get; }
    public SystemHeap Heap { get; } = new();
    public NetworkStack Stack { get; }
    public List<(double At, AirRequest Request)> Sent { get; } = [];
    public List<(double At, string Text)> Log { get; } = [];
    public List<string> Notices { get; } = [];

    public double Seconds => Board is null ? 0 : Board.Now.TotalSeconds;

    public void RunTo(double seconds)
    {
        var end = TimeSpan.FromSeconds(seconds);
        while (Board.Alarms.TryTakeDue(end, out var alarm))
        {
            Board.Clock.MoveTo(alarm.Due);
            alarm.Expire();
        }

        Board.Clock.MoveTo(end);
    }

    public T Last<T>()
        where T : AirRequest => Sent.Select(sent => sent.Request).OfType<T>().Last();

    /// <summary>A user that writes down what it gets and does nothing else.</summary>
    public sealed class User(StackBench bench) : IControlUser
    {
        public List<(double At, string Event)> Events { get; } = [];

        public void Handle(ControlEvent what, bool failed) =>
            Events.Add((bench.Seconds, $"{what}/{(failed ? -1 : 0)}"));
    }
}
