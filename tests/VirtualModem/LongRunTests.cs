namespace AirHil.VirtualModem.Tests;

public class LongRunTests
{
    [Fact]
    public void A_day_of_the_echo_script_goes_by_without_a_lost_beat()
    {
        var script = File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "fixtures", "scripts", "websocket-echo", "main.lua"));
        var bench = new FakeBench(script).PowerOn().RunTo(24 * 3600);
        bench.Starts.Count.ShouldBe(1);
        bench.Log.Count(line => line.Text.StartsWith("I/user.wsc\trecv", StringComparison.Ordinal)).ShouldBe(5760);
    }
}
