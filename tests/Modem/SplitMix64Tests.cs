using CsCheck;

namespace AirHil.Modem.Tests;

public sealed class SplitMix64Tests
{
    // The first values for the seed 1234567, as published with the algorithm's reference implementation.
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        var random = new SplitMix64(1234567);
        random.Next().ShouldBe(6457827717110365317UL);
        random.Next().ShouldBe(3203168211198807973UL);
        random.Next().ShouldBe(9817491932198370423UL);
    }

    [Fact]
    public void Components_have_sequences_of_their_own()
    {
        string[] names = ["network", "modem 1", "modem 2", "payloads", ""];
        names.Select(n => SplitMix64.For(1, n).Next()).Distinct().Count().ShouldBe(names.Length);
        SplitMix64.For(1, "network").Next().ShouldBe(SplitMix64.For(1, "network").Next());
        SplitMix64.For(1, "network").Next().ShouldNotBe(SplitMix64.For(2, "network").Next());
    }

    [Fact]
    public void Bounded_numbers_keep_their_bound() => Gen.Select(Gen.ULong, Gen.Int[1, 1000]).Sample(
        (seed, bound) => new SplitMix64(seed).Below(bound) is var n && n >= 0 && n < bound);

    [Fact]
    public void Fractions_lie_from_0_to_below_1() =>
        Gen.ULong.Sample(seed => new SplitMix64(seed).NextDouble() is >= 0 and < 1);

    [Fact]
    public void Bounded_numbers_reach_every_value()
    {
        var random = new SplitMix64(3);
        Enumerable.Range(0, 1000).Select(_ => random.Below(7)).Distinct().Order().ShouldBe(Enumerable.Range(0, 7));
    }
}
