namespace AirHil.Modem.Faults;

/// <summary>The limits that a fault can have (<see cref="FaultLimits"/>).</summary>
[Flags]
public enum LimitKinds
{
    None = 0,
    Direction = 1,
    Host = 2,
    Port = 4,
    Text = 8,
    Times = 16,
}
