namespace AirHil.Lua.Tests.Differential;

/// <summary>A program that prints one thing in the reference and another in our engine.</summary>
internal static class Difference
{
    private const int CandidatesAtOnce = 40;

    public static bool IsOne(string expected, string actual) =>
        expected != ReferenceLua.TimedOut && actual != ReferenceLua.TimedOut
        && ReferenceLua.Normalised(actual) != ReferenceLua.Normalised(expected);

    /// <summary>The smallest program found that still differs, with both outputs.</summary>
    public static string Report(ReferenceLua reference, uint[] numbers)
    {
        var size = numbers.Length / 2;
        while (size > 0)
        {
            if (FirstThatDiffers(reference, Smaller(numbers, size).Take(CandidatesAtOnce * 4)) is { } smaller)
            {
                numbers = smaller;
            }
            else size /= 2;
        }

        var program = ProgramWriter.Write(numbers);
        return $"{program}\n---- reference\n{reference.Run([program])[0]}\n---- ours\n{reference.RunOurs(program)}";
    }

    /// <summary>The decisions with a piece left out or, for small pieces, made the first choice.</summary>
    private static IEnumerable<uint[]> Smaller(uint[] numbers, int size)
    {
        for (var start = 0; start < numbers.Length; start += size)
        {
            var end = Math.Min(start + size, numbers.Length);
            yield return [.. numbers[..start], .. numbers[end..]];
            if (size > 4 || numbers.AsSpan(start, end - start).TrimStart(0u).IsEmpty) continue;
            uint[] zeroed = [.. numbers];
            zeroed.AsSpan(start, end - start).Clear();
            yield return zeroed;
        }
    }

    private static uint[]? FirstThatDiffers(ReferenceLua reference, IEnumerable<uint[]> candidates)
    {
        foreach (var some in candidates.Chunk(CandidatesAtOnce))
        {
            var texts = Array.ConvertAll(some, ProgramWriter.Write);
            var expected = reference.Run(texts);
            for (var i = 0; i < some.Length; i++)
            {
                if (IsOne(expected[i], reference.RunOurs(texts[i])) && reference.IsSteady(texts[i])) return some[i];
            }
        }

        return null;
    }
}
