using System.Globalization;

using CsCheck;

namespace AirHil.Lua.Tests.Differential;

/// <summary>
/// Random programs print the same in our engine and in PUC-Rio 5.3.6. 64 bits: <c>lua5.3</c> on the path, or the file
/// that AIRHIL_LUA64 names. 32 bits: a build with LUA_32BITS that AIRHIL_LUA32 names. AIRHIL_DIFFERENTIAL is the number
/// of programs. The order of keys is compared where the build has the module's seed.
/// </summary>
public sealed class DifferentialTests
{
    private const int BatchSize = 100;
    private const int UsualPrograms = 300;

    private static readonly Gen<uint[]> Numbers = Gen.UInt.Array[20, 400];

    [Fact]
    public void Random_programs_print_what_the_64_bit_reference_prints() =>
        Compare(Environment.GetEnvironmentVariable("AIRHIL_LUA64") ?? OnPath("lua5.3"), 64, "no lua5.3 on the path");

    [Fact]
    public void Random_programs_print_what_the_32_bit_reference_prints() =>
        Compare(Environment.GetEnvironmentVariable("AIRHIL_LUA32"), 32,
            "AIRHIL_LUA32 names no 32-bit build of Lua 5.3.6");

    private static void Compare(string? path, int bits, string absence)
    {
        Assert.SkipWhen(path is null, absence);
        var reference = new ReferenceLua(path, bits);
        var (programs, timedOut) = (UsualPrograms, 0);
        if (Environment.GetEnvironmentVariable("AIRHIL_DIFFERENTIAL") is { } wanted)
        {
            programs = int.Parse(wanted, CultureInfo.InvariantCulture);
            Numbers.Array[BatchSize].Sample(Check, iter: Math.Max(1, programs / BatchSize), threads: 1);
        }
        else
        {
            // The same programs every time: a search belongs to whoever asks for it, not into everybody's test run.
            var random = new Random(1);
            for (var i = 0; i < UsualPrograms / BatchSize; i++) Check(Batch(random));
        }

        timedOut.ShouldBeLessThan(1 + (programs / 20));

        void Check(uint[][] batch)
        {
            var texts = Array.ConvertAll(batch, ProgramWriter.Write);
            var expected = reference.Run(texts);
            for (var i = 0; i < texts.Length; i++)
            {
                var actual = reference.RunOurs(texts[i]);
                if (expected[i] == ReferenceLua.TimedOut || actual == ReferenceLua.TimedOut) timedOut++;
                // A collection that programs before it made due may fail in the middle of one: it counts alone.
                if (Difference.IsOne(expected[i], actual) && reference.IsSteady(texts[i])
                    && Difference.IsOne(reference.Run([texts[i]])[0], actual))
                {
                    throw new InvalidOperationException(Difference.Report(reference, batch[i]));
                }
            }
        }
    }

    private static uint[][] Batch(Random random)
    {
        var batch = new uint[BatchSize][];
        for (var i = 0; i < BatchSize; i++)
        {
            batch[i] = new uint[random.Next(20, 401)];
            for (var n = 0; n < batch[i].Length; n++) batch[i][n] = (uint)random.NextInt64(1L << 32);
        }

        return batch;
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
