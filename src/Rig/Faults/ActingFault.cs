using AirHil.Modem.Faults;

namespace AirHil.Rig.Faults;

/// <summary>A fault that acts now, and how often it still can.</summary>
/// <param name="modem">Whose link it acts on; null: every link.</param>
internal class ActingFault<T>(T fault, string? modem = null)
    where T : Fault
{
    private int _left = fault.Limits.Times ?? int.MaxValue;

    public T Fault { get; } = fault;

    public string? Modem { get; } = modem;

    /// <summary>It has occurred as often as it may, and does nothing any more.</summary>
    public bool IsSpent => _left == 0;

    /// <summary>It occurs once.</summary>
    public void Occur()
    {
        if (Fault.Limits.Times is not null) _left--;
    }
}
