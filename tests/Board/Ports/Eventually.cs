using System.Diagnostics;

namespace AirHil.Board.Tests.Ports;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    /// <summary>Long enough for a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Until it holds; fails with <paramref name="what"/> after <paramref name="limit"/>.</summary>
    /// <returns>How long that took.</returns>
    public static TimeSpan Holds(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > (limit ?? Limit)) Assert.Fail($"it did not come: {what}");
            Thread.Sleep(5);
        }

        return Stopwatch.GetElapsedTime(since);
    }
}
