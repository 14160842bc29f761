using AirHil.Modem;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Targets;

/// <summary>A kind of modem that a bench can hold. Behind it may stand a model, a board or a modem elsewhere.</summary>
public interface IModemTarget
{
    /// <summary>What to call it in messages: "virtual", "board:NAME", ….</summary>
    string Name { get; }

    /// <summary>
    /// What it can do beyond the messages that every modem answers; names are those of <see cref="Capability"/>.
    /// </summary>
    IReadOnlyCollection<string> Capabilities { get; }

    /// <summary>Puts a modem on the bench.</summary>
    /// <param name="firmware">The script it shall run.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="modem">Its id in the run, by which its generators are named too.</param>
    ISansIoMachine<ModemInput, ModemOutput> Create(FirmwareSource firmware, BenchOptions options, string modem);
}
