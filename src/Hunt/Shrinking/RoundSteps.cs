namespace AirHil.Hunt.Shrinking;

/// <summary>Round times, as people write them.</summary>
internal static class RoundSteps
{
    private static readonly int[] Milliseconds =
    [
        10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000,
        180_000, 300_000, 600_000,
    ];

    private static readonly int[] Grains = [60_000, 30_000, 10_000, 5_000, 1_000, 100, 10];

    /// <summary>
    /// Round durations that are shorter, the shortest first; then those that are next to it, the roundest first.
    /// </summary>
    public static IEnumerable<TimeSpan> Shorter(TimeSpan duration) =>
        Milliseconds.Select(ms => TimeSpan.FromMilliseconds(ms)).TakeWhile(time => time < duration)
            .Concat(Near(duration).Where(time => time < duration && time > TimeSpan.Zero)).Distinct();

    /// <summary>Round times near a time, the roundest first.</summary>
    public static IEnumerable<TimeSpan> Near(TimeSpan time)
    {
        foreach (var grain in Grains)
        {
            var low = TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds / grain) * grain);
            if (low == time) yield break;
            yield return low;
            yield return low + TimeSpan.FromMilliseconds(grain);
        }
    }
}
