using AirHil.Modem.Acts;

namespace AirHil.Hunt.Search;

/// <summary>What a hunt tried, and what came of it.</summary>
public sealed class HuntTally
{
    private readonly SortedDictionary<string, KindTally> _kinds = new(StringComparer.Ordinal);
    private readonly List<(int Tried, int Sequences, int Ways)> _growth = [];

    /// <summary>By the kinds of faults, in the order of their names.</summary>
    public IReadOnlyCollection<KindTally> Kinds => _kinds.Values;

    /// <summary>How many sequences of events and ways through the script were known after so many schedules.</summary>
    public IReadOnlyList<(int Tried, int Sequences, int Ways)> Growth => _growth;

    /// <param name="isNew">It showed behaviour that was not known.</param>
    /// <param name="isBroken">It broke a property.</param>
    internal void Take(FaultSchedule schedule, bool isNew, bool isBroken)
    {
        foreach (var kind in schedule.Acts.Select(act => FaultKind.NameOf(act.Act)).Distinct())
        {
            var tally = _kinds.GetValueOrDefault(kind) ?? new KindTally(kind, 0, 0, 0);
            _kinds[kind] = tally with
            {
                Schedules = tally.Schedules + 1,
                New = tally.New + (isNew ? 1 : 0),
                Broken = tally.Broken + (isBroken ? 1 : 0),
            };
        }
    }

    internal void Grow(int tried, int sequences, int ways) => _growth.Add((tried, sequences, ways));
}

/// <summary>How many schedules have a fault of a kind.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="New">Those that showed behaviour that was not known.</param>
/// <param name="Broken">Those that broke a property.</param>
public sealed record KindTally(string Kind, int Schedules, int New, int Broken);
