using AirHil.Modem;

namespace AirHil.Board.Emulator;

/// <summary>The module on an emulated board: it takes what reaches its pins, and what it does is performed.</summary>
/// <param name="machine">The model of it.</param>
/// <param name="perform">Does what the module does.</param>
internal sealed class EmulatedModule(
    ISansIoMachine<ModemInput, ModemOutput> machine, Action<ModemOutput, TimeSpan> perform)
{
    public TimeSpan? NextTimeout => machine.NextTimeout;

    public void Handle(ModemInput input, TimeSpan now)
    {
        machine.Handle(input, now);
        Perform(now);
    }

    public void HandleTimeout(TimeSpan now)
    {
        machine.HandleTimeout(now);
        Perform(now);
    }

    private void Perform(TimeSpan now)
    {
        while (machine.TryTake(out var output)) perform(output, now);
    }
}
