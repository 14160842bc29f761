using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Runs;

namespace AirHil.Live.Remote;

/// <summary>A modem on another machine's bench.</summary>
internal sealed class RemoteModem(RemoteLink link, FirmwareSource firmware, BenchOptions options, string name)
    : RemoteMachine<ModemInput, ModemOutput>(link)
{
    private long _seen;
    private bool _isCut;

    /// <inheritdoc/>
    public override void Handle(ModemInput input, TimeSpan now)
    {
        if (input is ModemCommand.CutPower) _isCut = true;
        if (Lost is not { } reason) Link.Post(new BenchMessage.Input(Id, now, _seen, input));
        // A command is not swallowed: the record shows that it met no modem.
        else if (input is ModemCommand) Add(new ModemReport.ModemLost(reason));
    }

    protected override int Open(TimeSpan now) => Link.Machines.Create(this, firmware, options, name, now);

    protected override BenchMessage TakingAway() => new BenchMessage.Release(Id);

    protected override ModemOutput? Arrived(ModemOutput output, TimeSpan at, long number, long seen)
    {
        _seen = number;
        if (output is ModemReport.PoweredOff or ModemReport.PoweredOn or ModemReport.ModemLost) _isCut = false;
        // While the order to cut the supply is on its way the modem goes on, which no supply of the run feeds.
        if (_isCut && output is ModemReport.LogLine or ModemReport.UartReceived or ModemReport.PinDriven
            or ModemReport.PinPulsed)
        {
            return null;
        }

        return output is ModemReport report ? report with { HappenedAt = at } : output;
    }

    protected override IEnumerable<ModemOutput> Farewell(string reason, TimeSpan now) =>
        [new ModemReport.ModemLost(reason)];
}
