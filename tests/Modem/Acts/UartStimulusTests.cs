using AirHil.Modem.Acts;

namespace AirHil.Modem.Tests.Acts;

public sealed class UartStimulusTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5);

    [Fact]
    public void A_burst_has_its_gap_between_packets_only() =>
        UartStimulus.Burst(3, "ab"u8.ToArray(), Gap).Packets.Select(p => p.Pause).ShouldBe([TimeSpan.Zero, Gap, Gap]);

    [Theory]
    [InlineData(0, "", "abc")]
    [InlineData(1, "a", "bc")]
    [InlineData(3, "abc", "")]
    public void A_split_keeps_every_byte(int at, string first, string second) =>
        UartStimulus.Split("abc"u8.ToArray(), at, Gap).Packets
            .Select(p => System.Text.Encoding.UTF8.GetString(p.Bytes.Span)).ShouldBe([first, second]);

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_split_outside_the_text_is_refused(int at) =>
        Should.Throw<StepException>(() => UartStimulus.Split("abc"u8.ToArray(), at, Gap));

    [Fact]
    public void Packets_without_a_pause_between_them_can_be_one()
    {
        var burst = UartStimulus.Burst(3, "ab"u8.ToArray(), TimeSpan.Zero)
            .Then(Gap, UartStimulus.Of("c"u8.ToArray()))
            .Then(TimeSpan.Zero, UartStimulus.Of("d"u8.ToArray(), lineErrors: true));
        burst.WithoutSeams().Packets.Select(p => (p.Bytes.Length, p.Pause, p.LineErrors))
            .ShouldBe([(6, TimeSpan.Zero, false), (1, Gap, false), (1, TimeSpan.Zero, true)]);
    }

    [Fact]
    public void Noise_is_random_bytes_with_errors_and_the_same_for_a_seed()
    {
        var noise = UartStimulus.Noise(64, new SplitMix64(1)).Packets.ShouldHaveSingleItem();
        noise.LineErrors.ShouldBeTrue();
        noise.Bytes.Length.ShouldBe(64);
        noise.Bytes.Span.SequenceEqual(UartStimulus.Noise(64, new SplitMix64(1)).Packets[0].Bytes.Span).ShouldBeTrue();
        noise.Bytes.Span.SequenceEqual(UartStimulus.Noise(64, new SplitMix64(2)).Packets[0].Bytes.Span).ShouldBeFalse();
    }

    [Fact]
    public void One_stimulus_follows_another_after_a_pause()
    {
        var both = UartStimulus.Of("a").Then(Gap * 2, UartStimulus.Burst(2, "b"u8.ToArray(), Gap));
        both.Packets.Select(p => p.Pause).ShouldBe([TimeSpan.Zero, Gap * 2, Gap]);
    }
}
