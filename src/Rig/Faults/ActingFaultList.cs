using AirHil.Modem.Faults;

namespace AirHil.Rig.Faults;

/// <summary>What lists of faults that act have in common.</summary>
internal static class ActingFaultList
{
    /// <summary>One of the faults of equal value ends; without that one nothing happens.</summary>
    /// <param name="place">Which of them, in the order in which they began, from 0; null: the first.</param>
    /// <param name="modem">Whose link it acts on; null: every link.</param>
    public static void End<TActing, T>(this List<TActing> acting, T fault, int? place, string? modem = null)
        where TActing : ActingFault<T>
        where T : Fault
    {
        var ending = acting.Where(f => f.Fault == fault && f.Modem == modem).ElementAtOrDefault(place ?? 0);
        if (ending is not null) acting.Remove(ending);
    }
}
