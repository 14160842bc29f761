using System.Text;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Time;

/// <summary>A modem whose reports come from another thread.</summary>
internal sealed class OutsideModem : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
{
    private readonly Queue<ModemOutput> _outputs = new();
    private volatile ILiveRun? _run;

    public List<ModemInput> Inputs { get; } = [];

    public bool IsDisposed { get; private set; }

    public TimeSpan? NextTimeout => null;

    public void Attach(ILiveRun run) => _run = run;

    /// <summary>It logs a line; before it is attached nobody hears it.</summary>
    public void Say(string text, TimeSpan? at = null) => Post(_ => _outputs.Enqueue(
        new ModemReport.LogLine(at ?? TimeSpan.Zero, Encoding.UTF8.GetBytes(text)) { HappenedAt = at }));

    public void Post(Action<TimeSpan> happened) => _run?.Post(happened);

    public void Handle(ModemInput input, TimeSpan now) => Inputs.Add(input);

    public void HandleTimeout(TimeSpan now)
    {
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
