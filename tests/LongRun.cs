using System.Diagnostics;
using System.Globalization;

namespace AirHil.Tests;

/// <summary>
/// A test with a small fixed budget, and the variables of the environment that make it longer. AIRHIL_FUZZ_SECONDS is
/// the time on the wall that each fuzzer has, AIRHIL_FUZZ_SEED its first seed. With AIRHIL_FUZZ_WHOLE=1, as .ci/run has
/// it, a fuzzer takes its whole budget, and else a quarter of it.
/// </summary>
internal static class LongRun
{
    /// <summary>Whether the fuzzers run for a time instead of a fixed number of seeds.</summary>
    public static bool IsTimed => Seconds > 0;

    /// <summary>Whether AIRHIL_SOAK is 1.</summary>
    public static bool IsSoak => Number("AIRHIL_SOAK", 0) == 1;

    public static int FirstSeed => Number("AIRHIL_FUZZ_SEED", 1);

    /// <summary>
    /// Processor time of this process so far. Limits are of this time, because a busy host makes everything late.
    /// </summary>
    public static TimeSpan Worked => Environment.CpuUsage.TotalTime;

    private static bool IsWhole => Number("AIRHIL_FUZZ_WHOLE", 0) == 1;

    private static int Seconds => Number("AIRHIL_FUZZ_SECONDS", 0);

    /// <summary>
    /// Seeds, one after another: so many as the budget says, or until the time is over. At the end the test's output
    /// says how many there were.
    /// </summary>
    /// <param name="budget">The whole budget.</param>
    /// <param name="what">What is made of one seed, in the plural.</param>
    public static IEnumerable<int> Seeds(int budget, string what)
    {
        var (first, most, clock, worked) = (FirstSeed, Part(budget), Stopwatch.StartNew(), Worked);
        var count = 0;
        for (; IsTimed ? clock.Elapsed.TotalSeconds < Seconds : count < most; count++) yield return first + count;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {what} in {clock.Elapsed.TotalSeconds:F0} s, " +
            $"{(Worked - worked).TotalSeconds:F0} s of them on the processor, seeds from {first}"));
    }

    /// <summary>All of the list where a fuzzer takes its whole budget, else every fourth of it.</summary>
    public static IEnumerable<T> Sample<T>(IEnumerable<T> list) =>
        list.Where((_, index) => IsTimed || IsWhole || index % 4 == 0);

    /// <summary>A whole number from 0 up; <paramref name="otherwise"/> where the variable is not set.</summary>
    public static int Number(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) is { } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;

    /// <summary>The whole budget, or a quarter of it outside of .ci/run.</summary>
    public static int Part(int budget) => IsWhole ? budget : (budget + 3) / 4;
}
