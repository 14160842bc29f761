using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Time;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Runs;

/// <summary>A kind of modem that a bench can hold. Behind it may stand a model, a board or a modem elsewhere.</summary>
public interface IModemTarget
{
    /// <summary>What to call it in messages: "virtual", "board:NAME", ….</summary>
    string Name { get; }

    /// <summary>
    /// What it can do beyond the messages that every modem answers; names are those of <see cref="Capability"/>.
    /// </summary>
    IReadOnlyCollection<string> Capabilities { get; }

    /// <summary>The clock it lives on.</summary>
    RigClock Clock => RigClock.Virtual;

    /// <summary>On the wall clock: how many seconds of the module pass in one second; 1 on everything real.</summary>
    double Speed => 1;

    /// <summary>
    /// How long after it happened a thing may be heard of, in the run's time. Expectations wait so much longer, and
    /// judge by the time at which it happened.
    /// </summary>
    TimeSpan Latency => TimeSpan.Zero;

    /// <summary>How many of its modems there can be at a time; null: any number.</summary>
    int? MostModems => null;

    /// <summary>
    /// Names of hosts at which its modems find the services of the run; null: at any name that a service has.
    /// </summary>
    IReadOnlyCollection<string>? ServiceHosts => null;

    /// <summary>The UARTs of the module that the rig is wired to; null: all of them.</summary>
    IReadOnlyCollection<int>? Uarts => null;

    /// <summary>
    /// The pins of the module that the rig is wired to; null: all of them, and it can do anything with them.
    /// </summary>
    IReadOnlyCollection<PinWire>? Pins => null;

    /// <summary>The supply of its modems.</summary>
    SupplyVolts Supply => SupplyVolts.Of(new ModemParameters());

    /// <summary>What its peers do comes with the modem: scripts of peers are not run beside it.</summary>
    bool BringsPeers => false;

    /// <summary>
    /// Sees to it that the modem will run this script: a board is flashed, or asked what it runs. It may take minutes.
    /// </summary>
    /// <returns>Why it cannot run it, in words that complete "skipped: "; null where it can.</returns>
    ValueTask<string?> PrepareAsync(FirmwareSource firmware, CancellationToken cancel) => ValueTask.FromResult<string?>(
        null);

    /// <summary>Puts a modem on the bench.</summary>
    /// <param name="firmware">The script it shall run.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="modem">Its id in the run, by which its generators are named too.</param>
    /// <returns>The modem; an <see cref="ILiveMachine"/> where the world behind it is real.</returns>
    ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem);

    /// <summary>
    /// The air between its modems and the services of the run; null where the simulated network serves it.
    /// </summary>
    ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options) => null;

    /// <summary>The services of the run; null where the rig's own serve.</summary>
    ISansIoMachine<ServiceInput, ServiceOutput>? CreateService(BenchOptions options) => null;
}
