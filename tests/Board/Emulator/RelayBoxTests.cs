using AirHil.Board.Emulator;

namespace AirHil.Board.Tests.Emulator;

public sealed class RelayBoxTests
{
    [Theory]
    [InlineData("A00101A2", true)]
    [InlineData("A00100A1", false)]
    [InlineData("A00201A3", null)]
    [InlineData("A00101A3", null)]
    [InlineData("A00102A3", null)]
    [InlineData("FF00A0A00101A2", true)]
    [InlineData("A00101A2A00100A1", false)]
    [InlineData("A0A0A0A00101A2", true)]
    public void It_obeys_frames_for_its_channel_and_passes_over_the_rest(string bytes, bool? closed)
    {
        var box = new RelayBox(1);
        bool? last = null;
        foreach (var b in Convert.FromHexString(bytes)) last = box.Take(b) ?? last;
        last.ShouldBe(closed);
    }
}
