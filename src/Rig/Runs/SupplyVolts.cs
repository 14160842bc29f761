using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Runs;

/// <summary>Voltages of a module's supply.</summary>
/// <param name="Usual">What it is at first.</param>
/// <param name="Least">Below it the supply is none for the module.</param>
public readonly record struct SupplyVolts(double Usual, double Least)
{
    internal static SupplyVolts Of(ModemParameters parameters) =>
        new(parameters.SupplyVolts, parameters.LeastSupplyVolts);
}
