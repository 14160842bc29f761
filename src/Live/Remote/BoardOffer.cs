using AirHil.Modem.Pins;
using AirHil.Modem.Units;

namespace AirHil.Live.Remote;

/// <summary>A board that a bench offers, as its greeting tells.</summary>
/// <param name="Name">As in the path of the bench's URL: "virtual", "board:NAME".</param>
/// <param name="Capabilities">What it can do, seen from afar.</param>
/// <param name="Speed">Seconds of the module in one second.</param>
/// <param name="Latency">How late its reports may be at the bench, in the run's time.</param>
/// <param name="HeldBy">Who holds it; null: it is free.</param>
public sealed record BoardOffer(
    string Name, [property: Within(0, 100)] IReadOnlyList<string> Capabilities,
    [property: Within(1e-6, 1e6)] double Speed, TimeSpan Latency, string? HeldBy)
{
    /// <summary>How many modems it can be at a time; null: as many as a session may have.</summary>
    [Within(1, int.MaxValue)]
    public int? MostModems { get; init; }

    /// <summary>Whether the way between its modems and services is the bench's; else it is the client's.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>Names by which its modems find the services of a run; null: any name that a service has.</summary>
    [Within(0, 1_000)]
    public IReadOnlyCollection<string>? ServiceHosts { get; init; }

    /// <summary>The UARTs that the bench is wired to; null: all.</summary>
    [Within(0, 64)]
    public IReadOnlyCollection<int>? Uarts { get; init; }

    /// <summary>The pins that the bench is wired to; null: all, for anything.</summary>
    [Within(0, ModulePin.Count)]
    public IReadOnlyCollection<PinWire>? Pins { get; init; }
}
