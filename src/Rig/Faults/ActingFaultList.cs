using AirHil.Modem.Faults;

namespace AirHil.Rig.Faults;

/// <summary>What lists of faults that act have in common.</summary>
internal static class ActingFaultList
{
    /// <summary>The first fault of equal value ends; without one nothing happens.</summary>
    /// <param name="modem">Whose link it acts on; null: every link.</param>
    public static void End<T>(this List<ActingFault<T>> acting, T fault, string? modem = null)
        where T : Fault
    {
        if (acting.FindIndex(f => f.Fault == fault && f.Modem == modem) is >= 0 and var place) acting.RemoveAt(place);
    }
}
