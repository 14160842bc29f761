namespace AirHil.VirtualModem.Tests.Fidelity;

/// <summary>
/// Where V1112 differs from the simulator, which is a later firmware on a PC. Each entry names a line of the simulator,
/// what V1112 prints in its place, and why. An entry that does not fit any line fails the test.
/// </summary>
internal static class ListedDifferences
{
    public static List<string> Apply(string program, int bits, List<string> lines)
    {
        var result = new List<string>(lines);
        foreach (var difference in All)
        {
            if (difference.Program != program || (difference.Bits ?? bits) != bits) continue;
            var index = result.FindIndex(line => line == difference.Simulator);
            if (index < 0) throw new InvalidOperationException($"No line reads as listed: {difference.Simulator}");
            result.RemoveAt(index);
            result.InsertRange(index, difference.Module);
        }

        return result;
    }

    private static readonly ListedDifference[] All = [];
}

/// <summary>One line that differs.</summary>
/// <param name="Program">The program.</param>
/// <param name="Bits">32 or 64; null for both.</param>
/// <param name="Simulator">The simulator's line, in the common form.</param>
/// <param name="Module">What V1112 prints instead; empty for nothing.</param>
/// <param name="Reason">Why, with the source.</param>
internal sealed record ListedDifference(string Program, int? Bits, string Simulator, string[] Module, string Reason);
