using AirHil.Cli.Commands.HuntCommands;
using AirHil.Modem.Acts;

namespace AirHil.Cli.Tests.Commands.HuntCommands;

public sealed class HuntChartTests
{
    [Theory]
    [InlineData("drop coverage", "drop coverage")]
    [InlineData(
        "drop coverage at 水水水水水水水水水水水水水水水水水水水水水水水水",
        "drop coverage at 水水水水水水水水水水水水水水…")]
    [InlineData(
        "drop coverage at aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "drop coverage at aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…")]
    public void A_label_ends_where_the_axis_begins(string text, string label) =>
        HuntChart.Label(text).ShouldBe(label);

    [Fact]
    public void A_row_has_its_label_and_all_of_the_act_in_its_title()
    {
        var chart = HuntChart.Schedule(
            FaultSchedule.Parse("20s drop coverage for 10s"), TimeSpan.FromSeconds(60), null);
        chart.ShouldContain(">drop coverage for 10s</text>");
        chart.ShouldContain("<title>20s drop coverage for 10s</title>");
    }
}
