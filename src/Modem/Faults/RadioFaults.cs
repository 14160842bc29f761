using System.Globalization;
using AirHil.Modem.Air;
using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>A fault of the cell or of the registration.</summary>
public abstract record RadioFault : NetworkFault
{
    public override string Needs => Capability.Cell;
}

/// <summary>The network refuses to register the module: from now on every attach is rejected.</summary>
/// <param name="Cause">
/// The EMM cause (3GPP TS 24.301, 9.9.3.9). With 3, 6, 7 and 8 the module does not try again before its radio starts
/// again; with 11 to 15 after 12 minutes; with others after 10 s, and after the fifth try after 12 minutes.
/// </param>
public sealed record DenyRegistration([property: Within(2, 111)] int Cause) : RadioFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"deny registration with {Cause}");
}

/// <summary>Every attach takes longer.</summary>
public sealed record SlowRegistration(TimeSpan By) : RadioFault
{
    public override TimeSpan Extent => By;

    public override Fault WithExtent(TimeSpan extent) => this with { By = extent };

    internal override string Words => $"slow registration {FaultPhrase.Duration(By)}";
}

/// <summary>The network is not the subscriber's own.</summary>
public sealed record Roam : RadioFault
{
    internal override string Words => "roam";
}

/// <summary>The signal has these values.</summary>
/// <param name="RsrpDbm">Power of the reference signal.</param>
/// <param name="RsrqDb">Its quality.</param>
/// <param name="SnrDb">Signal to noise.</param>
public sealed record ChangeSignal(
    [property: Within(Cell.LeastRsrpDbm, Cell.MostRsrpDbm)] int RsrpDbm,
    [property: Within(Cell.LeastRsrqDb, Cell.MostRsrqDb)] int RsrqDb,
    [property: Within(Cell.LeastSnrDb, Cell.MostSnrDb)] int SnrDb) : RadioFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"signal {RsrpDbm} {RsrqDb} {SnrDb}");
}

/// <summary>
/// The module is served by another cell: by one of those that <see cref="PlaceCells"/> has, or by one in the place of
/// its first.
/// </summary>
/// <param name="Id">E-UTRAN cell identity.</param>
/// <param name="TrackingArea">Tracking area code.</param>
public sealed record ChangeCell(
    [property: Within(0, Cell.MostId)] int Id, [property: Within(0, 65_535)] int TrackingArea) : RadioFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"cell {Id} {TrackingArea}");
}

/// <summary>Packets between the module and the network are lost, each by chance.</summary>
/// <param name="Percent">1 to 100; which ones follows from the run's seed.</param>
public sealed record LosePackets([property: Within(1, 100)] int Percent) : RadioFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"lose packets {Percent}");
}

/// <summary>
/// The network's clock is wrong. The network tells its time when the module registers, and again when the fault begins
/// and ends (3GPP TS 24.301, 5.4.5).
/// </summary>
/// <param name="Ahead">By how much; less than zero: it is behind.</param>
public sealed record WrongClock(TimeSpan Ahead) : RadioFault
{
    public override TimeSpan Extent => Ahead.Duration();

    public override Fault WithExtent(TimeSpan extent) =>
        this with { Ahead = Ahead < TimeSpan.Zero ? -extent : extent };

    internal override string Words =>
        $"network clock {FaultPhrase.Duration(Ahead.Duration())} {(Ahead < TimeSpan.Zero ? "behind" : "ahead")}";
}
