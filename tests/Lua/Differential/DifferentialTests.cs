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
        var programs = int.Parse(
            Environment.GetEnvironmentVariable("AIRHIL_DIFFERENTIAL") ?? "300", CultureInfo.InvariantCulture);
        var timedOut = 0;
        Numbers.Array[BatchSize].Sample(
            batch =>
            {
                var texts = Array.ConvertAll(batch, ProgramWriter.Write);
                var expected = reference.Run(texts);
                for (var i = 0; i < texts.Length; i++)
                {
                    var actual = reference.RunOurs(texts[i]);
                    if (expected[i] == ReferenceLua.TimedOut || actual == ReferenceLua.TimedOut) timedOut++;
                    if (Difference.IsOne(expected[i], actual))
                    {
                        throw new InvalidOperationException(Difference.Report(reference, batch[i]));
                    }
                }
            },
            iter: Math.Max(1, programs / BatchSize), threads: 1);
        timedOut.ShouldBeLessThan(1 + (programs / 20));
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
